//! Who the customers are that are with a person: the end of an id is found nowhere in Instagram. Names are asked of the platform while
//! somebody looks, and stored nowhere; for some minutes they are kept in memory, so that looking again asks nobody.

use std::time::Duration;

use domain::ids::AccountId;
use domain::limits::MAX_NAMED_CUSTOMERS;
use domain::views::CustomerName;
use futures::future::join_all;
use secrecy::SecretString;

use super::quiet::quiet_rows;
use super::{AccountFacts, Accounts, AccountsError, KnownCustomers};
use crate::channels::{Channel, Profile, Sender, SendingIds};
use crate::vault::{SealedPurpose, Vault, VaultError, store as sealed};

/// A page waits no longer for any of them.
const PATIENCE: Duration = Duration::from_secs(2);

impl Accounts {
    /// Who is behind the first of [`Self::quiet_conversations`], as far as the platform tells. Empty where nobody can be asked.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn customer_names(
        &self,
        account: AccountId,
        channel: &dyn Channel,
        vault: &Vault,
        known: &KnownCustomers,
    ) -> Result<Vec<CustomerName>, AccountsError> {
        let reader = self.database.reader();
        let facts = AccountFacts::of_one(reader, self.tenant, account, self.clock.now()).await?;
        let facts = facts.ok_or(AccountsError::NotFound)?;
        let mut rows = quiet_rows(reader, self.tenant, Some(account), &self.time().await?).await?;
        rows.truncate(MAX_NAMED_CUSTOMERS);
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let Some(token) = self.page_token(account, vault).await? else {
            return Ok(Vec::new());
        };
        let ids = SendingIds {
            node: facts.row.page_id.clone(),
            own: facts.row.ig_id.clone(),
        };
        let sender = Sender { ids, token };
        let now = self.clock.now();
        let unknown = rows.iter().map(|(row, _)| &row.customer_id);
        let unknown = unknown.filter(|customer| known.profile(account, customer, now).is_none());
        let asked = unknown.map(async |customer| (customer.clone(), profile(channel, &sender, customer).await));
        known.keep(account, join_all(asked).await, &self.clock);
        let named = rows.iter().map(|(row, _)| {
            let profile = known.profile(account, &row.customer_id, now).unwrap_or_default();
            CustomerName {
                conversation: row.id,
                username: profile.username,
                name: profile.name,
            }
        });
        Ok(named.collect())
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
