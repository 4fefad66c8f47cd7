//! Adds accounts across tenants: for `concierge account add` and the demo, without the connect flow.

use domain::ids::{AccountId, TenantId};
use domain::rules::Response;
use domain::time::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::state;
use super::store::{self, InstagramNames};
use crate::channels::instagram::is_id;
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry};
use crate::replies::make_waiting_due;
use crate::storage::{Database, StorageError, Transaction, commit};
use crate::vault::store::PlacedSeal;
use crate::vault::{self, SealedPurpose, Vault, VaultError};

/// What a new account says until its admin writes something better.
const FIRST_DEFAULT_REPLY: &str =
    "Thank you for your message! We have received it and will get back to you as soon as we can.";
const LONGEST_NAME: usize = 80;

/// An Instagram professional account with the Page it is linked to.
#[derive(Debug)]
pub struct NewInstagramAccount {
    /// Whose it is.
    pub tenant: TenantId,
    /// The Instagram professional account's id.
    pub ig_id: String,
    /// The Facebook Page's id.
    pub page_id: String,
    /// With or without the @.
    pub username: String,
    /// The business's name; the username when empty.
    pub name: String,
    /// Sends for the Page.
    pub page_token: SecretString,
    /// Whether *Auto-reply* is on from the start.
    pub auto_reply: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The account.
    pub account: AccountId,
    /// It was there already: it has the new token and is connected; rules and replies are as they were.
    pub reconnected: bool,
}

/// An account was not added.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Something cannot be used.
    #[error("{0}")]
    Unusable(&'static str),
    /// There is no such tenant.
    #[error("there is no such tenant")]
    UnknownTenant,
    /// The Instagram account or its Page is connected already, by another tenant or as another account.
    #[error("this Instagram account or Page is connected already")]
    AlreadyConnected,
    /// The token cannot be sealed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The accounts of all tenants.
#[derive(Debug, Clone)]
pub struct AccountRegistry {
    database: Database,
    clock: SharedClock,
    vault: Vault,
}

impl AccountRegistry {
    /// The accounts in `database`; `vault` seals their tokens.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock, vault: Vault) -> Self {
        Self {
            database: database.clone(),
            clock,
            vault,
        }
    }

    /// Adds an account with a canned default reply, or connects it again when its tenant had it before: what waited for
    /// that is due at once.
    ///
    /// # Errors
    /// See [`RegistryError`].
    pub async fn add_instagram(&self, new: &NewInstagramAccount, actor: Actor) -> Result<Added, RegistryError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let added = put_instagram(&tx, &self.vault, new, actor, now).await?;
        commit(tx).await?;
        Ok(added)
    }
}

/// [`AccountRegistry::add_instagram`] within a transaction. After [`RegistryError::AlreadyConnected`] it must be rolled back.
pub(crate) async fn put_instagram(
    tx: &Transaction,
    vault: &Vault,
    new: &NewInstagramAccount,
    actor: Actor,
    now: Timestamp,
) -> Result<Added, RegistryError> {
    let names = checked(new)?;
    if !store::tenant_exists(tx, new.tenant).await? {
        return Err(RegistryError::UnknownTenant);
    }
    let known = store::known_account(tx, new.tenant, &new.ig_id).await?;
    let account = known.unwrap_or_else(|| AccountId::from_uuid(Uuid::now_v7()));
    let written = match known {
        Some(_) => connect_again(tx, account, names, now).await,
        None => {
            let reply = Response::Canned(FIRST_DEFAULT_REPLY.into());
            store::insert_instagram(tx, (new.tenant, account), names, new.auto_reply, reply, now).await
        }
    };
    match written {
        Err(StorageError::Refused(_)) => return Err(RegistryError::AlreadyConnected),
        other => other?,
    }
    seal_token(tx, vault, account, new, now).await?;
    let detail = format!("{} was connected.", names.username);
    let entry = Entry {
        tenant: new.tenant,
        actor,
        action: "account.connected",
        subject: account.as_uuid(),
        detail: &detail,
    };
    identity::record(tx, entry, now).await?;
    Ok(Added {
        account,
        reconnected: known.is_some(),
    })
}

async fn seal_token(
    tx: &Transaction,
    vault: &Vault,
    account: AccountId,
    new: &NewInstagramAccount,
    now: Timestamp,
) -> Result<(), RegistryError> {
    let (purpose, owner) = (SealedPurpose::PageToken, account.as_uuid());
    let token = new.page_token.expose_secret().trim();
    let sealed = vault.seal(purpose, new.tenant, owner, token.as_bytes())?;
    let seal = PlacedSeal {
        owner,
        purpose,
        tenant: new.tenant,
        sealed,
    };
    vault::store::put(tx, &seal, now).await?;
    Ok(())
}

fn checked(new: &NewInstagramAccount) -> Result<InstagramNames<'_>, RegistryError> {
    let username = new.username.trim().trim_start_matches('@');
    let name = if new.name.trim().is_empty() {
        username
    } else {
        new.name.trim()
    };
    if !is_id(&new.ig_id) || !is_id(&new.page_id) {
        return Err(RegistryError::Unusable(
            "the Instagram id and the Page id are letters and digits, at most 64",
        ));
    }
    if !(1..=LONGEST_NAME).contains(&username.chars().count()) || name.chars().count() > LONGEST_NAME {
        return Err(RegistryError::Unusable(
            "the username and the name have 1 to 80 characters",
        ));
    }
    if new.page_token.expose_secret().trim().is_empty() {
        return Err(RegistryError::Unusable("the token is empty"));
    }
    Ok(InstagramNames {
        ig_id: &new.ig_id,
        page_id: &new.page_id,
        username,
        name,
    })
}

async fn connect_again(
    tx: &Transaction,
    account: AccountId,
    names: InstagramNames<'_>,
    now: Timestamp,
) -> Result<(), StorageError> {
    store::connect_instagram(tx, account, names).await?;
    state::mark_reconnected(tx, account, now).await?;
    make_waiting_due(tx, account, now).await?;
    Ok(())
}
