//! The work on due endpoints: jobs, claims, calls.

use std::time::Duration;

use domain::ids::{TenantId, WebhookEndpointId};
use futures::future::join_all;
use uuid::Uuid;

use super::call::{CallAnswer, Signed, WebhookCaller};
use super::events::webhook_id;
use super::settle::AfterRound;
use super::signing::WebhookSecret;
use super::sql::{CLAIM, ClaimedRow, DUE_WEBHOOKS, DueRow, IS_DUE, RELEASE, TAKE_DUE, VOID_ALL_CLAIMS};
use super::{DeliverWebhooks, secrets, settle};
use crate::clock::SharedClock;
use crate::jobs::WakeUps;
use crate::jobs::queue::enqueue;
use crate::storage::{Database, DatabaseBackend, StorageError, commit, sql};
use crate::vault::Vault;

/// A job that has not claimed its endpoint by then counts as lost.
const LOST_AFTER: Duration = Duration::from_secs(2 * 60);
/// Longer than a round of calls, with room for a slow database.
pub(super) const CLAIM_LENGTH: Duration = Duration::from_secs(60);
/// Endpoints that become jobs in one transaction.
const BATCH: i64 = 100;
/// Webhooks that one endpoint gets at the same time.
const AT_ONCE: i64 = 8;
/// Rounds of a job: then others have their turn.
const ROUNDS: u32 = 8;

/// Sends the webhooks of all tenants.
#[derive(Debug, Clone)]
pub struct OutgoingWebhooks {
    pub(super) database: Database,
    pub(super) vault: Vault,
    pub(super) clock: SharedClock,
    pub(super) caller: WebhookCaller,
    wake: WakeUps,
}

/// An endpoint that this worker has claimed.
pub(super) struct Claimed {
    pub(super) endpoint: WebhookEndpointId,
    pub(super) claim: String,
    tenant: TenantId,
    url: String,
    secrets: Vec<WebhookSecret>,
}

impl OutgoingWebhooks {
    /// Sends through `caller`.
    #[must_use]
    pub fn new(database: &Database, vault: &Vault, clock: SharedClock, caller: WebhookCaller, wake: WakeUps) -> Self {
        Self {
            database: database.clone(),
            vault: vault.clone(),
            clock,
            caller,
            wake,
        }
    }

    /// What is done once, when a server starts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn start(&self) -> Result<(), StorageError> {
        if self.database.backend() == DatabaseBackend::Sqlite {
            sql::execute(self.database.writer(), VOID_ALL_CLAIMS, []).await?;
        }
        Ok(())
    }

    /// Gives every due endpoint a job.
    ///
    /// # Errors
    /// The database failed.
    pub async fn enqueue_due(&self) -> Result<(), StorageError> {
        // Asked first: most turns have nothing to do, and need no turn at the writer to know.
        while self.is_due().await? {
            let now = self.clock.now();
            let tx = self.database.begin().await?;
            let values = [now.into(), (now + LOST_AFTER).into(), BATCH.into()];
            let due = sql::values::<(WebhookEndpointId, i64), _>(&tx, TAKE_DUE, values).await?;
            let jobs = due
                .into_iter()
                .map(|(endpoint, job_no)| DeliverWebhooks { endpoint, job_no });
            enqueue(&tx, &jobs.collect::<Vec<_>>(), now).await?;
            commit(tx).await?;
            self.wake.jobs_added();
        }
        Ok(())
    }

    /// Sends everything that is due in this process, without jobs; what another one has in hand is left to it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run_due(&self) -> Result<(), StorageError> {
        while self.is_due().await? {
            let now = self.clock.now();
            let values = [now.into(), (now + LOST_AFTER).into(), 1_i64.into()];
            let due: Vec<(WebhookEndpointId, i64)> = sql::values(self.database.writer(), TAKE_DUE, values).await?;
            for (endpoint, job_no) in due {
                self.deliver(DeliverWebhooks { endpoint, job_no }).await;
            }
        }
        Ok(())
    }

    async fn is_due(&self) -> Result<bool, StorageError> {
        let due: Option<WebhookEndpointId> =
            sql::value(self.database.reader(), IS_DUE, [self.clock.now().into()]).await?;
        Ok(due.is_some())
    }

    /// Works on one endpoint; a failure of the database is logged, and its webhooks are taken up again.
    pub async fn deliver(&self, job: DeliverWebhooks) {
        if let Err(error) = self.try_deliver(job).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "outgoing webhooks could not be sent; they are taken up again");
        }
    }

    async fn try_deliver(&self, job: DeliverWebhooks) -> Result<(), StorageError> {
        let Some(claimed) = self.claim(job).await? else {
            return Ok(());
        };
        for _ in 0..ROUNDS {
            let values = [claimed.endpoint.into(), self.clock.now().into(), AT_ONCE.into()];
            let due: Vec<DueRow> = sql::all(self.database.writer(), DUE_WEBHOOKS, values).await?;
            if due.is_empty() {
                break;
            }
            let answers = join_all(due.iter().map(|row| self.call(&claimed, row))).await;
            let answered = due.into_iter().zip(answers).collect();
            match settle::settle(self, &claimed, answered).await? {
                AfterRound::GoesOn => {}
                AfterRound::Rests => break,
                AfterRound::SwitchedOff(_) | AfterRound::NotOurs => return Ok(()),
            }
        }
        let values = [claimed.endpoint.into(), claimed.claim.into()];
        sql::execute(self.database.writer(), RELEASE, values).await?;
        Ok(())
    }

    async fn claim(&self, job: DeliverWebhooks) -> Result<Option<Claimed>, StorageError> {
        let (now, claim) = (self.clock.now(), Uuid::new_v4().simple().to_string());
        let values = [
            job.endpoint.into(),
            job.job_no.into(),
            claim.as_str().into(),
            (now + CLAIM_LENGTH).into(),
        ];
        let row = sql::optional::<ClaimedRow, _>(self.database.writer(), CLAIM, values).await?;
        let secret = |tenant, salt: &[u8]| secrets::derive(&self.vault, tenant, job.endpoint, salt);
        Ok(row.map(|row| {
            let earlier = row
                .earlier_salt
                .filter(|_| row.earlier_until.is_some_and(|until| until > now));
            let salts = [Some(row.secret_salt), earlier].into_iter().flatten();
            Claimed {
                endpoint: job.endpoint,
                claim,
                tenant: row.tenant_id,
                url: row.url,
                secrets: salts.map(|salt| secret(row.tenant_id, &salt)).collect(),
            }
        }))
    }

    async fn call(&self, claimed: &Claimed, row: &DueRow) -> CallAnswer {
        let signed = Signed {
            id: &webhook_id(row.id),
            body: &row.body,
            secrets: &claimed.secrets,
        };
        let answer = self.caller.call(&claimed.url, signed, self.clock.now()).await;
        tracing::debug!(
            tenant.id = %claimed.tenant,
            endpoint.id = %claimed.endpoint,
            webhook.id = signed.id,
            status = answer.status,
            problem = answer.problem.map(domain::outgoing_webhooks::WebhookProblem::as_str),
            "a receiver was called"
        );
        answer
    }
}
