//! The world of a story: a tenant with one connected account, the sandbox as Meta over HTTP, and a clock that the story moves.
//!
//! [`tell`] runs a story on each database and audits its end; [`tell_with`] changes the [`Setup`] first.

mod accounts;
mod admin;
mod ai;
mod audit;
mod credits;
mod incoming;
mod judges;
mod listener;
mod login;
mod people;
mod reading;
mod remains;
mod rules;
mod scripted_channel;
mod searching;
mod servers;
mod setup;
mod time;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use domain::ids::{AccountId, TenantId, UserId};
use domain::time::Timestamp;
use engine::channels::instagram::Instagram;
use engine::clock::ManualClock;
use engine::identity::Passwords;
use engine::storage::Database;
use engine::vault::{KeyRing, generate_key};
use engine::{Engine, EngineError};
use sandbox::{DeliveryMode, Sandbox, SandboxHandle};
use secrecy::SecretString;
use uuid::Uuid;

use crate::support::{TestDatabase, for_each_database};
pub use admin::account_of;
pub use ai::{ANSWER, PERSONA, PROMPT};
pub use judges::{Character, FORBIDDEN, ScriptedJudge, a_builder, ai_rule, own_text};
pub use listener::Listener;
pub use login::{connected, problem};
pub use people::PASSWORD;
pub use remains::{NONCE, Nonces, erase, files_of, sealed_now};
pub use rules::{draft, keyword_rule};
pub use scripted_channel::ScriptedChannel;
pub use searching::{files_hold, tables_with};
pub use setup::{APP_SECRET, Setup, Who, an_owner, on_postgres, on_sqlite, with_ai};
pub use time::{days, hours, minutes, seconds};

/// When the stories of a tenant begin: 2026-11-22T09:00:00Z, a Sunday.
pub const MORNING: Timestamp = Timestamp::from_millis(1_795_338_000_000);
/// When the stories of an owner begin: 2026-11-22T12:00:00Z.
pub const NOON: Timestamp = Timestamp::from_millis(1_795_348_800_000);
pub const CUSTOMER: &str = "mira.k";
pub const DEFAULT_REPLY: &str = "We will be back soon.";

#[derive(Clone)]
pub struct World {
    pub engine: Engine,
    pub channel: Arc<ScriptedChannel>,
    pub database: TestDatabase,
    pub clock: Arc<ManualClock>,
    pub passwords: Passwords,
    pub tenant: TenantId,
    pub account: AccountId,
    pub username: String,
    owner: Option<UserId>,
    sandbox: Arc<Sandbox>,
    /// By how many milliseconds Meta's clock is ahead of ours.
    metas_lead: Arc<AtomicI64>,
    setup: Setup,
    keys: KeyRing,
    key_text: SecretString,
}

/// Tells a story on each database and audits its end.
pub async fn tell(story: impl AsyncFn(&World)) {
    tell_with(|_| {}, story).await;
}

pub async fn tell_with(adjust: impl Fn(&mut Setup), story: impl AsyncFn(&World)) {
    let mut setup = Setup::default();
    adjust(&mut setup);
    let (setup, story) = (&setup, &story);
    for_each_database(|database| async move {
        if setup.only.is_none_or(|kind| kind == database.kind) {
            let world = World::open(database, setup.clone()).await;
            story(&world).await;
            world.audit().await;
        }
    })
    .await;
}

impl World {
    /// A world whose end the story audits itself.
    pub async fn open(database: TestDatabase, setup: Setup) -> Self {
        let sandbox = Sandbox::start(setup.sandbox()).await.unwrap();
        sandbox.handle().set_mode(DeliveryMode {
            manual: true,
            ..DeliveryMode::default()
        });
        let clock = ManualClock::at(setup.begins());
        if !setup.real_time {
            sandbox.handle().freeze_clock(setup.begins().as_millis());
        }
        let key_text = generate_key("story");
        let keys = KeyRing::parse(&key_text).unwrap();
        let channel = channel_to(&sandbox, &setup, clock.clone());
        let settings = setup.engine(&sandbox, keys.clone(), clock.clone());
        let engine = Engine::open_with_channel(database.handle(), settings, channel.clone());
        let mut world = Self {
            engine: engine.await.unwrap(),
            channel,
            database,
            clock,
            passwords: Passwords::new(2),
            tenant: TenantId::from_uuid(Uuid::nil()),
            account: AccountId::from_uuid(Uuid::nil()),
            username: String::new(),
            owner: None,
            sandbox: Arc::new(sandbox),
            metas_lead: Arc::default(),
            setup,
            keys,
            key_text,
        };
        match world.setup.who {
            Who::Tenant => world.create_tenant().await,
            Who::Owner => world.sign_up("bloom", "1001").await,
        }
        world
    }

    /// Another engine on the same database and the same Meta: a second server, or this one after a restart.
    pub async fn another_engine(&self, database: Database) -> Engine {
        self.engine_with_keys(database, self.keys.clone()).await.unwrap()
    }

    pub async fn engine_with_keys(&self, database: Database, keys: KeyRing) -> Result<Engine, EngineError> {
        let settings = self.setup.engine(&self.sandbox, keys, self.clock.clone());
        Engine::open_with_channel(
            database,
            settings,
            channel_to(&self.sandbox, &self.setup, self.clock.clone()),
        )
        .await
    }

    /// This server after a restart with other app secrets.
    pub async fn engine_with_secrets(&self, app_secrets: Vec<String>) -> Engine {
        let mut setup = self.setup.clone();
        setup.app_secrets = app_secrets;
        let settings = setup.engine(&self.sandbox, self.keys.clone(), self.clock.clone());
        let channel = channel_to(&self.sandbox, &setup, self.clock.clone());
        let database = self.database.open_again().await;
        Engine::open_with_channel(database, settings, channel).await.unwrap()
    }

    /// The story's key, to put others before it.
    pub fn key_text(&self) -> &SecretString {
        &self.key_text
    }

    pub fn sandbox_url(&self) -> String {
        self.sandbox.base_url()
    }

    pub fn meta(&self) -> SandboxHandle {
        self.sandbox.handle()
    }
}

fn channel_to(sandbox: &Sandbox, setup: &Setup, clock: Arc<ManualClock>) -> Arc<ScriptedChannel> {
    let instagram = Instagram::new(setup.instagram(sandbox), setup.clock(clock));
    Arc::new(ScriptedChannel::new(instagram.unwrap()))
}
