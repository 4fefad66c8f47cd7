//! Rows of runs, deliveries and connecting are read back as they were written.

use domain::accounts::AccountCause;
use domain::api_keys::{Scope, Scopes};
use domain::ids::ApiKeyId;
use domain::views::ConnectStep;
use engine::channels::event::CountedKind;
use engine::storage::entity::{Hidden, api_keys, idempotency_keys};
use engine::storage::entity::{connect_visits, deletion_requests, job_runs, token_checks, webhook_health};
use uuid::Uuid;

use super::rows::{ACCOUNT, AT, TENANT, keeps};
use crate::support::TestDatabase;

pub(super) async fn operations(database: &TestDatabase) {
    keeps::<webhook_health::Entity>(
        database,
        webhook_health::Model {
            kind: CountedKind::NotJson,
            count: 4,
            last_at: AT,
        },
    )
    .await;
    keeps::<job_runs::Entity>(
        database,
        job_runs::Model {
            name: job_runs::RunName::Tokens,
            day: "2026-11-22".into(),
            run: 0,
            started_at: AT,
            finished_at: None,
        },
    )
    .await;
    programs(database).await;
}

async fn programs(database: &TestDatabase) {
    let key = ApiKeyId::from_uuid(Uuid::from_u128(31));
    keeps::<api_keys::Entity>(
        database,
        api_keys::Model {
            id: key,
            tenant_id: TENANT,
            name: "Website".into(),
            prefix: "0123456789ab".into(),
            secret_hash: vec![7; 32],
            scopes: Scopes::of([Scope::Read, Scope::Credits]),
            created_by: None,
            created_at: AT,
            expires_at: Some(AT),
            last_used_at: None,
            revoked_at: None,
        },
    )
    .await;
    keeps::<idempotency_keys::Entity>(
        database,
        idempotency_keys::Model {
            api_key_id: key,
            key: "a-uuid".into(),
            request_digest: vec![8; 32],
            status: Some(201),
            answer: Some(Hidden("sealed".into())),
            created_at: AT,
            expires_at: AT,
        },
    )
    .await;
}

pub(super) async fn connecting(database: &TestDatabase) {
    keeps::<connect_visits::Entity>(
        database,
        connect_visits::Model {
            id: Uuid::from_u128(23),
            tenant_id: TENANT,
            session_hash: vec![5; 32],
            state_hash: vec![6; 32],
            step: Some(ConnectStep::Start {
                connected: vec!["bakery".into()],
                warning: None,
            }),
            begun_at: AT,
            returned_at: None,
            expires_at: AT,
            person_id: Some("1784".into()),
        },
    )
    .await;
    keeps::<token_checks::Entity>(
        database,
        token_checks::Model {
            account_id: ACCOUNT,
            day: "2026-11-22".into(),
            run: 0,
            not_before: AT,
            attempts: 1,
            checked_at: Some(AT),
            result: Some(token_checks::CheckedAs::Broken(AccountCause::RoleLost)),
        },
    )
    .await;
    keeps::<deletion_requests::Entity>(
        database,
        deletion_requests::Model {
            code: "code".into(),
            person_hash: vec![7; 32],
            accounts: 1,
            requested_at: AT,
            done_at: AT,
        },
    )
    .await;
}
