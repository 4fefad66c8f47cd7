//! A tenant with one connected account, a pretend Meta, and a clock that the story moves.

use std::sync::Arc;
use std::time::Duration;

use domain::credits::LedgerKind;
use domain::decide::ReplyLimits;
use domain::ids::{AccountId, TenantId};
use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft};
use domain::time::Timestamp;
use engine::accounts::{AccountRegistry, Accounts, NewInstagramAccount};
use engine::channels::instagram::InstagramSettings;
use engine::clock::{Clock, ManualClock};
use engine::credits::{self, Grant};
use engine::pipeline::Timings;
use engine::rules::Rules;
use engine::settings::{Actor, Tenants};
use engine::storage::{Database, sql};
use engine::vault::{KeyRing, generate_key};
use engine::{Engine, EngineSettings};
use sandbox::{DeliveryMode, Dm, RetryPolicy, Sandbox, SandboxConfig, SandboxHandle};
use sea_orm::FromQueryResult;

use crate::support::TestDatabase;

const APP_ID: &str = "684771020934512";
const APP_SECRET: &str = "sandbox-app-secret";
/// When the stories begin: 2026-11-22T09:00:00Z.
pub const MORNING: Timestamp = Timestamp::from_millis(1_795_338_000_000);
/// Longer than anything the sandbox does takes.
const PATIENCE: Duration = Duration::from_secs(10);
pub const CUSTOMER: &str = "mira.k";

pub struct World {
    pub engine: Engine,
    pub sandbox: Sandbox,
    pub clock: Arc<ManualClock>,
    pub tenant: TenantId,
    pub account: AccountId,
    pub username: String,
    database: Database,
}

#[derive(Debug, FromQueryResult, PartialEq, Eq)]
pub struct LogRow {
    pub direction: String,
    pub author: String,
    pub kind: String,
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub credits: i64,
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

impl World {
    /// Ten credits, both switches on, the default reply "We will be back soon.".
    pub async fn open(database: &TestDatabase) -> Self {
        Self::with(database, |_| {}).await
    }

    pub async fn with(database: &TestDatabase, adjust: impl FnOnce(&mut SandboxConfig)) -> Self {
        let mut config = SandboxConfig::new(APP_ID, APP_SECRET).webhook_url("http://127.0.0.1:9/unused");
        config.retry = RetryPolicy::none();
        adjust(&mut config);
        let sandbox = Sandbox::start(config).await.unwrap();
        sandbox.handle().set_mode(DeliveryMode {
            manual: true,
            ..DeliveryMode::default()
        });
        sandbox.handle().freeze_clock(MORNING.as_millis());
        let clock = ManualClock::at(MORNING);
        let engine = Engine::open(database.handle(), settings(&sandbox, clock.clone()))
            .await
            .unwrap();
        let tenant = Tenants::new(database, clock.clone())
            .create("story", "Story", "UTC")
            .await
            .unwrap()
            .id;
        let mut world = Self {
            database: database.handle(),
            engine,
            sandbox,
            clock,
            tenant,
            account: AccountId::from_uuid(uuid::Uuid::nil()),
            username: String::new(),
        };
        (world.account, world.username) = world.connect(0, tenant).await;
        world.grant(tenant, 10).await;
        world
    }

    /// Connects the sandbox's seeded Page number `index` to a tenant.
    pub async fn connect(&self, index: usize, tenant: TenantId) -> (AccountId, String) {
        let page = self
            .sandbox
            .handle()
            .pages()
            .into_iter()
            .filter(|page| page.ig_id.is_some())
            .nth(index)
            .unwrap();
        let username = page.username.unwrap();
        let new = NewInstagramAccount {
            tenant,
            ig_id: page.ig_id.unwrap(),
            page_id: page.page_id,
            username: username.clone(),
            name: page.name,
            page_token: page.token.into(),
            auto_reply: true,
        };
        let registry = AccountRegistry::new(&self.database, self.clock.clone(), self.engine.vault().clone());
        let account = registry.add_instagram(&new, Actor::Command).await.unwrap().account;
        let accounts = Accounts::for_tenant(&self.database, self.clock.clone(), tenant);
        let reply = Response::Canned("We will be back soon.".into());
        accounts
            .edit_default_reply(account, 1, &reply, Actor::Command)
            .await
            .unwrap();
        (account, username)
    }

