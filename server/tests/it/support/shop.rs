//! A shop whose customers' messages arrive as Meta delivers them: signed, over HTTP, to the real router and to real workers. The
//! sandbox is Meta and the AI.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use domain::ai_fallback::AiFallback;
use domain::ids::{AccountId, TenantId};
use domain::persona::{PersonaContent, SafetyStatus};
use domain::roles::Role as PersonRole;
use domain::rules::Response;
use engine::accounts::{AccountRegistry, Accounts, NewInstagramAccount};
use engine::ai::{AiSettings, KeyHeader};
use engine::clock::{SharedClock, SystemClock};
use engine::credits::{self, Grant};
use engine::identity::{Actor, Passwords, Users};
use engine::safety::SafetyOverrides;
use engine::storage::sql;
use engine::{Engine, EngineSettings, Role};
use sandbox::{AiHandle, Dm, RetryPolicy, Sandbox, SandboxConfig, SandboxHandle};
use sea_orm::FromQueryResult;
use server::config::Proxies;
use server::http::edge::limits::ConnectionLimits;
use server::http::edge::{self, Edge};
use server::http::router;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::world::{APP_SECRET, person, settings, web_server};
use crate::shared::{TestDatabase, eventually};

/// Far more than a story asks for.
const CREDITS: i64 = 10_000;
const GRACE: Duration = Duration::from_secs(10);

/// What became of one message.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Outcome {
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub held_by: Option<String>,
    pub response_kind: Option<String>,
    pub credits: i64,
    pub left_to_person: bool,
}

/// One message that was written, and what came of it.
#[derive(Debug, Clone)]
pub struct Written {
    pub message: String,
    pub outcome: Outcome,
    /// What Meta was sent for this customer.
    pub sent: Vec<String>,
}

pub struct Shop {
    engine: Engine,
    tenant: TenantId,
    account: AccountId,
    username: String,
    customers: AtomicUsize,
    clock: SharedClock,
    sandbox: Sandbox,
    database: TestDatabase,
    stop: CancellationToken,
    running: Vec<JoinHandle<()>>,
    _site: TempDir,
}

impl Shop {
    pub async fn open(database: &TestDatabase) -> Self {
        let mut config = SandboxConfig::new("1", APP_SECRET);
        config.retry = RetryPolicy::fast();
        let sandbox = Sandbox::start(config).await.unwrap();
        let clock: SharedClock = Arc::new(SystemClock);
        let engine = Engine::open(database.handle(), with_sandbox(settings(clock.clone()), &sandbox));
        let engine = engine.await.unwrap();
        let users = Users::new(database, clock.clone(), Passwords::new(2));
        let tenant = person(&users, "owner@shop.example", "shop", PersonRole::Owner)
            .await
            .tenant;
        let (account, username) = connect(&engine, &sandbox.handle(), tenant).await;
        let (site, stop) = (TempDir::new().unwrap(), CancellationToken::new());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        sandbox
            .handle()
            .set_webhook_url(format!("http://{address}/webhook/instagram"));
        let server = web_server(&engine, clock.clone(), &site, Arc::new(AtomicBool::new(true)));
        let edge = Edge {
            limits: ConnectionLimits::within(None),
            proxies: Proxies::default(),
            grace: GRACE,
        };
        let serving = edge::serve(listener, router::web(&server), edge, stop.clone());
        let (working, stopped) = (engine.clone(), stop.clone());
        let running = vec![
            tokio::spawn(async move { assert!(serving.await) }),
            tokio::spawn(async move { working.run(Role::Worker, stopped).await }),
        ];
        let shop = Self {
            engine,
            tenant,
            account,
            username,
            customers: AtomicUsize::new(0),
            clock,
            sandbox,
            database: database.clone(),
            stop,
            running,
            _site: site,
        };
        shop.grant().await;
        shop
    }

    /// Everything ends as a server ends.
    pub async fn close(self) {
        self.stop.cancel();
        for ended in self.running {
            ended.await.unwrap();
        }
    }

    pub fn meta(&self) -> SandboxHandle {
        self.sandbox.handle()
    }

    pub fn ai(&self) -> AiHandle {
        self.meta().ai()
    }

