//! The way to Facebook.

use domain::ids::TenantId;

use super::sql::CONNECTED_NAMES;
use super::{Ask, ConnectError, Connections, LoginContext, WANTED};
use crate::storage::{StorageError, sql};

impl Connections {
    /// Begins a login attempt; returns the address of Facebook's dialog, to redirect to.
    ///
    /// # Errors
    /// [`ConnectError::Misconfigured`].
    #[tracing::instrument(name = "connect.login_attempt", skip_all, fields(tenant.id = %login.tenant))]
    pub async fn begin(&self, login: &LoginContext, ask: Ask) -> Result<String, ConnectError> {
        let ask = match ask {
            // Facebook keeps silent about what was declined, unless it is asked again.
            Ask::Usual if self.lacked_permissions(login).await? => Ask::Declined,
            ask => ask,
        };
        let state = self.start_login_attempt(login).await?;
        let address = self.meta.dialog(&WANTED, &state, ask);
        address.map(String::from).ok_or(ConnectError::Misconfigured)
    }

    /// Names of the accounts that are connected through Facebook Login, for the warning before the next login: a Page that is
    /// left out there loses its connection.
    pub(super) async fn connected_names(&self, tenant: TenantId) -> Result<Vec<String>, StorageError> {
        sql::values(self.database.reader(), CONNECTED_NAMES, [tenant.into()]).await
    }
}
