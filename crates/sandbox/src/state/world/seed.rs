//! The world every sandbox starts with.

use std::collections::HashMap;

use super::World;
use crate::ai::AiState;
use crate::clock::SandboxClock;
use crate::config::SandboxConfig;
use crate::faults::FaultList;
use crate::graph::conversations::NEWEST;
use crate::state::accounts::IgAccount;
use crate::state::counts::Counts;
use crate::state::facebook::Facebook;
use crate::state::ring::Ring;
use crate::state::seed::{self, CUSTOMERS};
use crate::webhooks::log::DeliveryLog;
use crate::webhooks::mode::DeliveryMode;

impl World {
    /// Pages, tokens and customers as they are after every start.
    pub fn seeded(config: &SandboxConfig) -> Self {
        let (pages, tokens) = seed::pages(&config.app_id);
        let keep = if config.quiet { 200 } else { 20_000 };
        let mut world = Self {
            clock: SandboxClock::default(),
            webhook_url: config.webhook_url.clone(),
            app_secret: config.app_secret.clone(),
            detailed_messages: NEWEST,
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
            ai: AiState::default(),
            mode: DeliveryMode::default(),
            quiet: config.quiet,
        };
        add_customers(&mut world);
        world
    }
}

/// Makes the customers known to both accounts, and the accounts to each other.
fn add_customers(world: &mut World) {
    let accounts: Vec<IgAccount> = world.pages.iter().filter_map(|page| page.ig.clone()).collect();
    for account in &accounts {
        for (handle, _) in CUSTOMERS {
            world.igsid(&account.ig_id, handle);
        }
        for other in accounts.iter().filter(|other| other.ig_id != account.ig_id) {
            world.igsid(&account.ig_id, &other.username);
        }
    }
}
