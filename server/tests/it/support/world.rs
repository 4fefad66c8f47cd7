//! Two tenants, three people, one connected account, and a clock that stands still.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use app::auth::AuthServices;
use app::context::PrivacyText;
use app::endpoints;
use axum::Router;
use domain::decide::ReplyLimits;
use domain::ids::{AccountId, TenantId};
use domain::roles::Role;
use domain::time::Timestamp;
use engine::accounts::{AccountRegistry, NewInstagramAccount};
use engine::channels::instagram::{InstagramSettings, LoginSettings};
use engine::clock::{ManualClock, SharedClock};
use engine::identity::{Actor, NewUser, Passwords, Users};
use engine::pipeline::Timings;
use engine::vault::{KeyRing, generate_key};
use engine::{Engine, EngineSettings};
use server::config::{BaseUrl, PRIVACY, Proxies, WebConfig};
use server::http::edge::bodies::Bodies;
use server::http::layers::rate::Limits;
use server::http::router::{self, Exposure, WebServer};
use server::http::routes::health::Readiness;
use server::http::routes::meta_callbacks::MetaCallbacks;
use server::http::routes::pages::PageContext;
use server::site::Site;
use server::webhook::WebhookState;
use server::webhook::signature::Signatures;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::Browser;
use crate::shared::TestDatabase;

pub const APP_SECRET: &str = "present-secret";
pub const VERIFY_TOKEN: &str = "verify-me";
/// 2026-11-22T09:00:00Z.
const MORNING: Timestamp = Timestamp::from_millis(1_795_338_000_000);
const PASSWORD: &str = "correct horse battery";

/// Somebody who can sign in.
#[derive(Debug, Clone)]
pub struct Person {
    pub email: &'static str,
    pub password: &'static str,
    pub tenant: TenantId,
}

pub struct World {
    pub engine: Engine,
    pub clock: Arc<ManualClock>,
    pub owner: Person,
    pub viewer: Person,
    pub stranger: Person,
    pub account: AccountId,
    pub server: WebServer,
    pub router: Router,
    pub workers: Arc<AtomicBool>,
    _site: TempDir,
    /// Keeps the file.
    _database: TestDatabase,
}

impl World {
    pub async fn open(database: &TestDatabase) -> Self {
        Self::with(database, |_| {}).await
    }

    /// A world whose server is not quite the usual one.
    pub async fn with(database: &TestDatabase, adjust: impl FnOnce(&mut WebServer)) -> Self {
        let clock = ManualClock::at(MORNING);
        let shared: SharedClock = clock.clone();
        let engine = Engine::open(database.handle(), settings(shared.clone())).await.unwrap();
        let users = Users::new(database, shared.clone(), Passwords::new(2));
        let owner = person(&users, "owner@shop.example", "shop", Role::Owner).await;
        let viewer = person(&users, "viewer@shop.example", "shop", Role::Viewer).await;
        let stranger = person(&users, "owner@elsewhere.example", "elsewhere", Role::Owner).await;
        let account = connect(&engine, owner.tenant).await;
        let site = TempDir::new().unwrap();
        let workers = Arc::new(AtomicBool::new(true));
        let mut server = web_server(&engine, shared, &site, workers.clone());
        adjust(&mut server);
        let router = router::web(&server);
        Self {
            engine,
            clock,
            owner,
            viewer,
            stranger,
            account,
            server,
            router,
            workers,
            _site: site,
            _database: database.clone(),
        }
    }

    /// A visitor who is not signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.router, self.server.web.base_url.origin())
    }

    /// A visitor who is.
    pub async fn signed_in(&self, person: &Person) -> Browser {
        let mut browser = self.browser();
        let fields = [("email", person.email), ("password", person.password)];
        let answer = browser.call(endpoints::SIGN_IN, &fields).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        browser
    }
}

pub(super) fn settings(clock: SharedClock) -> EngineSettings {
    EngineSettings {
        key_ring: KeyRing::parse(&generate_key("test")).unwrap(),
        instagram: InstagramSettings {
            graph_url: "http://127.0.0.1:9".into(),
            graph_version: "v26.0".into(),
            app_id: "1".into(),
            app_secrets: secrecy::SecretString::from(APP_SECRET).into(),
            timeout: Duration::from_secs(1),
            login: LoginSettings::for_base_url("https://concierge.example"),
        },
        timings: Timings::default(),
        limits: ReplyLimits::default(),
        workers: 1,
        retention: Duration::from_secs(86_400),
        clock,
        log_matches: false,
        intents: engine::intents::IntentsSettings::Off,
        webhook_targets: engine::outgoing_webhooks::WebhookTargets::Any,
        ai: None,
    }
}

pub(super) async fn person(users: &Users, email: &'static str, tenant: &str, role: Role) -> Person {
    let new = NewUser {
        email: email.into(),
        password: PASSWORD.into(),
        tenant_slug: tenant.into(),
        tenant_name: None,
        role,
        is_operator: false,
    };
    let (_, tenant) = users.create(new).await.unwrap();
    Person {
        email,
        password: PASSWORD,
        tenant,
    }
}

async fn connect(engine: &Engine, tenant: TenantId) -> AccountId {
    let new = NewInstagramAccount {
        tenant,
        ig_id: "17841400000000001".into(),
        page_id: "100000000000001".into(),
        username: "shop".into(),
        name: "The Shop".into(),
        page_token: "token".into(),
        auto_reply: true,
    };
    let registry = AccountRegistry::new(engine.database(), engine.clock().clone(), engine.vault().clone());
    registry.add_instagram(&new, Actor::Command).await.unwrap().account
}

/// What the splitter of the WebAssembly writes.
const PARTS: &str = r#"{ "public": ["chunk_1", "split_public"], "rules": ["split_rules"] }"#;

pub(super) fn web_server(engine: &Engine, clock: SharedClock, folder: &TempDir, workers: Arc<AtomicBool>) -> WebServer {
    let database = engine.database();
    let auth = AuthServices::new(database, &clock, &Passwords::new(2), engine.vault(), None);
    std::fs::create_dir_all(folder.path().join("pkg")).unwrap();
    std::fs::write(folder.path().join("pkg/__wasm_split_manifest.json"), PARTS).unwrap();
    let site = Site::at(folder.path().to_path_buf());
    WebServer {
        web: WebConfig {
            listen: ([127, 0, 0, 1], 3000).into(),
            base_url: BaseUrl::parse("https://concierge.example").unwrap(),
            proxies: Proxies::default(),
            api_origins: Vec::new(),
            privacy: PRIVACY.into(),
            operator_contact: "".into(),
        },
        database: database.clone(),
        clock,
        webhook: WebhookState {
            inbox: engine.inbox().clone(),
            signatures: Signatures::new(vec![APP_SECRET.into(), "old-secret".into()]),
            verify_token: Some(VERIFY_TOKEN.into()),
        },
        meta_callbacks: MetaCallbacks {
            connections: engine.connections().clone(),
            secrets: vec![APP_SECRET.into(), "old-secret".into()],
            base_url: "https://concierge.example".into(),
        },
        pages: PageContext {
            engine: engine.clone(),
            auth,
            privacy: PrivacyText(PRIVACY.into()),
            operator: None,
            sandbox: None,
            options: site.leptos_options(),
            package: site.package(),
        },
        site,
        readiness: Readiness::new(database, Some(workers)),
        limits: Limits::default(),
        bodies: Bodies::default(),
        exposure: Exposure::Public,
        stop: CancellationToken::new(),
    }
}
