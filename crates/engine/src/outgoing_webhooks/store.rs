//! The rows of endpoints and outgoing webhooks: statements on one table.

use domain::ids::{TenantId, UserId, WebhookEndpointId};
use domain::outgoing_webhooks::{SwitchedOff, WebhookOutcome};
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::call::CallAnswer;
use super::secrets::{EARLIER_SECRET_SIGNS_FOR, SECRET_IS_SHOWN_FOR, new_salt};
use super::settle::NextStep;
use super::sql::DueRow;
use crate::storage::entity::{outgoing_webhooks, webhook_endpoints};
use crate::storage::{Connection, StorageError};

fn millis(answer: &CallAnswer) -> i64 {
    i64::try_from(answer.took.as_millis()).unwrap_or(i64::MAX)
}

fn answer_columns(answer: &CallAnswer) -> outgoing_webhooks::ActiveModel {
    outgoing_webhooks::ActiveModel {
        last_status: Set(answer.status.map(i64::from)),
        last_problem: Set(answer.problem),
        last_ms: Set(Some(millis(answer))),
        ..Default::default()
    }
}

/// Writes what came back for a webhook as it was read; one that ended meanwhile stays as it is. What ended keeps no body.
pub(super) async fn set_answer<C: Connection>(
    tx: &C,
    endpoint: WebhookEndpointId,
    row: &DueRow,
    answer: &CallAnswer,
    next: NextStep,
) -> Result<(), StorageError> {
    use outgoing_webhooks::Column::{Attempts, EndpointId, Id, Outcome};
    let mut columns = answer_columns(answer);
    columns.attempts = Set(row.attempts + 1);
    match next {
        NextStep::Ended(outcome) => {
            columns.outcome = Set(Some(outcome));
            columns.body = Set(String::new());
        }
        NextStep::Again(at) => columns.not_before = Set(at),
    }
    let update = outgoing_webhooks::Entity::update_many()
        .set(columns)
        .filter(Id.eq(row.id))
        .filter(EndpointId.eq(endpoint))
        .filter(Attempts.eq(row.attempts))
        .filter(Outcome.is_null());
    update.exec(tx).await?;
    Ok(())
}

/// Writes a webhook that was sent already.
pub(super) async fn insert_sent<C: Connection>(
    connection: &C,
    mut webhook: outgoing_webhooks::Model,
    answer: &CallAnswer,
) -> Result<(), StorageError> {
    webhook.body = String::new();
    webhook.attempts = 1;
    webhook.last_status = answer.status.map(i64::from);
    webhook.last_problem = answer.problem;
    webhook.last_ms = Some(millis(answer));
    webhook.outcome = Some(match answer.problem {
        None => WebhookOutcome::Delivered,
        Some(_) => WebhookOutcome::Failed,
    });
    let insert = outgoing_webhooks::Entity::insert(outgoing_webhooks::ActiveModel::from(webhook));
    insert.exec_without_returning(connection).await?;
    Ok(())
}

pub(super) fn of_tenant(tenant: TenantId) -> Select<webhook_endpoints::Entity> {
    webhook_endpoints::Entity::find().filter(webhook_endpoints::Column::TenantId.eq(tenant))
}

pub(super) async fn endpoints<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Vec<webhook_endpoints::Model>, StorageError> {
    let all = of_tenant(tenant).order_by_asc(webhook_endpoints::Column::CreatedAt);
    Ok(all.order_by_asc(webhook_endpoints::Column::Id).all(connection).await?)
}

pub(super) async fn endpoint<C: Connection>(
    connection: &C,
    tenant: TenantId,
    endpoint: WebhookEndpointId,
) -> Result<Option<webhook_endpoints::Model>, StorageError> {
    let found = of_tenant(tenant).filter(webhook_endpoints::Column::Id.eq(endpoint));
    Ok(found.one(connection).await?)
}

/// Those that were not switched off by their owner.
pub(super) async fn switched_off<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Vec<webhook_endpoints::Model>, StorageError> {
    use webhook_endpoints::Column::{Enabled, SwitchedOff as Reason};
    let off = of_tenant(tenant)
        .filter(Enabled.eq(false))
        .filter(Reason.ne(SwitchedOff::ByOwner));
    Ok(off.all(connection).await?)
}

