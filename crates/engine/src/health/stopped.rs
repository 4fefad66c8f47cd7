//! What keeps replies from going out while every connection works.

use domain::ids::TenantId;

use crate::accounts::{AccountFacts, meta_does_not_answer};
use crate::overview;
use crate::storage::{Connection, StorageError};

/// A sentence about it; none while replies go out.
pub(super) async fn stopped_by<C: Connection>(
    connection: &C,
    tenant: TenantId,
    accounts: &[AccountFacts],
) -> Result<Option<String>, StorageError> {
    if overview::balance(connection, tenant).await? == 0 {
        let sentence =
            "The reply credits are used up: customers who write now get no reply. Ask your operator for more.";
        return Ok(Some(sentence.into()));
    }
    Ok(match accounts.iter().map(AccountFacts::unanswered).sum() {
        0 => of_the_ai(overview::waiting_for_ai(connection, tenant).await?),
        waiting => Some(meta_does_not_answer(waiting)),
    })
}

fn of_the_ai(waiting: u64) -> Option<String> {
    match waiting {
        0 => None,
        1 => Some(
            "The AI provider does not answer: 1 reply waits for it. Fixed texts that keywords choose go out.".into(),
        ),
        many => Some(format!(
            "The AI provider does not answer: {many} replies wait for it. Fixed texts that keywords choose go out."
        )),
    }
}
