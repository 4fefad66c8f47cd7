//! Customers: they send the DMs of the plan through the sandbox, and remember what each deserves as an answer.

use std::collections::HashMap;
use std::time::Duration;

use rand::RngExt;
use rand::rngs::StdRng;
use sandbox::{DeliveryMode, Dm, Release, SandboxHandle};

use crate::deployment::Shop;
use crate::plan::{PlannedDm, RULES, Wave};

/// The answer a DM deserves, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deserved {
    pub ig_id: String,
    /// The customer's id at Meta.
    pub recipient: String,
    pub text: String,
}

pub struct Traffic<'a> {
    pub meta: SandboxHandle,
    shops: &'a [Shop],
    pub webhooks: Vec<String>,
    /// What every DM sent so far deserves, by its mid.
    pub sent: HashMap<String, Deserved>,
}

impl<'a> Traffic<'a> {
    pub fn new(meta: SandboxHandle, shops: &'a [Shop], webhooks: Vec<String>) -> Self {
        Self {
            meta,
            shops,
            webhooks,
            sent: HashMap::new(),
        }
    }

    /// Sends the waves with short pauses, each to one of the servers.
    pub async fn send(&mut self, waves: &[Wave], rng: &mut StdRng) {
        for wave in waves {
            self.meta
                .set_webhook_url(&self.webhooks[rng.random_range(0..self.webhooks.len())]);
            if wave.reversed {
                self.send_reversed(wave, rng).await;
            } else {
                self.send_straight(wave, rng).await;
            }
            pause(rng, 150).await;
        }
    }

    async fn send_straight(&mut self, wave: &Wave, rng: &mut StdRng) {
        for dm in &wave.dms {
            self.write(dm);
            pause(rng, 15).await;
        }
    }

    async fn send_reversed(&mut self, wave: &Wave, rng: &mut StdRng) {
        self.meta.set_mode(DeliveryMode {
            hold: true,
            ..DeliveryMode::default()
        });
        for dm in &wave.dms {
            self.write(dm);
            pause(rng, 5).await;
        }
        self.meta
            .release(Release {
                reverse: true,
                one_post: rng.random_bool(0.5),
                twice: false,
            })
            .await;
    }

    fn write(&mut self, planned: &PlannedDm) {
        let page = &self.shops[planned.shop].page;
        let mut dm = Dm::text(&page.page_id, &planned.customer, &planned.text);
        dm.options.twice = planned.twice;
        let mid = self.meta.dm(dm).expect("the sandbox knows the account");
        let deserved = Deserved {
            ig_id: page.ig_id.clone().expect("shops have Instagram"),
            recipient: self
                .meta
                .igsid(&page.page_id, &planned.customer)
                .expect("the customer wrote"),
            text: RULES[planned.rule].1.to_owned(),
        };
        self.sent.insert(mid, deserved);
    }
}

async fn pause(rng: &mut StdRng, longest_ms: u64) {
    tokio::time::sleep(Duration::from_millis(rng.random_range(0..=longest_ms))).await;
}