pub(super) async fn insert_endpoint<C: Connection>(
    tx: &C,
    endpoint: webhook_endpoints::Model,
) -> Result<(), StorageError> {
    let insert = webhook_endpoints::Entity::insert(webhook_endpoints::ActiveModel::from(endpoint));
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// Changes an endpoint of the tenant; false when there is none.
pub(super) async fn update_endpoint<C: Connection>(
    tx: &C,
    tenant: TenantId,
    endpoint: WebhookEndpointId,
    changed: webhook_endpoints::ActiveModel,
) -> Result<bool, StorageError> {
    let update = webhook_endpoints::Entity::update_many()
        .set(changed)
        .filter(webhook_endpoints::Column::TenantId.eq(tenant))
        .filter(webhook_endpoints::Column::Id.eq(endpoint));
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Forgets an endpoint. What it was told may be much, and goes with the purge.
pub(super) async fn delete_endpoint<C: Connection>(
    tx: &C,
    tenant: TenantId,
    endpoint: WebhookEndpointId,
) -> Result<bool, StorageError> {
    let delete = webhook_endpoints::Entity::delete_many()
        .filter(webhook_endpoints::Column::TenantId.eq(tenant))
        .filter(webhook_endpoints::Column::Id.eq(endpoint));
    Ok(delete.exec(tx).await?.rows_affected > 0)
}

/// Nothing is sent to an endpoint until then.
pub(super) async fn put_off<C: Connection>(
    tx: &C,
    endpoint: WebhookEndpointId,
    until: Timestamp,
) -> Result<(), StorageError> {
    use webhook_endpoints::Column::{Id, NotBefore};
    let put_off = webhook_endpoints::ActiveModel {
        not_before: Set(until),
        ..Default::default()
    };
    let update = webhook_endpoints::Entity::update_many().set(put_off);
    update
        .filter(Id.eq(endpoint))
        .filter(NotBefore.lt(until))
        .exec(tx)
        .await?;
    Ok(())
}

/// The newest rows of an endpoint's log.
pub(super) async fn log<C: Connection>(
    connection: &C,
    endpoint: WebhookEndpointId,
    limit: u64,
) -> Result<Vec<outgoing_webhooks::Model>, StorageError> {
    use outgoing_webhooks::Column::{CreatedAt, EndpointId, Id};
    let rows = outgoing_webhooks::Entity::find()
        .filter(EndpointId.eq(endpoint))
        .order_by_desc(CreatedAt)
        .order_by_desc(Id)
        .limit(limit);
    Ok(rows.all(connection).await?)
}

/// How many wait to be sent.
pub(super) async fn waiting<C: Connection>(connection: &C, endpoint: WebhookEndpointId) -> Result<u64, StorageError> {
    use outgoing_webhooks::Column::{EndpointId, Outcome};
    let rows = outgoing_webhooks::Entity::find()
        .filter(EndpointId.eq(endpoint))
        .filter(Outcome.is_null());
    Ok(rows.count(connection).await?)
}

/// What the receiver did before is forgotten.
fn healthy(now: Timestamp) -> webhook_endpoints::ActiveModel {
    webhook_endpoints::ActiveModel {
        failures: Set(0),
        failing_since: Set(None),
        not_before: Set(now),
        ..Default::default()
    }
}

/// Address, description and events, as they were typed.
pub(super) fn typed(typed: [String; 3], now: Timestamp) -> webhook_endpoints::ActiveModel {
    let [url, description, events] = typed;
    webhook_endpoints::ActiveModel {
        url: Set(url),
        description: Set(description),
        events: Set(events),
        ..healthy(now)
    }
}

pub(super) fn switched_on(now: Timestamp) -> webhook_endpoints::ActiveModel {
    webhook_endpoints::ActiveModel {
        enabled: Set(true),
        switched_off: Set(None),
        ..healthy(now)
    }
}

/// A new secret beside the earlier one, shown to a person.
pub(super) fn rotated(earlier: Vec<u8>, shown_to: Option<UserId>, now: Timestamp) -> webhook_endpoints::ActiveModel {
    webhook_endpoints::ActiveModel {
        secret_salt: Set(new_salt()),
        earlier_salt: Set(Some(earlier)),
        earlier_until: Set(Some(now + EARLIER_SECRET_SIGNS_FOR)),
        shown_to: Set(shown_to),
        shown_until: Set(now + SECRET_IS_SHOWN_FOR),
        ..Default::default()
    }
}

/// The secret is shown to nobody.
pub(super) fn hidden() -> webhook_endpoints::ActiveModel {
    webhook_endpoints::ActiveModel {
        shown_to: Set(None),
        ..Default::default()
    }
}