    async fn grant(&self) {
        let transaction = self.database.begin().await.unwrap();
        let grant = Grant {
            tenant: self.tenant,
            amount: CREDITS,
            expires_at: None,
            note: "story".into(),
            reference: None,
        };
        credits::grant(&transaction, &grant, self.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// How many credits are gone, after a look at the books.
    pub async fn charged(&self) -> i64 {
        assert_eq!(credits::verify(&self.database).await.unwrap(), []);
        let text = "SELECT balance AS number FROM credit_balances WHERE tenant_id = $1";
        CREDITS - self.database.numbers(text, [self.tenant.as_uuid().into()]).await[0]
    }

    /// The persona, and the default reply as an AI prompt; returns when the pretend judge has approved both.
    pub async fn speaks(&self, persona: &PersonaContent, prompt: &str) {
        let personas = self.engine.personas(self.tenant);
        let version = personas.page().await.unwrap().version;
        let saved = personas.save(Actor::Command, persona, version).await;
        saved.unwrap_or_else(|error| panic!("{error:?}: {persona:?}"));
        let accounts = self.accounts();
        let page = accounts.page(self.account).await.unwrap();
        let reply = Response::AiPrompt(prompt.into());
        let edited = accounts.edit_default_reply(self.account, page.default_version, &reply, Actor::Command);
        edited.await.unwrap();
        self.engine.safety().unwrap().run_due().await.unwrap();
        self.judged("status = 'pending'").await;
        // The pretend judge goes by a list of words, some of which have another meaning in a bicycle workshop.
        let newest = personas.page().await.unwrap().version;
        let overrides = SafetyOverrides::for_tenant(&self.database, self.clock.clone(), self.tenant);
        if overrides.standing().await.unwrap().status == SafetyStatus::Rejected {
            let note = "The word is the name of a service.";
            overrides
                .override_with_note(newest, note, Actor::Command)
                .await
                .unwrap();
        }
        self.judged("status <> 'approved'").await;
    }

    /// Returns when no check is so any more.
    async fn judged(&self, condition: &str) {
        let text = format!("SELECT COUNT(*) AS number FROM safety_checks WHERE {condition}");
        eventually(&text, async || {
            (self.database.numbers(&text, []).await[0] == 0).then_some(())
        })
        .await;
    }

    fn accounts(&self) -> Accounts {
        Accounts::for_tenant(&self.database, self.clock.clone(), self.tenant)
    }

    /// What the account wants when an answer is held back.
    pub async fn chooses(&self, choice: &AiFallback) {
        let accounts = self.accounts();
        accounts
            .set_ai_fallback(self.account, choice, Actor::Command)
            .await
            .unwrap();
    }

    /// Each message comes from a customer of its own. Returns when all of them have come to their end.
    pub async fn receives(&self, messages: &[&str]) -> Vec<Written> {
        let mut written = Vec::new();
        for message in messages {
            let number = self.customers.fetch_add(1, Ordering::Relaxed);
            let customer = format!("guest.{number}");
            let mid = self.meta().dm(Dm::text(&self.username, &customer, *message)).unwrap();
            let id = self.meta().igsid(&self.username, &customer).unwrap();
            written.push(((*message).to_owned(), mid, id));
        }
        self.settled(messages.len()).await;
        let sent = self.meta().sent();
        let mut ended = Vec::new();
        for (message, mid, customer) in written {
            let texts = sent.iter().filter(|sent| sent.recipient == customer);
            ended.push(Written {
                message,
                outcome: self.outcome(&mid).await,
                sent: texts.map(|sent| sent.text.clone()).collect(),
            });
        }
        ended
    }

    async fn settled(&self, count: usize) {
        let total = self.customers.load(Ordering::Relaxed);
        let text = "SELECT COUNT(*) AS number FROM replies WHERE settled_at IS NOT NULL";
        let (total, what) = (
            i64::try_from(total).unwrap(),
            format!("{count} messages come to their end"),
        );
        eventually(&what, async || {
            (self.database.numbers(text, []).await[0] >= total).then_some(())
        })
        .await;
        assert!(self.meta().settled(GRACE).await, "the echoes are delivered");
    }

    async fn outcome(&self, mid: &str) -> Outcome {
        let text = "SELECT m.outcome, m.reason, m.held_by, m.response_kind, m.credits,
                c.left_to_person_at IS NOT NULL AS left_to_person
            FROM messages m JOIN replies r ON r.message_id = m.id JOIN conversations c ON c.id = r.conversation_id
            WHERE m.platform_message_id = $1";
        let found = sql::optional(self.database.reader(), text, [mid.to_owned().into()]).await;
        found.unwrap().expect("the message is in the log")
    }
}

fn with_sandbox(settings: EngineSettings, sandbox: &Sandbox) -> EngineSettings {
    let base_url = sandbox.base_url();
    let mut settings = settings;
    settings.instagram.graph_url = base_url.clone();
    settings.instagram.timeout = Duration::from_secs(5);
    settings.workers = 8;
    settings.ai = Some(AiSettings {
        base_url: format!("{base_url}/v1").parse().unwrap(),
        api_key: Some("key".into()),
        key_header: KeyHeader::Bearer,
        reply_model: "pretend-reply".into(),
        safety_model: "pretend-safety".into(),
        embedding_model: None,
        timeout: Duration::from_secs(10),
        concurrency: 8.try_into().unwrap(),
        context_tokens: 8_192,
        tokens_per_tenant_day: 0,
        deny_data_collection: false,
    });
    settings
}

async fn connect(engine: &Engine, meta: &SandboxHandle, tenant: TenantId) -> (AccountId, String) {
    let page = meta.pages().swap_remove(0);
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
    let registry = AccountRegistry::new(engine.database(), engine.clock().clone(), engine.vault().clone());
    let added = registry.add_instagram(&new, Actor::Command).await.unwrap();
    (added.account, username)
}
