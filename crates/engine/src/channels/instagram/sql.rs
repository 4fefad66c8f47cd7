//! Finds accounts by the ids of Instagram, once for every delivery and every reply.

use domain::ids::AccountId;

use crate::channels::{EventAccount, SendingIds};
use crate::storage::{StorageError, Transaction, sql, statements};

statements! {
    /// Ids of Instagram accounts and Pages, whatever they are. Cross-tenant by nature: the webhook serves every tenant.
    pub(super) const CONNECTED: &str =
        "SELECT i.account_id AS id, a.tenant_id AS tenant, a.enabled, i.ig_id AS \"primary\", i.page_id AS secondary,
            a.ai_memory AS remembers
        FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE i.connected AND (i.ig_id IN ({list}) OR i.page_id IN ({list}))";

    pub(super) const SENDING_IDS: &str = "SELECT page_id AS node, ig_id AS own FROM instagram_accounts WHERE account_id = $1";
}

pub(super) async fn connected_accounts(
    transaction: &Transaction,
    addresses: &[String],
) -> Result<Vec<EventAccount>, StorageError> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let (text, values) = sql::with_list(CONNECTED, [], addresses.iter().map(String::as_str));
    sql::all(transaction, text, values).await
}

pub(super) async fn sending_ids(
    transaction: &Transaction,
    account: AccountId,
) -> Result<Option<SendingIds>, StorageError> {
    sql::optional(transaction, SENDING_IDS, [account.into()]).await
}
