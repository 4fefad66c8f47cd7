//! A tenant with one connected account, a pretend Meta, and a clock that the story moves.

mod accounts;
mod gate;
mod incoming;
mod reading;
mod setup;

use std::sync::Arc;
use std::time::Duration;

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use engine::Engine;
use engine::channels::instagram::Instagram;
use engine::clock::{Clock, ManualClock, SharedClock};
use engine::identity::Tenants;
use engine::storage::Database;
use engine::vault::{KeyRing, generate_key};
use sandbox::{DeliveryMode, Sandbox, SandboxHandle};
use secrecy::SecretString;

use crate::support::{TestDatabase, for_each_database};
pub use gate::Gate;
pub use setup::Setup;

/// When the stories begin: 2026-11-22T09:00:00Z.
pub const MORNING: Timestamp = Timestamp::from_millis(1_795_338_000_000);
/// Longer than anything the sandbox does takes.
const PATIENCE: Duration = Duration::from_secs(10);
pub const CUSTOMER: &str = "mira.k";
pub const DEFAULT_REPLY: &str = "We will be back soon.";

pub struct World {
    pub engine: Engine,
    pub gate: Arc<Gate>,
    pub sandbox: Sandbox,
    pub clock: Arc<ManualClock>,
    pub tenant: TenantId,
    pub account: AccountId,
    pub username: String,
    pub database: Database,
    setup: Setup,
    keys: KeyRing,
    key_text: SecretString,
}

/// Tells a story on each database and audits its end.
pub async fn tell(story: impl AsyncFn(&World)) {
    tell_with(|_| {}, story).await;
}

pub async fn tell_with(adjust: impl Fn(&mut Setup), story: impl AsyncFn(&World)) {
    let (adjust, story) = (&adjust, &story);
    for_each_database(|database| async move {
        let world = World::with(&database, adjust).await;
        story(&world).await;
        world.audit().await;
    })
    .await;
}

impl World {
    /// Ten credits, both switches on, the default reply [`DEFAULT_REPLY`].
    pub async fn open(database: &TestDatabase) -> Self {
        Self::with(database, |_| {}).await
    }

    pub async fn with(database: &TestDatabase, adjust: impl FnOnce(&mut Setup)) -> Self {
        let mut setup = Setup::default();
        adjust(&mut setup);
        let sandbox = Sandbox::start(setup.sandbox()).await.unwrap();
        sandbox.handle().set_mode(DeliveryMode {
            manual: true,
            ..DeliveryMode::default()
        });
        let clock = ManualClock::at(MORNING);
        if !setup.real_time {
            sandbox.handle().freeze_clock(MORNING.as_millis());
        }
        let key_text = generate_key("story");
        let keys = KeyRing::parse(&key_text).unwrap();
        let gate = gate_to(&sandbox, &setup);
        let settings = setup.engine(&sandbox, keys.clone(), clock.clone());
        let shared_clock = settings.clock.clone();
        let engine = Engine::open_with_channel(database.handle(), settings, gate.clone())
            .await
            .unwrap();
        let tenant = Tenants::new(database, shared_clock)
            .create("story", "Story", "UTC")
            .await
            .unwrap()
            .id;
        let mut world = Self {
            database: database.handle(),
            engine,
            gate,
            sandbox,
            clock,
            tenant,
            account: AccountId::from_uuid(uuid::Uuid::nil()),
            username: String::new(),
            setup,
            keys,
            key_text,
        };
        (world.account, world.username) = world.connect(0, tenant).await;
        world.grant(tenant, 10).await;
        world
    }

    /// Another engine on the same database and the same Meta: a second server, or this one after a restart.
    pub async fn another_engine(&self, database: Database) -> Engine {
        self.engine_with_keys(database, self.keys.clone()).await.unwrap()
    }

    pub async fn engine_with_keys(&self, database: Database, keys: KeyRing) -> Result<Engine, engine::EngineError> {
        let settings = self.setup.engine(&self.sandbox, keys, self.clock.clone());
        Engine::open_with_channel(database, settings, gate_to(&self.sandbox, &self.setup)).await
    }

    /// The story's key, to put others beside it.
    pub fn key_text(&self) -> &SecretString {
        &self.key_text
    }

    pub fn meta(&self) -> SandboxHandle {
        self.sandbox.handle()
    }

    pub fn shared_clock(&self) -> SharedClock {
        self.engine.clock().clone()
    }

    pub fn now(&self) -> Timestamp {
        self.engine.clock().now()
    }

    /// Works on everything that is due, and lets the echoes in.
    pub async fn work(&self) {
        self.engine.pipeline().sweep().await.unwrap();
        self.engine.pipeline().run_due().await.unwrap();
        self.deliver().await;
    }

    /// Time passes for us and for Meta; what became due is worked on.
    pub async fn wait(&self, time: Duration) {
        self.pass(time);
        self.work().await;
    }

    /// Lets `time` pass in steps, and works after each.
    pub async fn wait_in_steps(&self, time: Duration, step: Duration) {
        let end = self.now() + time;
        while self.now() < end {
            self.wait(step.min(end.since(self.now()))).await;
        }
    }

    pub fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.meta().freeze_clock(self.clock.now().as_millis());
    }

    /// Works in a task of its own, so that the story goes on meanwhile.
    pub fn work_meanwhile(&self) -> tokio::task::JoinHandle<()> {
        let pipeline = self.engine.pipeline().clone();
        tokio::spawn(async move {
            pipeline.run_due().await.unwrap();
        })
    }
}

fn gate_to(sandbox: &Sandbox, setup: &Setup) -> Arc<Gate> {
    Arc::new(Gate::before(Instagram::new(setup.instagram(sandbox)).unwrap()))
}

pub const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

pub const fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

pub const fn hours(count: u64) -> Duration {
    Duration::from_secs(3_600 * count)
}

pub const fn days(count: u64) -> Duration {
    hours(24 * count)
}
