//! Makes candidates connected accounts: tokens sealed, the Page subscribed, the connection checked.

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use domain::views::{CandidateStanding, ConnectCandidate, ConnectProblemKind, ConnectStep, ConnectedAccount};
use futures::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::candidates::{Candidate, classify};
use super::disconnect::end_connection;
use super::findings::{CheckError, CheckResult, CheckTrigger};
use super::problem_text::problem;
use super::sql::OTHERS_ON_PAGE;
use super::store::set_login;
use super::{AT_ONCE, ConnectError, Connections, LoginContext};
use crate::accounts::{AccountCause, Added, NewInstagramAccount, RegistryError, put_instagram};
use crate::channels::instagram::{Inspection, LinkedInstagram};
use crate::storage::{StorageError, Transaction, commit, sql};
use crate::vault::store::{self, PlacedSeal};
use crate::vault::{SealedPurpose, VaultError};

const LONGEST_NAME: usize = 80;
/// Until the first check of a new connection is through.
const BEING_CHECKED: &str = "The connection is still being checked. Reload this page in a minute.";

/// Who signed in at Facebook, and what they gave.
pub(super) struct FacebookUser {
    pub(super) token: SecretString,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) inspection: Inspection,
}

/// What came of the Pages of a login attempt.
#[derive(Clone, Default)]
pub(super) struct Outcome {
    pub(super) accounts: Vec<ConnectedAccount>,
    pub(super) failed: Vec<ConnectCandidate>,
    pub(super) dropped: Vec<String>,
}

impl Outcome {
    fn step(self) -> ConnectStep {
        ConnectStep::Done {
            accounts: self.accounts,
            failed: self.failed,
            dropped: self.dropped,
        }
    }
}

impl Connections {
    /// Looks at the person's Pages: connects the only one that can be, offers several, or says why there is none.
    pub(super) async fn offer(
        &self,
        login: &LoginContext,
        attempt: Uuid,
        user: FacebookUser,
    ) -> Result<(), ConnectError> {
        let Ok(pages) = self.list_pages(&user).await else {
            let step = ConnectStep::Problem {
                problem: problem(ConnectProblemKind::Unreachable),
            };
            return self.save_step(login, attempt, &step, None).await;
        };
        let known = self.known(&pages, login.tenant).await?;
        let dropped = self.note_dropped(login.tenant, &user, &pages).await?;
        let candidates = classify(pages, &known, login.tenant);
        let possible = candidates.iter().filter(|candidate| candidate.instagram().is_some());
        match possible.count() {
            0 => {
                let step = nothing_possible(&candidates);
                self.save_step(login, attempt, &step, Some(&user.token)).await
            }
            1 => {
                let outcome = Outcome {
                    dropped,
                    ..Outcome::default()
                };
                self.connect_all(login, attempt, &user, &candidates[..1], outcome).await
            }
            _ => {
                let step = ConnectStep::Choose {
                    candidates: candidates.iter().map(Candidate::view).collect(),
                    dropped,
                };
                self.save_step(login, attempt, &step, Some(&user.token)).await
            }
        }
    }

    /// Connects each of `candidates`; one that fails keeps nobody else from being connected. What was connected is kept as the
    /// login attempt's step before the checks begin: they take their time, and a page that is reloaded meanwhile shows how it stands.
    pub(super) async fn connect_all(
        &self,
        login: &LoginContext,
        attempt: Uuid,
        user: &FacebookUser,
        candidates: &[Candidate],
        mut outcome: Outcome,
    ) -> Result<(), ConnectError> {
        for candidate in candidates {
            match self.connect_one(login, user, candidate).await? {
                Ok(account) => outcome.accounts.push(account),
                Err(reason) => outcome.failed.push(reason),
            }
        }
        self.save_step(login, attempt, &outcome.clone().step(), None).await?;
        outcome.accounts = futures::stream::iter(outcome.accounts)
            .map(|account| async move {
                let problem = self.first_check(account.id).await;
                ConnectedAccount { problem, ..account }
            })
            .buffered(AT_ONCE)
            .collect()
            .await;
        self.save_step(login, attempt, &outcome.step(), None).await
    }

    async fn connect_one(
        &self,
        login: &LoginContext,
        user: &FacebookUser,
        candidate: &Candidate,
    ) -> Result<Result<ConnectedAccount, ConnectCandidate>, ConnectError> {
        let Some(instagram) = candidate.instagram() else {
            return Ok(Err(candidate.view()));
        };
        let Some(token) = &candidate.page.token else {
            let sentence =
                "Facebook gave no token for this Page. Ask one of its admins for full access, then connect it again.";
            return Ok(Err(impossible(candidate, sentence)));
        };
        let new = new_account(login.tenant, candidate, instagram, token);
        let added = match self.write(login, user, candidate, &new).await {
            Ok(added) => added,
            Err(RegistryError::AlreadyConnected) => {
                let sentence = "This account was connected to another workspace meanwhile. Ask the people there to disconnect it first.";
                return Ok(Err(impossible(candidate, sentence)));
            }
            Err(RegistryError::Unusable(why)) => return Ok(Err(impossible(candidate, why))),
            Err(RegistryError::UnknownTenant) => return Err(ConnectError::NotFound),
            Err(RegistryError::Vault(error)) => return Err(error.into()),
            Err(RegistryError::Storage(error)) => return Err(error.into()),
        };
        Ok(Ok(connected(added, candidate, instagram)))
    }

