//! A walk through Facebook Login as a browser makes it, and what a story looks at afterwards.

use domain::ids::{AccountId, TenantId};
use domain::views::{ConnectPage, ConnectProblem, ConnectStep, ConnectedAccount};
use engine::connect::{Ask, CallbackOutcome, CallbackQuery, LoginContext, SessionKey};
use engine::identity::{Actor, Tenants};
use engine::storage::sql;
use sandbox::LoginDecision;
use sea_orm::FromQueryResult;

use crate::world::World;

#[derive(Debug, FromQueryResult, PartialEq, Eq)]
pub struct Row {
    pub id: uuid::Uuid,
    pub status: String,
    pub status_cause: Option<String>,
    pub enabled: bool,
    pub auto_reply: bool,
    pub page_id: String,
    pub connected: bool,
    pub subscribed_fields: String,
    pub token_expires_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct CountRow {
    number: i64,
}

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

    pub async fn another_tenant(&self) -> TenantId {
        let tenants = Tenants::new(&self.database, self.shared_clock());
        tenants.create("other", "Other", "UTC").await.unwrap().id
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

    /// The whole walk; where it stands afterwards.
    pub async fn walk(&self, login: &LoginContext, decision: LoginDecision) -> ConnectPage {
        let back = self.at_facebook(login, &decision, Ask::Usual).await;
        match self.return_with(login, &back).await {
            CallbackOutcome::LoginAttempt(attempt) => self.page_of(login, &attempt.to_string()).await,
            CallbackOutcome::Lost(kind) => panic!("the walk was lost: {kind}"),
        }
    }

    pub async fn page_of(&self, login: &LoginContext, attempt: &str) -> ConnectPage {
        self.engine.connections().page(login, Some(attempt)).await.unwrap()
    }

    /// Number `index` of the sandbox's Pages.
    pub fn facebook_page(&self, index: usize) -> sandbox::SeededPage {
        self.meta().pages().swap_remove(index)
    }

    /// The sandbox's Page that the story's first account is linked to, and what the person ticks to get just that one.
    pub fn only(&self, index: usize) -> LoginDecision {
        LoginDecision::everything().only(&[&self.facebook_page(index).page_id])
    }

    pub async fn row(&self, account: AccountId) -> Row {
        let found = self.rows("WHERE a.id = $1", account.as_uuid()).await;
        found.into_iter().next().expect("the account is there")
    }

    pub async fn rows_of(&self, tenant: TenantId) -> Vec<Row> {
        self.rows("WHERE a.tenant_id = $1 ORDER BY a.created_at, a.id", tenant.as_uuid())
            .await
    }

    async fn rows(&self, condition: &str, id: uuid::Uuid) -> Vec<Row> {
        let text = format!(
            "SELECT a.id AS id, a.status AS status, a.status_cause AS status_cause, a.enabled AS enabled,
                a.auto_reply AS auto_reply, i.page_id AS page_id, i.connected AS connected,
                i.subscribed_fields AS subscribed_fields, a.token_expires_at AS token_expires_at
            FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id {condition}"
        );
        sql::all(self.database.writer(), text, [id.into()]).await.unwrap()
    }

    pub async fn count(&self, text: &str) -> i64 {
        let row = sql::optional::<CountRow, _>(self.database.writer(), text, [])
            .await
            .unwrap();
        row.unwrap().number
    }

    /// Status and cause of the story's first account.
    pub async fn stands(&self) -> (String, Option<String>) {
        let row = self.row(self.account).await;
        (row.status, row.status_cause)
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
