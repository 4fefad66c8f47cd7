//! The page of a login attempt, the choice among several candidates, and looking again without signing in again.

use domain::ids::{AccountId, TenantId};
use domain::views::{CandidateStanding, ConnectCandidate, ConnectPage, ConnectProblemKind, ConnectStep};
use futures::StreamExt;
use secrecy::SecretString;
use uuid::Uuid;

use super::callback::check_scopes;
use super::candidates::classify;
use super::connect_accounts::{FacebookUser, Outcome};
use super::findings::CheckTrigger;
use super::problem_text::problem;
use super::sql::{CONNECTED_BY, ConnectedByRow};
use super::{AT_ONCE, ConnectError, Connections, LoginContext, run_detached};
use crate::channels::instagram::{Inspected, Page};
use crate::storage::{StorageError, sql};

/// Accounts chosen at once.
const MOST_CHOSEN: usize = 100;
const UNREAD: &str = "Facebook did not answer for this Page. Connect it again in a few minutes.";

impl Connections {
    /// What the page *Connect an account* shows: the login attempt `attempt`, or its beginning. A login attempt of another session is not there.
    pub async fn page(&self, login: &LoginContext, attempt: Option<&str>) -> Result<ConnectPage, ConnectError> {
        let id = attempt.and_then(|id| Uuid::parse_str(id).ok());
        match self.attempt(login, id).await? {
            Some(found) if found.is_over => Ok(Self::problem_page(ConnectProblemKind::ChoiceExpired)),
            Some(found) => Ok(ConnectPage {
                attempt: Some(found.id.to_string()),
                step: found.step,
            }),
            None => self.start(login.tenant).await,
        }
    }

    /// A problem without a login attempt: what `?problem=` of the page shows.
    #[must_use]
    pub fn problem_page(kind: ConnectProblemKind) -> ConnectPage {
        ConnectPage {
            attempt: None,
            step: ConnectStep::Problem { problem: problem(kind) },
        }
    }

    async fn start(&self, tenant: TenantId) -> Result<ConnectPage, ConnectError> {
        let connected = self.connected_names(tenant).await?;
        let warning = (!connected.is_empty()).then(|| {
            format!(
                "Connected already: {}. At Facebook, leave the Pages of these accounts ticked: a Page that is left out loses its connection at once.",
                connected.join(", ")
            )
        });
        let step = ConnectStep::Start { connected, warning };
        Ok(ConnectPage { attempt: None, step })
    }

    /// Connects the chosen Pages of an open login attempt. Returns the page afterwards; the login attempt is over then.
    ///
    /// # Errors
    /// [`ConnectError::NotFound`] for a login attempt of another session, [`ConnectError::TooMany`] for more than can be connected at once.
    pub async fn choose(
        &self,
        login: &LoginContext,
        attempt: &str,
        page_ids: &[String],
    ) -> Result<ConnectPage, ConnectError> {
        let (id, step) = self.open_attempt(login, attempt).await?;
        let ConnectStep::Choose { candidates, dropped } = step else {
            return Ok(ConnectPage {
                attempt: Some(id.to_string()),
                step,
            });
        };
        let chosen: Vec<ConnectCandidate> = candidates
            .into_iter()
            .filter(|candidate| page_ids.contains(&candidate.page_id))
            .collect();
        if chosen.len() > MOST_CHOSEN {
            return Err(ConnectError::TooMany(MOST_CHOSEN));
        }
        if chosen.is_empty() {
            return self.page(login, Some(attempt)).await;
        }
        let user = match self.facebook_user_of(login, id).await? {
            Ok(user) => user,
            Err(page) => return Ok(page),
        };
        let (all, whose) = (self.clone(), login.clone());
        let is_kept = run_detached(async move { all.connect_chosen(&whose, id, &user, chosen, dropped).await }).await?;
        if !is_kept {
            return Ok(Self::problem_page(ConnectProblemKind::Unreachable));
        }
        self.page(login, Some(attempt)).await
    }

    /// Whether the login attempt went on; it does not when no Page can be read.
    #[tracing::instrument(name = "connect.login_attempt", skip_all, fields(attempt.id = %attempt, tenant.id = %login.tenant))]
    async fn connect_chosen(
        &self,
        login: &LoginContext,
        attempt: Uuid,
        user: &FacebookUser,
        chosen: Vec<ConnectCandidate>,
        dropped: Vec<String>,
    ) -> Result<bool, ConnectError> {
        let (pages, failed) = self.read_chosen(user, chosen).await;
        if pages.is_empty() {
            return Ok(false);
        }
        let known = self.known(&pages, login.tenant).await?;
        let candidates = classify(pages, &known, login.tenant);
        let outcome = Outcome {
            failed,
            dropped,
            ..Outcome::default()
        };
        self.connect_all(login, attempt, user, &candidates, outcome).await?;
        Ok(true)
    }

