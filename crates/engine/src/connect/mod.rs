//! Connecting Instagram accounts through Facebook Login, and keeping them connected.
//!
//! A login attempt: [`Connections::begin`] gives the address of Facebook's dialog, [`Connections::callback`] takes what Facebook returns, one
//! candidate is connected at once, several are offered ([`Connections::page`], [`Connections::choose`]). Afterwards
//! [`Connections::check`] (by hand) and the daily run ([`daily_checks`]) watch the connection; [`Connections::disconnect`] and Meta's two
//! callbacks end it. docs/token-failures.md lists what can go wrong and what an admin sees.

mod callback;
mod candidates;
mod check;
mod choice;
mod connect_accounts;
pub mod daily_checks;
mod deletion;
mod deployment;
mod disconnect;
mod findings;
mod list_pages;
mod live_test;
mod login;
mod login_attempts;
mod login_refusal;
mod problem_text;
mod record;
mod renew;
mod signed_request;
pub(crate) mod sql;
mod store;

use std::sync::Arc;

use domain::ids::TenantId;
use domain::time::Timestamp;
use tracing::Instrument;

use crate::channels::instagram::MetaAccounts;
use crate::channels::refusal::SendError;
use crate::clock::SharedClock;
use crate::identity::Actor;
use crate::jobs::WakeUps;
use crate::pipeline::DueTimes;
use crate::storage::{Database, StorageError};
use crate::vault::{Vault, VaultError};

pub use crate::channels::instagram::Ask;
pub use crate::channels::instagram::scopes::WANTED;
pub use callback::{CallbackOutcome, CallbackQuery};
pub use deletion::DeletionReceipt;
pub use disconnect::DisconnectError;
pub(crate) use disconnect::{KEPT_AFTER_DISCONNECT, purge};
pub use findings::{CheckError, CheckResult};
pub use login_attempts::SessionKey;
pub use problem_text::problem;
pub use signed_request::{SignedRequest, SignedRequestError};
pub use store::DeletionStatus;

/// Who signs in at Facebook, and in which browser.
#[derive(Debug, Clone)]
pub struct LoginContext {
    /// For which tenant.
    pub tenant: TenantId,
    /// In which session. What was begun in one session ends in no other.
    pub session: SessionKey,
    /// Who the audit log names.
    pub actor: Actor,
}

/// The connections of this deployment. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Connections {
    pub(crate) database: Database,
    pub(crate) vault: Vault,
    pub(crate) clock: SharedClock,
    pub(crate) meta: Arc<MetaAccounts>,
    pub(crate) wake: WakeUps,
    due: DueTimes,
}

/// Pages and accounts of one login attempt that Meta is asked about at the same time.
const AT_ONCE: usize = 8;

/// Goes on to its end when the request that waits for it is given up: what was connected must be subscribed and checked.
async fn run_detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, ConnectError>> + Send + 'static,
) -> Result<T, ConnectError> {
    match tokio::spawn(work.in_current_span()).await {
        Ok(result) => result,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(StorageError::Setup("the server is stopping".into()).into()),
    }
}

/// A step of a login attempt could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// There is no such login attempt in this session.
    #[error("there is no such login attempt")]
    NotFound,
    /// More Pages are chosen than can be connected at once: this many.
    #[error("at most {0} Pages can be connected at once")]
    TooMany(usize),
    /// The address of the dialog cannot be made from the configuration.
    #[error("the address of Facebook Login cannot be read; check CONCIERGE_META_DIALOG_URL")]
    Misconfigured,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A token cannot be sealed.
    #[error(transparent)]
    Vault(VaultError),
}

impl From<VaultError> for ConnectError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Storage(error) => Self::Storage(error),
            other => Self::Vault(other),
        }
    }
}

impl Connections {
    /// Connections in `database`; `meta` is asked, `wake` is told when waiting replies are due again.
    #[must_use]
    pub fn new(database: Database, vault: Vault, clock: SharedClock, meta: Arc<MetaAccounts>, wake: WakeUps) -> Self {
        Self {
            database,
            vault,
            clock,
            meta,
            wake,
            due: DueTimes::default(),
        }
    }

    /// For a process that has workers too: what a connection was missing for is sent at once, not with the sweeper's next turn.
    #[must_use]
    pub(crate) fn beside_workers(mut self, due: DueTimes) -> Self {
        self.due = due;
        self
    }

    /// Replies that waited for a connection may be due now.
    fn wake_replies(&self) {
        self.wake.jobs_added();
        self.due.add(self.clock.now());
    }

    /// The present moment as Meta's clock shows it.
    fn now_at_meta(&self) -> Timestamp {
        let ours_ahead = self.meta.clock().ours_ahead().unwrap_or_default();
        Timestamp::from_millis(self.clock.now().as_millis().saturating_sub(ours_ahead))
    }

    /// Deletes login attempts that are over, runs long past, and accounts 30 days after they were disconnected.
    pub async fn purge(&self) -> Result<(), StorageError> {
        purge(&self.database, self.clock.now()).await
    }

    /// Whether Meta knows our app id and secret.
    ///
    /// # Errors
    /// Meta did not answer.
    pub async fn app_is_known(&self) -> Result<bool, SendError> {
        self.meta.knows_the_app().await
    }
}