    async fn write(
        &self,
        login: &LoginContext,
        user: &FacebookUser,
        candidate: &Candidate,
        new: &NewInstagramAccount,
    ) -> Result<Added, RegistryError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        give_up_page(&tx, new, now).await?;
        let added = put_instagram(&tx, &self.vault, new, login.actor, now).await?;
        let (person, page_name) = (user.inspection.user_id.clone(), &candidate.page.name);
        set_login(&tx, added.account, person, page_name, user.expires_at).await?;
        self.seal_user_token(&tx, login.tenant, added.account, &user.token, now)
            .await?;
        commit(tx).await?;
        self.wake_replies();
        Ok(added)
    }

    pub(super) async fn seal_user_token(
        &self,
        tx: &Transaction,
        tenant: TenantId,
        account: AccountId,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<(), VaultError> {
        let (purpose, owner) = (SealedPurpose::UserToken, account.as_uuid());
        let sealed = self
            .vault
            .seal(purpose, tenant, owner, token.expose_secret().as_bytes())?;
        let seal = PlacedSeal {
            owner,
            purpose,
            tenant,
            sealed,
        };
        Ok(store::put(tx, &seal, now).await?)
    }

    /// Subscribes the Page and looks at the whole connection. Meta being away now is found again by the next check.
    async fn first_check(&self, account: AccountId) -> Option<String> {
        match self.check_account(account, CheckTrigger::Connecting).await {
            Ok(CheckResult::Working { .. } | CheckResult::Resubscribed { .. }) => None,
            Ok(CheckResult::Broken(cause)) => Some(cause.sentence().into()),
            Err(error) => {
                tracing::warn!(account.id = %account, %error, "a new connection could not be checked");
                if matches!(error, CheckError::Refused { .. }) {
                    return Some("Facebook refused the check of the connection. Press “Check now” in a minute.".into());
                }
                Some("Facebook did not answer when the connection was checked. Press “Check now” in a minute.".into())
            }
        }
    }
}

/// A Page serves one account: one of the same workspace that used it before has lost it at Facebook already.
async fn give_up_page(tx: &Transaction, new: &NewInstagramAccount, now: Timestamp) -> Result<(), StorageError> {
    let values = [
        new.tenant.into(),
        new.page_id.as_str().into(),
        new.ig_id.as_str().into(),
    ];
    for other in sql::values::<AccountId, _>(tx, OTHERS_ON_PAGE, values).await? {
        end_connection(tx, other, Some(AccountCause::PageUnlinked), now).await?;
    }
    Ok(())
}

fn new_account(
    tenant: TenantId,
    candidate: &Candidate,
    instagram: &LinkedInstagram,
    token: &SecretString,
) -> NewInstagramAccount {
    let name = if instagram.name.is_empty() {
        &candidate.page.name
    } else {
        &instagram.name
    };
    NewInstagramAccount {
        tenant,
        ig_id: instagram.id.clone(),
        page_id: candidate.page.id.clone(),
        username: instagram.username.clone(),
        // A display name; Facebook allows longer ones than we show.
        name: name.chars().take(LONGEST_NAME).collect(),
        page_token: token.clone(),
        auto_reply: false,
    }
}

fn nothing_possible(candidates: &[Candidate]) -> ConnectStep {
    let kind = if candidates.is_empty() {
        ConnectProblemKind::NoPages
    } else if candidates.iter().any(|candidate| candidate.is_elsewhere) {
        ConnectProblemKind::ConnectedElsewhere
    } else {
        ConnectProblemKind::NothingLinked
    };
    let mut problem = problem(kind);
    problem.pages = candidates.iter().map(Candidate::view).collect();
    ConnectStep::Problem { problem }
}

fn impossible(candidate: &Candidate, sentence: &str) -> ConnectCandidate {
    ConnectCandidate {
        standing: CandidateStanding::Impossible,
        sentence: sentence.into(),
        ..candidate.view()
    }
}

fn connected(added: Added, candidate: &Candidate, instagram: &LinkedInstagram) -> ConnectedAccount {
    let sentence = match candidate.standing {
        CandidateStanding::Moved => "It moved to another Page. Rules, default reply and history came along.",
        _ if added.reconnected => "Connected again. Rules, default reply, switches and history are as they were.",
        _ => "Connected. Auto-reply is off until you switch it on.",
    };
    ConnectedAccount {
        id: added.account,
        username: instagram.username.clone(),
        standing: candidate.standing,
        sentence: sentence.into(),
        problem: Some(BEING_CHECKED.into()),
    }
}
