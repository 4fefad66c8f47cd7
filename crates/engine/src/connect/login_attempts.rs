//! The rows of attempts to sign in through Facebook Login. `state` is random, works once, ten minutes, in one session of one tenant; what was
//! found stays for an hour, with the person's token, sealed, while there is something to choose.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::time::Timestamp;
use domain::views::{ConnectProblemKind, ConnectStep};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::sql::{DELETE_ATTEMPTS_OF, DELETE_OLD_ATTEMPTS};
use super::store::{
    attempt_by_state, attempt_step, insert_attempt, newest_step, set_facebook_user, set_returned, set_step,
};
use super::{ConnectError, Connections, LoginContext};
use crate::storage::entity::connect_visits;
use crate::storage::{Database, StorageError, Transaction, Value, commit, sql};
use crate::vault::store::{self, PlacedSeal};
use crate::vault::{SealedPurpose, VaultError};

const STATE_BYTES: usize = 32;
/// Longer than ours ever are.
const LONGEST_STATE: usize = 200;
/// How long a person may stay at Facebook.
const STATE_LIFE: Duration = Duration::from_secs(10 * 60);
/// How long a choice stays open.
const CHOICE_LIFE: Duration = Duration::from_secs(60 * 60);

/// A browser's session, known by its hash only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionKey(Vec<u8>);

impl SessionKey {
    /// The key of the session with this id.
    #[must_use]
    pub fn of(session_id: &str) -> Self {
        Self(hash("session", session_id))
    }
}

fn hash(what: &str, text: &str) -> Vec<u8> {
    Sha256::digest(format!("connect|{what}|{text}")).to_vec()
}

/// A login attempt that came back from Facebook.
pub(super) struct LoginAttempt {
    pub(super) id: Uuid,
    pub(super) step: ConnectStep,
    pub(super) is_over: bool,
}

impl Connections {
    /// A new login attempt; returns its `state`.
    pub(super) async fn start_login_attempt(&self, login: &LoginContext) -> Result<String, StorageError> {
        let mut random = [0u8; STATE_BYTES];
        rand::fill(&mut random);
        let state = BASE64_URL_SAFE_NO_PAD.encode(random);
        let now = self.clock.now();
        let attempt = connect_visits::Model {
            id: Uuid::now_v7(),
            tenant_id: login.tenant,
            session_hash: login.session.0.clone(),
            state_hash: hash("state", &state),
            step: None,
            person_id: None,
            begun_at: now,
            returned_at: None,
            expires_at: now + CHOICE_LIFE,
        };
        insert_attempt(&self.database, attempt).await?;
        Ok(state)
    }

    /// Uses up a `state`. The wrong browser uses nothing up.
    pub(super) async fn return_to(
        &self,
        login: &LoginContext,
        state: &str,
    ) -> Result<Result<Uuid, ConnectProblemKind>, StorageError> {
        if state.is_empty() || state.len() > LONGEST_STATE {
            return Ok(Err(ConnectProblemKind::Incomplete));
        }
        let now = self.clock.now();
        let row = attempt_by_state(&self.database, hash("state", state)).await?;
        let is_theirs =
            |row: &connect_visits::Model| row.session_hash == login.session.0 && row.tenant_id == login.tenant;
        let Some(row) = row.filter(is_theirs) else {
            return Ok(Err(ConnectProblemKind::Foreign));
        };
        if row.returned_at.is_some() {
            return Ok(Err(ConnectProblemKind::Reused));
        }
        if row.begun_at + STATE_LIFE <= now {
            return Ok(Err(ConnectProblemKind::Expired));
        }
        Ok(match set_returned(&self.database, row.id, now).await? {
            true => Ok(row.id),
            false => Err(ConnectProblemKind::Reused),
        })
    }

    /// Whose attempt it is: a request to delete that user's data finds it by this.
    pub(super) async fn note_facebook_user(&self, id: Uuid, user: Option<String>) -> Result<(), StorageError> {
        match user {
            Some(user) => set_facebook_user(&self.database, id, user).await,
            None => Ok(()),
        }
    }

