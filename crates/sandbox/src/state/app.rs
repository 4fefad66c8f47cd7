//! What the handlers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::kept::Kept;
use super::world::World;
use crate::config::SandboxConfig;
use crate::webhooks::queue::Lanes;

/// One per sandbox, behind an [`Arc`].
pub struct App {
    /// What the caller decided.
    pub config: SandboxConfig,
    /// For webhooks and callbacks.
    pub http: reqwest::Client,
    /// Where events wait for delivery.
    pub lanes: Lanes,
    /// Cancelled by a shutdown.
    pub stop: CancellationToken,
    /// A shutdown waits for them.
    pub tasks: TaskTracker,
    world: Mutex<World>,
    kept: Option<Kept>,
    changes: watch::Sender<u64>,
}

impl App {
    /// A sandbox with the seeded world.
    pub fn new(config: SandboxConfig, http: reqwest::Client) -> Arc<Self> {
        let mut world = World::seeded(&config);
        let kept = config.keep_in.as_deref().map(|file| Kept::restore(file, &mut world));
        Arc::new(Self {
            config,
            http,
            lanes: Lanes::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            world: Mutex::new(world),
            kept,
            changes: watch::Sender::new(0),
        })
    }

    /// The world as it is now. A panic elsewhere does not make it unreadable.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world, then wakes all who wait.
    pub fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let result = {
            let mut world = self.world();
            let result = act(&mut world);
            if let Some(kept) = &self.kept {
                kept.keep(&world);
            }
            result
        };
        self.changes.send_modify(|tick| *tick = tick.wrapping_add(1));
        result
    }

    /// A chat page is open, or a test waits for a state.
    pub fn is_watched(&self) -> bool {
        self.changes.receiver_count() > 0
    }

    /// Ticks on every change.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}
