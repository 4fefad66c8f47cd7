//! Finds the connected accounts behind the ids of an event.

use domain::ids::{AccountId, TenantId};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::channels::{EventAccount, SendingIds};
use crate::storage::{StorageError, Transaction, sql};

#[derive(FromQueryResult)]
struct Row {
    account_id: Uuid,
    tenant_id: Uuid,
    enabled: bool,
    ig_id: String,
    page_id: String,
}

/// Cross-tenant by nature: the webhook serves every tenant.
pub(super) async fn connected_accounts(
    transaction: &Transaction,
    addresses: &[String],
) -> Result<Vec<EventAccount>, StorageError> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Value> = sql::padded(addresses.iter().map(|address| address.clone().into()).collect());
    let ids = sql::placeholders(1, values.len());
    let text = format!(
        "SELECT i.account_id, a.tenant_id, a.enabled, i.ig_id, i.page_id
        FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE i.connected AND (i.ig_id IN ({ids}) OR i.page_id IN ({ids}))"
    );
    let rows = sql::all::<Row, _>(transaction, text, values).await?;
    Ok(rows.into_iter().map(EventAccount::from).collect())
}

impl From<Row> for EventAccount {
    fn from(row: Row) -> Self {
        Self {
            id: AccountId::from_uuid(row.account_id),
            tenant: TenantId::from_uuid(row.tenant_id),
            enabled: row.enabled,
            primary: row.ig_id,
            secondary: row.page_id,
        }
    }
}

#[derive(FromQueryResult)]
struct IdsRow {
    ig_id: String,
    page_id: String,
}

pub(super) async fn sending_ids(
    transaction: &Transaction,
    account: AccountId,
) -> Result<Option<SendingIds>, StorageError> {
    let text = "SELECT ig_id, page_id FROM instagram_accounts WHERE account_id = $1";
    let row = sql::optional::<IdsRow, _>(transaction, text, [account.as_uuid().into()]).await?;
    Ok(row.map(|row| SendingIds {
        node: row.page_id,
        own: row.ig_id,
    }))
}