    /// Keeps where a login attempt stands; `user` stays sealed while the person may still choose or look again.
    pub(super) async fn save_step(
        &self,
        login: &LoginContext,
        id: Uuid,
        step: &ConnectStep,
        user: Option<&SecretString>,
    ) -> Result<(), ConnectError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        if !set_step(&tx, id, step.clone(), now + CHOICE_LIFE).await? {
            // The Facebook user asked for deletion meanwhile.
            return Ok(());
        }
        match user {
            None => store::destroy(&tx, id).await?,
            Some(user) => {
                let (purpose, tenant) = (SealedPurpose::UserToken, login.tenant);
                let sealed = self.vault.seal(purpose, tenant, id, user.expose_secret().as_bytes())?;
                let seal = PlacedSeal {
                    owner: id,
                    purpose,
                    tenant,
                    sealed,
                };
                store::put(&tx, &seal, now).await?;
            }
        }
        Ok(commit(tx).await?)
    }

    /// The login attempt `id`, if it belongs to this session and has come back.
    pub(super) async fn attempt(
        &self,
        login: &LoginContext,
        id: Option<Uuid>,
    ) -> Result<Option<LoginAttempt>, StorageError> {
        let Some(id) = id else { return Ok(None) };
        let row = attempt_step(&self.database, login.tenant, &login.session.0, id).await?;
        let read = |(step, expires_at): (Option<ConnectStep>, Timestamp)| {
            let is_over = expires_at <= self.clock.now();
            step.map(|step| LoginAttempt { id, step, is_over })
        };
        Ok(row.and_then(read))
    }

    /// Whether the newest attempt of this session that came back ended for want of a permission.
    pub(super) async fn lacked_permissions(&self, login: &LoginContext) -> Result<bool, StorageError> {
        let step = newest_step(&self.database, login.tenant, &login.session.0).await?;
        Ok(matches!(
            step,
            Some(ConnectStep::Problem { problem }) if problem.kind == ConnectProblemKind::PermissionsMissing
        ))
    }

    /// The person's token of an open choice; none when the choice is over.
    pub(super) async fn login_attempt_token(
        &self,
        login: &LoginContext,
        id: Uuid,
    ) -> Result<Option<SecretString>, ConnectError> {
        let (reader, purpose) = (self.database.reader(), SealedPurpose::UserToken);
        match store::open(reader, &self.vault, purpose, login.tenant, id).await {
            Ok(token) => Ok(Some(token.expose().to_owned().into())),
            Err(VaultError::Storage(error)) => Err(error.into()),
            Err(_) => Ok(None),
        }
    }
}

/// Deletes login attempts that are over, with what is sealed for them. Returns how many.
pub(super) async fn purge_login_attempts(database: &Database, now: Timestamp, limit: u64) -> Result<u64, StorageError> {
    let tx = database.begin().await?;
    let purged = delete_login_attempts(&tx, DELETE_OLD_ATTEMPTS, [now.into(), limit.into()]).await?;
    commit(tx).await?;
    Ok(purged)
}

/// Deletes a Facebook user's login attempts of before `until`, finished or not: tokens, names of Pages and accounts.
pub(super) async fn delete_login_attempts_of(
    tx: &Transaction,
    user: &str,
    until: Timestamp,
) -> Result<u64, StorageError> {
    delete_login_attempts(tx, DELETE_ATTEMPTS_OF, [user.into(), until.into()]).await
}

/// The row first: a step that is being saved has committed its token by then, and a later one finds no attempt and seals nothing.
async fn delete_login_attempts<const N: usize>(
    tx: &Transaction,
    statement: &'static str,
    values: [Value; N],
) -> Result<u64, StorageError> {
    let deleted: Vec<Uuid> = sql::values(tx, statement, values).await?;
    let count = deleted.len();
    store::destroy_many(tx, deleted).await?;
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}
