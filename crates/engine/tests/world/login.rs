//! Facebook Login as a browser goes through it.

use domain::ids::TenantId;
use domain::views::{ConnectPage, ConnectProblem, ConnectStep, ConnectedAccount};
use engine::connect::{Ask, CallbackOutcome, CallbackQuery, LoginContext, SessionKey};
use engine::identity::Actor;
use sandbox::{LoginDecision, SeededPage};

use super::World;

impl World {
    /// The admin of the story's tenant, in their browser.
    pub fn admin(&self) -> LoginContext {
        self.login(self.tenant, "admin's browser")
    }

    pub fn login(&self, tenant: TenantId, session: &str) -> LoginContext {
        LoginContext {
            tenant,
            session: SessionKey::of(session),
            actor: Actor::Command,
        }
    }

    /// To Facebook, through the dialog, to where the browser is sent back.
    pub async fn at_facebook(&self, login: &LoginContext, decision: &LoginDecision, ask: Ask) -> String {
        let dialog = self.engine.connections().begin(login, ask).await.unwrap();
        self.meta().log_in(&dialog, decision).unwrap()
    }

    pub async fn return_with(&self, login: &LoginContext, address: &str) -> CallbackOutcome {
        let query = url::Url::parse(address).unwrap().query().unwrap_or_default().to_owned();
        let query = CallbackQuery::parse(&query);
        self.engine.connections().callback(login, query).await.unwrap()
    }

    /// A whole login attempt; where it stands afterwards.
    pub async fn log_in(&self, login: &LoginContext, decision: LoginDecision) -> ConnectPage {
        let back = self.at_facebook(login, &decision, Ask::Usual).await;
        match self.return_with(login, &back).await {
            CallbackOutcome::LoginAttempt(attempt) => self.page_of(login, &attempt.to_string()).await,
            CallbackOutcome::Lost(kind) => panic!("the attempt was lost: {kind}"),
        }
    }

    pub async fn page_of(&self, login: &LoginContext, attempt: &str) -> ConnectPage {
        self.engine.connections().page(login, Some(attempt)).await.unwrap()
    }

    /// Number `index` of the sandbox's Pages.
    pub fn facebook_page(&self, index: usize) -> SeededPage {
        self.meta().pages().swap_remove(index)
    }

    /// What the person ticks to get just that Page.
    pub fn only(&self, index: usize) -> LoginDecision {
        LoginDecision::everything().only(&[&self.facebook_page(index).page_id])
    }
}

pub fn problem(page: ConnectPage) -> ConnectProblem {
    match page.step {
        ConnectStep::Problem { problem } => problem,
        other => panic!("no problem: {other:?}"),
    }
}

pub fn connected(page: ConnectPage) -> Vec<ConnectedAccount> {
    match page.step {
        ConnectStep::Done { accounts, failed, .. } => {
            assert!(failed.is_empty(), "{failed:?}");
            accounts
        }
        other => panic!("not done: {other:?}"),
    }
}
