//! The page of a walk, the choice among several candidates, and looking again without signing in again.

use domain::ids::{AccountId, TenantId};
use domain::views::{CandidateStanding, ConnectCandidate, ConnectPage, ConnectProblemKind, ConnectStep};
use futures::StreamExt;
use sea_orm::FromQueryResult;
use secrecy::SecretString;
use uuid::Uuid;

use super::adopt::{Outcome, Person};
use super::callback::check_scopes;
use super::candidates::judge;
use super::check::Manner;
use super::words::problem;
use super::{AT_ONCE, ConnectError, Connections, Visitor, to_its_end};
use crate::channels::instagram::{Inspected, Page};
use crate::storage::{StorageError, sql};

/// Accounts chosen at once.
const MOST_CHOSEN: usize = 100;
const UNREAD: &str = "Facebook did not answer for this Page. Connect it again in a few minutes.";

#[derive(FromQueryResult)]
struct DroppedRow {
    account_id: Uuid,
    username: String,
    page_id: String,
}

impl Connections {
    /// What the page *Connect an account* shows: the walk `visit`, or its beginning. A walk of another session is not there.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn page(&self, visitor: &Visitor, visit: Option<&str>) -> Result<ConnectPage, ConnectError> {
        let id = visit.and_then(|id| Uuid::parse_str(id).ok());
        match self.visit(visitor, id).await? {
            Some(found) if found.is_over => Ok(Self::problem_page(ConnectProblemKind::ChoiceExpired)),
            Some(found) => Ok(ConnectPage {
                visit: Some(found.id.to_string()),
                step: found.step,
            }),
            None => self.start(visitor.tenant).await,
        }
    }

    /// A problem without a walk: what `?problem=` of the page shows.
    #[must_use]
    pub fn problem_page(kind: ConnectProblemKind) -> ConnectPage {
        ConnectPage {
            visit: None,
            step: ConnectStep::Problem { problem: problem(kind) },
        }
    }

    async fn start(&self, tenant: TenantId) -> Result<ConnectPage, ConnectError> {
        let connected = self.connected_names(tenant).await?;
        let warning = (!connected.is_empty()).then(|| {
            let names = connected.iter().map(|name| format!("@{name}")).collect::<Vec<_>>();
            format!(
                "Connected already: {}. At Facebook, leave the Pages of these accounts ticked: a Page that is left out loses its connection at once.",
                names.join(", ")
            )
        });
        let step = ConnectStep::Start { connected, warning };
        Ok(ConnectPage { visit: None, step })
    }

    /// Connects the chosen Pages of an open walk. Returns the page afterwards; the walk is over then.
    ///
    /// # Errors
    /// [`ConnectError::NotFound`] for a walk of another session, [`ConnectError::TooMany`] for more than can be connected at once.
    pub async fn choose(
        &self,
        visitor: &Visitor,
        visit: &str,
        page_ids: &[String],
    ) -> Result<ConnectPage, ConnectError> {
        let (id, step) = self.open_walk(visitor, visit).await?;
        let ConnectStep::Choose { candidates, dropped } = step else {
            return Ok(ConnectPage {
                visit: Some(id.to_string()),
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
            return self.page(visitor, Some(visit)).await;
        }
        let person = match self.person_of(visitor, id).await? {
            Ok(person) => person,
            Err(page) => return Ok(page),
        };
        let (all, whose) = (self.clone(), visitor.clone());
        let is_kept = to_its_end(async move { all.connect_chosen(&whose, id, &person, chosen, dropped).await }).await?;
        if !is_kept {
            return Ok(Self::problem_page(ConnectProblemKind::Unreachable));
        }
        self.page(visitor, Some(visit)).await
    }

    /// Whether the walk went on; it does not when no Page can be read.
    async fn connect_chosen(
        &self,
        visitor: &Visitor,
        visit: Uuid,
        person: &Person,
        chosen: Vec<ConnectCandidate>,
        dropped: Vec<String>,
    ) -> Result<bool, ConnectError> {
        let (pages, failed) = self.read_chosen(person, chosen).await;
        if pages.is_empty() {
            return Ok(false);
        }
        let known = self.known(&pages, visitor.tenant).await?;
        let candidates = judge(pages, &known, visitor.tenant);
        let outcome = Outcome {
            failed,
            dropped,
            ..Outcome::default()
        };
        self.connect_all(visitor, visit, person, &candidates, outcome).await?;
        Ok(true)
    }

    /// The Pages as they are now, and those that cannot be read, with the reason.
    async fn read_chosen(&self, person: &Person, chosen: Vec<ConnectCandidate>) -> (Vec<Page>, Vec<ConnectCandidate>) {
        let mut read = futures::stream::iter(chosen)
            .map(|candidate| async move { (self.meta.page(&person.token, &candidate.page_id).await, candidate) })
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
    /// [`ConnectError::NotFound`] for a walk of another session.
    pub async fn look_again(&self, visitor: &Visitor, visit: &str) -> Result<ConnectPage, ConnectError> {
        let (id, _) = self.open_walk(visitor, visit).await?;
        let person = match self.person_of(visitor, id).await? {
            Ok(person) => person,
            Err(page) => return Ok(page),
        };
        let (all, whose) = (self.clone(), visitor.clone());
        to_its_end(async move { all.offer(&whose, id, person).await }).await?;
        self.page(visitor, Some(visit)).await
    }

    async fn open_walk(&self, visitor: &Visitor, visit: &str) -> Result<(Uuid, ConnectStep), ConnectError> {
        let id = Uuid::parse_str(visit).map_err(|_| ConnectError::NotFound)?;
        let found = self.visit(visitor, Some(id)).await?.ok_or(ConnectError::NotFound)?;
        Ok((found.id, found.step))
    }

    /// The person behind an open walk, or the page that says why there is none.
    async fn person_of(&self, visitor: &Visitor, id: Uuid) -> Result<Result<Person, ConnectPage>, ConnectError> {
        let over = |kind| Ok(Err(Self::problem_page(kind)));
        let walk = self.visit(visitor, Some(id)).await?;
        if walk.is_none_or(|walk| walk.is_over) {
            return over(ConnectProblemKind::ChoiceExpired);
        }
        let Some(token) = self.token_of_visit(visitor, id).await? else {
            return over(ConnectProblemKind::ChoiceExpired);
        };
        match self.meta.inspect(&token).await {
            Ok(Inspected::Valid(inspection)) => match check_scopes(&inspection) {
                Ok(()) => Ok(Ok(person(token, inspection))),
                Err(problem) => {
                    let step = ConnectStep::Problem { problem: *problem };
                    Ok(Err(ConnectPage { visit: None, step }))
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
        person: &Person,
        pages: &[Page],
    ) -> Result<Vec<String>, StorageError> {
        let Some(user) = &person.inspection.user_id else {
            return Ok(Vec::new());
        };
        let text = "SELECT i.account_id AS account_id, i.username AS username, i.page_id AS page_id
            FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
            WHERE i.connected AND a.tenant_id = $1 AND i.connected_by = $2 ORDER BY i.username";
        let values = [tenant.as_uuid().into(), user.clone().into()];
        let rows = sql::all::<DroppedRow, _>(self.database.reader(), text, values).await?;
        let mut dropped = Vec::new();
        for row in rows {
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
        let checks = dropped
            .iter()
            .map(|row| self.check_dropped(AccountId::from_uuid(row.account_id)));
        let checks: Vec<_> = checks.collect();
        futures::stream::iter(checks)
            .buffer_unordered(AT_ONCE)
            .collect::<()>()
            .await;
        Ok(dropped.into_iter().map(|row| row.username).collect())
    }
}

impl Connections {
    async fn check_dropped(&self, account: AccountId) {
        if let Err(error) = self.check_account(account, Manner::Daily).await {
            tracing::warn!(account.id = %account, %error, "an account that was left out could not be checked");
        }
    }
}

fn person(token: SecretString, inspection: crate::channels::instagram::Inspection) -> Person {
    Person {
        token,
        expires_at: inspection.expires_at,
        inspection,
    }
}
