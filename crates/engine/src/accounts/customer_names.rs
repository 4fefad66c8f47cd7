//! Who the customers are that wait for a person: the end of an id is found nowhere in Instagram. Names are asked of the platform while
//! somebody looks, and kept nowhere.

use std::time::Duration;

use domain::ids::AccountId;
use domain::views::CustomerName;
use futures::future::join_all;
use secrecy::SecretString;

use super::quiet::quiet_rows;
use super::{AccountFacts, Accounts, AccountsError};
use crate::channels::{Channel, Profile, Sender, SendingIds};
use crate::vault::{SealedPurpose, Vault, VaultError, store as sealed};

/// People who are asked for at once: the first of the page.
const ASKED: usize = 10;
/// A page waits no longer for any of them.
const PATIENCE: Duration = Duration::from_secs(2);

impl Accounts {
    /// Who is behind the conversations of [`Self::quiet_conversations`], as far as the platform tells: the first ten of them.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn customer_names(
        &self,
        account: AccountId,
        channel: &dyn Channel,
        vault: &Vault,
    ) -> Result<Vec<CustomerName>, AccountsError> {
        let reader = self.database.reader();
        let facts = AccountFacts::of_one(reader, self.tenant, account).await?;
        let facts = facts.ok_or(AccountsError::NotFound)?;
        let time = self.time().await?;
        let mut rows = quiet_rows(reader, self.tenant, Some(account), &time).await?;
        rows.truncate(ASKED);
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let sender = self.page_token(account, vault).await?.map(|token| Sender {
            ids: SendingIds {
                node: facts.row.page_id.clone(),
                own: facts.row.ig_id.clone(),
            },
            token,
        });
        let asked = rows.iter().map(async |(row, _)| {
            let profile = match &sender {
                Some(sender) => profile(channel, sender, &row.customer_id).await,
                None => Profile::default(),
            };
            CustomerName {
                conversation: row.id,
                username: profile.username,
                name: profile.name,
            }
        });
        Ok(join_all(asked).await)
    }

    /// None where the account has no token that can be opened: then nobody can be asked for.
    async fn page_token(&self, account: AccountId, vault: &Vault) -> Result<Option<SecretString>, AccountsError> {
        let (reader, owner) = (self.database.reader(), account.as_uuid());
        match sealed::open(reader, vault, SealedPurpose::PageToken, self.tenant, owner).await {
            Ok(token) => Ok(Some(SecretString::from(token.expose().to_owned()))),
            Err(VaultError::Storage(error)) => Err(error.into()),
            Err(_) => Ok(None),
        }
    }
}

/// Empty where the platform refuses or does not answer in time; the call itself logs and counts that.
async fn profile(channel: &dyn Channel, sender: &Sender, customer: &str) -> Profile {
    let answer = tokio::time::timeout(PATIENCE, channel.profile(sender, customer)).await;
    answer.ok().and_then(Result::ok).unwrap_or_default()
}
