//! The rows of attempts to sign in through Facebook Login. `state` is random, works once, ten minutes, in one session of one tenant; what was
//! found stays for an hour, with the person's token sealed beside it while there is something to choose.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::time::Timestamp;
use domain::views::{ConnectProblemKind, ConnectStep};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::connect_accounts::FacebookUser;
use super::{ConnectError, Connections, LoginContext};
use crate::storage::{StorageError, sql};
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

    pub(super) fn value(&self) -> Value {
        self.0.clone().into()
    }
}

fn hash(what: &str, text: &str) -> Vec<u8> {
    Sha256::digest(format!("connect|{what}|{text}")).to_vec()
}

#[derive(FromQueryResult)]
struct StateRow {
    id: Uuid,
    tenant_id: Uuid,
    session_hash: Vec<u8>,
    begun_at: i64,
    returned_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct StepRow {
    id: Uuid,
    step: Option<String>,
    expires_at: i64,
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
        let text = "INSERT INTO connect_visits (id, tenant_id, session_hash, state_hash, begun_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let values = [
            Uuid::now_v7().into(),
            login.tenant.as_uuid().into(),
            login.session.value(),
            hash("state", &state).into(),
            now.as_millis().into(),
            (now + CHOICE_LIFE).as_millis().into(),
        ];
        sql::execute(self.database.writer(), text, values).await?;
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
        let text =
            "SELECT id, tenant_id, session_hash, begun_at, returned_at FROM connect_visits WHERE state_hash = $1";
        let row = sql::optional::<StateRow, _>(self.database.writer(), text, [hash("state", state).into()]).await?;
        let is_theirs = |row: &StateRow| row.session_hash == login.session.0 && row.tenant_id == login.tenant.as_uuid();
        let Some(row) = row.filter(is_theirs) else {
            return Ok(Err(ConnectProblemKind::Foreign));
        };
        if row.returned_at.is_some() {
            return Ok(Err(ConnectProblemKind::Reused));
        }
        if Timestamp::from_millis(row.begun_at) + STATE_LIFE <= now {
            return Ok(Err(ConnectProblemKind::Expired));
        }
        let text = "UPDATE connect_visits SET returned_at = $2 WHERE id = $1 AND returned_at IS NULL";
        let taken = sql::execute(self.database.writer(), text, [row.id.into(), now.as_millis().into()]).await?;
        Ok(if taken == 1 {
            Ok(row.id)
        } else {
            Err(ConnectProblemKind::Reused)
        })
    }

    /// Whose attempt it is: a request to delete that user's data finds it by this.
    pub(super) async fn note_facebook_user(&self, id: Uuid, user: &FacebookUser) -> Result<(), StorageError> {
        let Some(user) = user.inspection.user_id.clone() else {
            return Ok(());
        };
        let text = "UPDATE connect_visits SET person_id = $2 WHERE id = $1";
        sql::execute(self.database.writer(), text, [id.into(), user.into()]).await?;
        Ok(())
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
        let json = serde_json::to_string(step).map_err(|_| StorageError::Corrupt("step of a login attempt"))?;
        let tx = self.database.begin().await?;
        let text = "UPDATE connect_visits SET step = $2, expires_at = $3 WHERE id = $1";
        let values = [id.into(), json.into(), (now + CHOICE_LIFE).as_millis().into()];
        if sql::execute(&tx, text, values).await? == 0 {
            // The person asked for deletion meanwhile.
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
        Ok(tx.commit().await?)
    }

    /// The login attempt `id`, if it belongs to this session and has come back.
    pub(super) async fn attempt(
        &self,
        login: &LoginContext,
        id: Option<Uuid>,
    ) -> Result<Option<LoginAttempt>, StorageError> {
        let text = "SELECT id, step, expires_at FROM connect_visits
            WHERE session_hash = $1 AND tenant_id = $2 AND id = $3 AND step IS NOT NULL";
        let Some(id) = id else { return Ok(None) };
        let values = [login.session.value(), login.tenant.as_uuid().into(), id.into()];
        let row = sql::optional::<StepRow, _>(self.database.reader(), text, values).await?;
        row.map(|row| self.read_login_attempt(row)).transpose()
    }

    fn read_login_attempt(&self, row: StepRow) -> Result<LoginAttempt, StorageError> {
        let step = serde_json::from_str(&row.step.unwrap_or_default());
        Ok(LoginAttempt {
            id: row.id,
            step: step.map_err(|_| StorageError::Corrupt("step of a login attempt"))?,
            is_over: Timestamp::from_millis(row.expires_at) <= self.clock.now(),
        })
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
pub(super) async fn purge_login_attempts<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    limit: u32,
) -> Result<u64, StorageError> {
    let text = format!("SELECT id FROM connect_visits WHERE expires_at < $1 ORDER BY expires_at LIMIT {limit}");
    let over = sql::all::<IdRow, C>(connection, text, [now.as_millis().into()]).await?;
    delete_login_attempts(connection, over.into_iter().map(|row| row.id).collect()).await
}

/// Deletes a person's walks, finished or not: tokens, names of Pages and accounts.
pub(super) async fn delete_login_attempts_of<C: ConnectionTrait>(
    connection: &C,
    person: &str,
) -> Result<u64, StorageError> {
    let text = "SELECT id FROM connect_visits WHERE person_id = $1";
    let rows = sql::all::<IdRow, C>(connection, text, [person.into()]).await?;
    delete_login_attempts(connection, rows.into_iter().map(|row| row.id).collect()).await
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// The token first: a walk that is still there is deleted next time.
async fn delete_login_attempts<C: ConnectionTrait>(connection: &C, ids: Vec<Uuid>) -> Result<u64, StorageError> {
    if ids.is_empty() {
        return Ok(0);
    }
    store::destroy_many(connection, ids.clone()).await?;
    let ids = sql::padded(ids.into_iter().map(Value::from).collect());
    let text = format!(
        "DELETE FROM connect_visits WHERE id IN ({})",
        sql::placeholders(1, ids.len())
    );
    sql::execute(connection, text, ids).await
}
