//! A new Page token from the person's token, before the old one ends or when it has died alone.

use secrecy::{ExposeSecret, SecretString};

use super::Connections;
use super::findings::CheckError;
use super::record::{Connection, token_of};
use super::store::set_user_token_expiry;
use crate::channels::instagram::{Inspected, Inspection, UserToken};
use crate::channels::refusal::SendError;
use crate::storage::commit;
use crate::vault::store::{self, PlacedSeal};
use crate::vault::{SealedPurpose, VaultError};

impl Connections {
    /// The account's Page token, opened.
    pub(super) async fn page_token(&self, connection: &Connection) -> Result<SecretString, VaultError> {
        token_of(&self.database, &self.vault, SealedPurpose::PageToken, connection).await
    }

    /// Extends the person's token and reads a new Page token. None: it cannot be done without the person.
    pub(super) async fn renew(
        &self,
        connection: &Connection,
    ) -> Result<Option<(SecretString, Inspection)>, CheckError> {
        let user = match token_of(&self.database, &self.vault, SealedPurpose::UserToken, connection).await {
            Ok(token) => token,
            Err(VaultError::Storage(error)) => return Err(error.into()),
            Err(_) => return Ok(None),
        };
        let Some(user) = refused_is_none(self.meta.extend_token(&user).await)? else {
            return Ok(None);
        };
        let page = refused_is_none(self.meta.page(&user.token, &connection.page_id).await)?;
        let Some(token) = page.and_then(|page| page.token) else {
            return Ok(None);
        };
        let Inspected::Valid(inspection) = self.meta.inspect(&token).await? else {
            return Ok(None);
        };
        self.store_renewed(connection, &user, &token).await?;
        tracing::info!(account.id = %connection.account, "a token was renewed");
        Ok(Some((token, inspection)))
    }

    async fn store_renewed(
        &self,
        connection: &Connection,
        user: &UserToken,
        page: &SecretString,
    ) -> Result<(), CheckError> {
        let now = self.clock.now();
        let expires_at = user.expires_in.map(|life| now + life);
        let tx = self.database.begin().await?;
        connection.must_be_unchanged(&tx).await?;
        set_user_token_expiry(&tx, connection.account, expires_at).await?;
        for (purpose, token) in [
            (SealedPurpose::UserToken, &user.token),
            (SealedPurpose::PageToken, page),
        ] {
            let owner = connection.account.as_uuid();
            let text = token.expose_secret().as_bytes();
            let Ok(sealed) = self.vault.seal(purpose, connection.tenant, owner, text) else {
                // No limit of ours allows a text that is too long for the cipher: the old tokens stay.
                return Ok(());
            };
            let seal = PlacedSeal {
                owner,
                purpose,
                tenant: connection.tenant,
                sealed,
            };
            // The same moment as before: the record of this check must not take it for somebody else's change.
            store::put(&tx, &seal, connection.token_saved_at.unwrap_or_default()).await?;
        }
        Ok(commit(tx).await?)
    }
}

/// Only the person can help against a refusal; everything else is Meta's fault of the moment, or ours.
fn refused_is_none<T>(answer: Result<T, SendError>) -> Result<Option<T>, CheckError> {
    use crate::channels::refusal::RefusalClass::{Deployment, RateLimited, Transient};
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(SendError::Refused(refusal)) if !matches!(refusal.class, RateLimited { .. } | Transient | Deployment) => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
