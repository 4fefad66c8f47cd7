//! Everything the sandbox remembers, in memory only. [`App`] is what handlers share: the world
//! behind one lock that is never held across an await, the delivery lanes, and a counter that ticks
//! on every change so that tests and the chat page can wait for a state instead of sleeping.

pub mod accounts;
pub mod calls;
pub mod counts;
pub mod facebook;
pub mod ids;
pub mod people;
pub mod ring;
pub mod seed;
pub mod sent;
pub mod thread;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::SandboxClock;
use crate::config::{Explanation, SandboxConfig};
use crate::faults::FaultList;
use crate::webhooks::lanes::Lanes;
use crate::webhooks::log::DeliveryLog;
use crate::webhooks::mode::DeliveryMode;
use accounts::{Page, Token};
use calls::CallRecord;
use counts::Counts;
use facebook::Facebook;
use people::Person;
use ring::Ring;
use sent::SentMessage;
use thread::Thread;

/// A thread is known by (`ig_id`, `igsid`).
pub type ThreadKey = (String, String);

pub struct App {
    pub config: SandboxConfig,
    pub http: reqwest::Client,
    pub lanes: Lanes,
    pub stop: CancellationToken,
    pub tasks: TaskTracker,
    world: Mutex<World>,
    changes: watch::Sender<u64>,
}

impl App {
    pub fn new(config: SandboxConfig, http: reqwest::Client) -> Arc<Self> {
        let world = Mutex::new(World::seeded(&config));
        Arc::new(Self {
            config,
            http,
            lanes: Lanes::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            world,
            changes: watch::Sender::new(0),
        })
    }

    /// The world as it is now. A panic elsewhere does not make it unreadable.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world, then tells everybody who waits.
    pub fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let result = act(&mut self.world());
        self.changes.send_modify(|tick| *tick = tick.wrapping_add(1));
        result
    }

    /// Somebody looks at the chat page or waits for a state.
    pub fn is_watched(&self) -> bool {
        self.changes.receiver_count() > 0
    }

    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

pub struct World {
    pub clock: SandboxClock,
    pub webhook_url: String,
    pub pages: Vec<Page>,
    pub tokens: HashMap<String, Token>,
    pub facebook: Facebook,
    pub people: HashMap<String, Person>,
    pub threads: HashMap<ThreadKey, Thread>,
    pub explanations: HashMap<String, Explanation>,
    pub sent: Ring<SentMessage>,
    pub calls: Ring<CallRecord>,
    pub deliveries: DeliveryLog,
    pub counts: Counts,
    pub faults: FaultList,
    pub mode: DeliveryMode,
    pub quiet: bool,
}

impl World {
    pub fn seeded(config: &SandboxConfig) -> Self {
        let (pages, tokens) = seed::pages(&config.app_id);
        let keep = if config.quiet { 200 } else { 20_000 };
        let mut world = Self {
            clock: SandboxClock::default(),
            webhook_url: config.webhook_url.clone(),
            pages,
            tokens,
            facebook: Facebook::default(),
            people: HashMap::new(),
            threads: HashMap::new(),
            explanations: HashMap::new(),
            sent: Ring::new(keep),
            calls: Ring::new(keep),
            deliveries: DeliveryLog::new(keep),
            counts: Counts::default(),
            faults: FaultList::default(),
            mode: DeliveryMode::default(),
            quiet: config.quiet,
        };
        seed::people(&mut world);
        world
    }

    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}
