//! The way to Facebook.

use domain::ids::TenantId;
use sea_orm::FromQueryResult;

use super::{Ask, ConnectError, Connections, LoginContext, WANTED};
use crate::storage::{StorageError, sql};

#[derive(FromQueryResult)]
struct NameRow {
    username: String,
}

impl Connections {
    /// Begins a login attempt; returns the address of Facebook's dialog, to redirect to.
    ///
    /// # Errors
    /// [`ConnectError::Misconfigured`], or what the database answers.
    #[tracing::instrument(name = "connect.login_attempt", skip_all, fields(tenant.id = %login.tenant))]
    pub async fn begin(&self, login: &LoginContext, ask: Ask) -> Result<String, ConnectError> {
        let state = self.start_login_attempt(login).await?;
        let address = self.meta.dialog(&WANTED, &state, ask);
        address.map(String::from).ok_or(ConnectError::Misconfigured)
    }

    /// Names of the accounts that are connected through Facebook Login, for the warning before the next login: a Page that is
    /// left out there loses its connection.
    pub(super) async fn connected_names(&self, tenant: TenantId) -> Result<Vec<String>, StorageError> {
        let text = "SELECT i.username AS username FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
            WHERE a.tenant_id = $1 AND i.connected ORDER BY i.username";
        let rows = sql::all::<NameRow, _>(self.database.reader(), text, [tenant.as_uuid().into()]).await?;
        Ok(rows.into_iter().map(|row| row.username).collect())
    }
}
