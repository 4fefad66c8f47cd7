//! Finds accounts by the ids of Instagram, once for every delivery and every reply.

use std::collections::{HashMap, HashSet};

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

    pub(super) const SENDING_IDS: &str = "SELECT account_id, page_id, ig_id FROM instagram_accounts WHERE account_id IN ({list})";
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
    accounts: &HashSet<AccountId>,
) -> Result<HashMap<AccountId, SendingIds>, StorageError> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let (text, values) = sql::with_list(SENDING_IDS, [], accounts.iter().copied());
    let rows: Vec<(AccountId, String, String)> = sql::values(transaction, text, values).await?;
    let ids = |(account, node, own)| (account, SendingIds { node, own });
    Ok(rows.into_iter().map(ids).collect())
}