    /// The Pages as they are now, and those that cannot be read, with the reason.
    async fn read_chosen(
        &self,
        user: &FacebookUser,
        chosen: Vec<ConnectCandidate>,
    ) -> (Vec<Page>, Vec<ConnectCandidate>) {
        let mut read = futures::stream::iter(chosen)
            .map(|candidate| async move { (self.meta.page(&user.token, &candidate.page_id).await, candidate) })
            .buffered(AT_ONCE);
        let (mut pages, mut failed) = (Vec::new(), Vec::new());
        while let Some((page, candidate)) = read.next().await {
            match page {
                Ok(page) => pages.push(page),
                Err(error) => {
                    tracing::warn!(%error, "a chosen Page could not be read");
                    failed.push(ConnectCandidate {
                        standing: CandidateStanding::Impossible,
                        sentence: UNREAD.into(),
                        ..candidate
                    });
                }
            }
        }
        (pages, failed)
    }

    /// Reads the Pages again with what the person allowed within the last hour.
    ///
    /// # Errors
    /// [`ConnectError::NotFound`] for a login attempt of another session.
    #[tracing::instrument(name = "connect.login_attempt", skip_all, fields(tenant.id = %login.tenant))]
    pub async fn look_again(&self, login: &LoginContext, attempt: &str) -> Result<ConnectPage, ConnectError> {
        let (id, _) = self.open_attempt(login, attempt).await?;
        let user = match self.facebook_user_of(login, id).await? {
            Ok(user) => user,
            Err(page) => return Ok(page),
        };
        let (all, whose) = (self.clone(), login.clone());
        run_detached(async move { all.offer(&whose, id, user).await }).await?;
        self.page(login, Some(attempt)).await
    }

    async fn open_attempt(&self, login: &LoginContext, attempt: &str) -> Result<(Uuid, ConnectStep), ConnectError> {
        let id = Uuid::parse_str(attempt).map_err(|_| ConnectError::NotFound)?;
        let found = self.attempt(login, Some(id)).await?.ok_or(ConnectError::NotFound)?;
        Ok((found.id, found.step))
    }

    /// The person behind an open login attempt, or the page that says why there is none.
    async fn facebook_user_of(
        &self,
        login: &LoginContext,
        id: Uuid,
    ) -> Result<Result<FacebookUser, ConnectPage>, ConnectError> {
        let over = |kind| Ok(Err(Self::problem_page(kind)));
        let found = self.attempt(login, Some(id)).await?;
        if found.is_none_or(|found| found.is_over) {
            return over(ConnectProblemKind::ChoiceExpired);
        }
        let Some(token) = self.login_attempt_token(login, id).await? else {
            return over(ConnectProblemKind::ChoiceExpired);
        };
        match self.meta.inspect(&token).await {
            Ok(Inspected::Valid(inspection)) => match check_scopes(&inspection) {
                Ok(()) => Ok(Ok(facebook_user(token, inspection))),
                Err(problem) => {
                    let step = ConnectStep::Problem { problem: *problem };
                    Ok(Err(ConnectPage { attempt: None, step }))
                }
            },
            Ok(Inspected::Invalid(_)) => over(ConnectProblemKind::ChoiceExpired),
            Err(_) => over(ConnectProblemKind::Unreachable),
        }
    }

    /// Accounts that this person connected earlier and left out now: Facebook has ended them, and their pages say so at once.
    pub(super) async fn note_dropped(
        &self,
        tenant: TenantId,
        user: &FacebookUser,
        pages: &[Page],
    ) -> Result<Vec<String>, StorageError> {
        let Some(user) = &user.inspection.user_id else {
            return Ok(Vec::new());
        };
        let values = [tenant.into(), user.as_str().into()];
        let mut dropped = Vec::new();
        for row in sql::all::<ConnectedByRow, _>(self.database.reader(), CONNECTED_BY, values).await? {
            // An account that was linked to another Page is no loss: it is found there.
            let is_found = |page: &Page| {
                page.id == row.page_id
                    || page
                        .instagram
                        .as_ref()
                        .is_some_and(|account| account.username == row.username)
            };
            if pages.iter().any(is_found) {
                continue;
            }
            dropped.push(row);
        }
        let checks: Vec<_> = dropped.iter().map(|row| self.check_dropped(row.account_id)).collect();
        futures::stream::iter(checks)
            .buffer_unordered(AT_ONCE)
            .collect::<()>()
            .await;
        Ok(dropped.into_iter().map(|row| row.username).collect())
    }
}

impl Connections {
    async fn check_dropped(&self, account: AccountId) {
        if let Err(error) = self.check_account(account, CheckTrigger::Daily).await {
            tracing::warn!(account.id = %account, %error, "an account that was left out could not be checked");
        }
    }
}

fn facebook_user(token: SecretString, inspection: crate::channels::instagram::Inspection) -> FacebookUser {
    FacebookUser {
        token,
        expires_at: inspection.expires_at,
        inspection,
    }
}