    pub async fn grant(&self, tenant: TenantId, amount: i64) {
        let transaction = self.database.begin().await.unwrap();
        let grant = Grant {
            tenant,
            amount,
            expires_at: None,
            note: "story".into(),
        };
        credits::grant(&transaction, &grant, self.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Adds a whole-word keyword rule at the end of the list.
    pub async fn rule(&self, label: &str, keywords: &[&str], reply: &str) {
        let draft = RuleDraft {
            label: label.into(),
            matcher: Matcher::Keywords(KeywordMatcher {
                keywords: keywords.iter().map(|&keyword| keyword.to_owned()).collect(),
                mode: MatchMode::WholeWord,
            }),
            response: Response::Canned(reply.into()),
            enabled: true,
        };
        let rules = Rules::for_tenant(&self.database, self.clock.clone(), self.tenant);
        rules.add(self.account, &draft, None, Actor::Command).await.unwrap();
    }

    pub fn meta(&self) -> SandboxHandle {
        self.sandbox.handle()
    }

    /// A customer writes; the webhook waits until [`Self::deliver`].
    pub fn dm(&self, text: &str) -> String {
        self.meta().dm(Dm::text(&self.username, CUSTOMER, text)).unwrap()
    }

    /// Meta's waiting webhooks reach the inbox.
    pub async fn deliver(&self) {
        for body in self.webhooks().await {
            self.receive(&body).await;
        }
    }

    /// The bodies of Meta's waiting webhooks, for stories that repeat, reorder or lose them.
    pub async fn webhooks(&self) -> Vec<Vec<u8>> {
        assert!(self.meta().settled(PATIENCE).await, "the sandbox did not settle");
        self.meta()
            .take_requests()
            .into_iter()
            .map(|request| request.body)
            .collect()
    }

    pub async fn receive(&self, body: &[u8]) {
        self.engine.inbox().receive(body).await.unwrap();
    }

    /// Works on everything that is due, and lets the echoes in.
    pub async fn work(&self) {
        self.engine.pipeline().run_due().await.unwrap();
        self.deliver().await;
    }

    /// Time passes for us and for Meta; what became due is worked on.
    pub async fn wait(&self, time: Duration) {
        self.pass(time);
        self.work().await;
    }

    pub fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.meta().freeze_clock(self.clock.now().as_millis());
    }

    pub fn replies(&self) -> Vec<String> {
        self.meta().sent().into_iter().map(|sent| sent.text).collect()
    }

    pub async fn balance(&self) -> i64 {
        self.number("SELECT balance AS number FROM credit_balances WHERE tenant_id = $1")
            .await
    }

    pub async fn ledger(&self, kind: LedgerKind) -> i64 {
        let text = format!(
            "SELECT COUNT(*) AS number FROM credit_ledger WHERE tenant_id = $1 AND kind = '{}'",
            kind.as_str()
        );
        self.number(&text).await
    }

    async fn number(&self, text: &str) -> i64 {
        let row = sql::optional::<Number, _>(self.database.reader(), text, [self.tenant.as_uuid().into()])
            .await
            .unwrap();
        row.unwrap().number
    }

    /// The message log, oldest first.
    pub async fn log(&self) -> Vec<LogRow> {
        let text = "SELECT direction, author, kind, outcome, reason, credits FROM messages ORDER BY created_at, id";
        sql::all(self.database.reader(), text, []).await.unwrap()
    }

    /// Sealed content that still exists; tokens not counted.
    pub async fn sealed_content(&self) -> i64 {
        let text = "SELECT COUNT(*) AS number FROM sealed_values
            WHERE tenant_id = $1 AND purpose IN ('inbound_body', 'composed_reply')";
        self.number(text).await
    }

    /// What must hold at the end of every story.
    pub async fn audit(&self) {
        assert_eq!(credits::verify(&self.database).await.unwrap(), []);
    }
}

fn settings(sandbox: &Sandbox, clock: Arc<ManualClock>) -> EngineSettings {
    EngineSettings {
        key_ring: KeyRing::parse(&generate_key("story")).unwrap(),
        instagram: InstagramSettings {
            graph_url: sandbox.base_url(),
            graph_version: "v26.0".into(),
            app_id: APP_ID.into(),
            app_secret: APP_SECRET.into(),
            timeout: Duration::from_secs(2),
        },
        timings: Timings::default(),
        limits: ReplyLimits::default(),
        workers: 4,
        retention: Duration::from_secs(400 * 86_400),
        clock,
        remember_matches: false,
    }
}
