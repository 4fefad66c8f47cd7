//! Accounts and rules by their names, for whoever looks for one.

use domain::ids::TenantId;
use domain::views::{AccountName, Names, RuleName};

use super::{Rules, RulesError, store};
use crate::accounts::usernames;
use crate::storage::{Connection, StorageError};

impl Rules {
    /// Every account of the tenant, and every rule.
    ///
    /// # Errors
    /// Only for the database.
    pub async fn names(&self) -> Result<Names, RulesError> {
        let reader = self.database.reader();
        let rules = store::rule_names(reader, self.tenant).await?;
        let rules = rules.into_iter().map(|(id, account, label, position)| RuleName {
            id,
            account,
            label,
            position,
        });
        Ok(Names {
            accounts: account_names(reader, self.tenant).await?,
            rules: rules.collect(),
        })
    }
}

/// The tenant's accounts, by name.
pub(super) async fn account_names<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Vec<AccountName>, StorageError> {
    let names = usernames(connection, tenant, None).await?;
    let mut names: Vec<_> = names
        .into_iter()
        .map(|(id, username)| AccountName { id, username })
        .collect();
    names.sort_by(|one, other| one.username.cmp(&other.username));
    Ok(names)
}
