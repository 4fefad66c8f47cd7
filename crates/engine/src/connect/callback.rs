//! The way back from Facebook: prove that it is ours, exchange the code, look at what was given.

use domain::views::{ConnectProblem, ConnectProblemKind, ConnectStep};
use secrecy::SecretString;
use uuid::Uuid;

use super::connect_accounts::FacebookUser;
use super::login_refusal::LoginRefusal;
use super::problem_text::problem;
use super::{ConnectError, Connections, LoginContext, run_detached};
use crate::channels::instagram::{Inspected, Inspection, UserToken, scopes};
use crate::channels::refusal::{RefusalClass, SendError};

/// Longer than any code that was seen.
const LONGEST_CODE: usize = 4_096;

/// What Facebook puts into the address.
#[derive(Clone, Default)]
pub struct CallbackQuery {
    /// Ours, unchanged.
    pub state: Option<String>,
    /// Becomes a token.
    pub code: Option<SecretString>,
    refusal: LoginRefusal,
}

impl CallbackQuery {
    /// Reads the query of the callback's address. Whatever it holds, it can be read.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut read = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "state" => read.state = read.state.or(Some(value.into_owned())),
                "code" => read.code = read.code.or(Some(value.into_owned().into())),
                "error" => read.refusal.error = read.refusal.error.or(Some(value.into_owned())),
                "error_reason" => read.refusal.reason = read.refusal.reason.or(Some(value.into_owned())),
                "error_code" => read.refusal.code = read.refusal.code.or(Some(value.parse().unwrap_or_default())),
                _ => {}
            }
        }
        read
    }
}

impl std::fmt::Debug for CallbackQuery {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CallbackQuery")
    }
}

/// Where the browser goes after the callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallbackOutcome {
    /// The login attempt goes on: `/admin/instagram/connect?visit={id}`.
    LoginAttempt(Uuid),
    /// The login attempt is not this browser's, or over: `/admin/instagram/connect?problem={kind}`.
    Lost(ConnectProblemKind),
}

impl Connections {
    /// Takes what came back from Facebook. Whatever went wrong on Meta's side is a step of the login attempt, not an error.
    pub async fn callback(&self, login: &LoginContext, query: CallbackQuery) -> Result<CallbackOutcome, ConnectError> {
        let state = query.state.as_deref().unwrap_or_default();
        let attempt = match self.return_to(login, state).await? {
            Ok(attempt) => attempt,
            Err(ConnectProblemKind::Incomplete) if query.refusal.is_there() => {
                return Ok(CallbackOutcome::Lost(query.refusal.kind()));
            }
            Err(kind) => return Ok(CallbackOutcome::Lost(kind)),
        };
        let (all, whose) = (self.clone(), login.clone());
        run_detached(async move { all.arrive(&whose, attempt, &query).await }).await?;
        Ok(CallbackOutcome::LoginAttempt(attempt))
    }

    #[tracing::instrument(name = "connect.login_attempt", skip_all, fields(attempt.id = %attempt, tenant.id = %login.tenant))]
    async fn arrive(&self, login: &LoginContext, attempt: Uuid, query: &CallbackQuery) -> Result<(), ConnectError> {
        match self.sign_in(query).await {
            Ok(user) => {
                self.note_facebook_user(attempt, user.inspection.user_id.clone())
                    .await?;
                match check_scopes(&user.inspection) {
                    Ok(()) => self.offer(login, attempt, user).await,
                    Err(problem) => self.refuse(login, attempt, &user, *problem).await,
                }
            }
            Err(problem) => {
                let step = ConnectStep::Problem { problem: *problem };
                self.save_step(login, attempt, &step, None).await
            }
        }
    }

    /// A permission is missing. Pages may have been left out by the same click; their accounts are named, because they have stopped.
    async fn refuse(
        &self,
        login: &LoginContext,
        attempt: Uuid,
        user: &FacebookUser,
        mut problem: ConnectProblem,
    ) -> Result<(), ConnectError> {
        let pages = self.list_pages(user).await.unwrap_or_default();
        let dropped = self.note_dropped(login.tenant, user, &pages).await?;
        // Without any Page, the permission to list them may be what is missing.
        if !pages.is_empty() && !dropped.is_empty() {
            problem.sentence.push_str(&left_out(&dropped));
        }
        self.save_step(login, attempt, &ConnectStep::Problem { problem }, None)
            .await
    }

    /// From the code to a person.
    async fn sign_in(&self, query: &CallbackQuery) -> Result<FacebookUser, Box<ConnectProblem>> {
        use secrecy::ExposeSecret;

        if query.refusal.is_there() {
            let (kind, code) = (query.refusal.kind(), query.refusal.code);
            tracing::warn!(meta.code = code, problem = kind.as_str(), "Facebook refused a sign-in");
            return Err(Box::new(problem(kind)));
        }
        let usable = |code: &&SecretString| (1..=LONGEST_CODE).contains(&code.expose_secret().len());
        let code = query.code.as_ref().filter(usable);
        let code = code.ok_or_else(|| Box::new(problem(ConnectProblemKind::Incomplete)))?;
        let short = self.meta.exchange_code(code).await.map_err(|error| refused(&error))?;
        let token = self.long_lived(short).await.map_err(|error| refused(&error))?;
        let inspected = self.meta.inspect(&token.token).await.map_err(|error| refused(&error))?;
        let Inspected::Valid(inspection) = inspected else {
            return Err(Box::new(problem(ConnectProblemKind::CodeUsed)));
        };
        let expires_at = token.expires_in.map(|life| self.clock.now() + life);
        Ok(FacebookUser {
            token: token.token,
            expires_at,
            inspection,
        })
    }

    /// A token without an end (Login for Business) needs no exchange.
    async fn long_lived(&self, short: UserToken) -> Result<UserToken, SendError> {
        match short.expires_in {
            None => Ok(short),
            Some(_) => self.meta.extend_token(&short.token).await,
        }
    }
}

fn left_out(usernames: &[String]) -> String {
    match usernames {
        [only] => format!(" The Page of {only} was left out as well, which ended its connection: tick it too."),
        many => format!(
            " The Pages of {} were left out as well, which ended their connections: tick them too.",
            many.join(", ")
        ),
    }
}

pub(super) fn check_scopes(inspection: &Inspection) -> Result<(), Box<ConnectProblem>> {
    let missing = scopes::missing(&inspection.scopes);
    let Some(first) = missing.first() else { return Ok(()) };
    let lead = match missing.len() {
        1 => format!("One permission is missing: “{}”", scopes::label(first)),
        many => format!("{many} permissions are missing"),
    };
    Err(Box::new(ConnectProblem {
        lead,
        permissions: scopes::lines(&inspection.scopes),
        ..problem(ConnectProblemKind::PermissionsMissing)
    }))
}

/// Code 100: the code; 1 and 101: the app.
fn refused(error: &SendError) -> Box<ConnectProblem> {
    Box::new(problem(match error {
        SendError::Refused(refusal) if refusal.class == RefusalClass::Deployment => ConnectProblemKind::Misconfigured,
        SendError::Refused(refusal) if refusal.code == 100 => ConnectProblemKind::CodeUsed,
        SendError::Refused(refusal) if matches!(refusal.code, 1 | 101) => ConnectProblemKind::Misconfigured,
        _ => ConnectProblemKind::Unreachable,
    }))
}

#[cfg(test)]
mod tests;
