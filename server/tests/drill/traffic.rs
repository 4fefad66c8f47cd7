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

/// A DM that a customer wrote.
#[derive(Debug, Clone)]
pub struct Written {
    pub deserves: Deserved,
    /// Its customer took it back, at some moment.
    pub taken_back: bool,
}

pub struct Traffic<'a> {
    pub meta: SandboxHandle,
    shops: &'a [Shop],
    pub webhooks: Vec<String>,
    /// Every DM sent so far, by its mid.
    pub sent: HashMap<String, Written>,
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
            let mids = if wave.burst || wave.reversed {
                self.send_held(wave, rng).await
            } else {
                self.send_straight(wave, rng).await
            };
            self.take_back(wave, &mids);
            pause(rng, 150).await;
        }
    }

    async fn send_straight(&mut self, wave: &Wave, rng: &mut StdRng) -> Vec<String> {
        let mut mids = Vec::new();
        for dm in &wave.dms {
            mids.push(self.write(dm, wave.twice));
            pause(rng, 15).await;
        }
        mids
    }

    /// Delivers them when all are written.
    async fn send_held(&mut self, wave: &Wave, rng: &mut StdRng) -> Vec<String> {
        self.meta.set_mode(DeliveryMode {
            hold: true,
            ..DeliveryMode::default()
        });
        let mut mids = Vec::new();
        for dm in &wave.dms {
            mids.push(self.write(dm, false));
            if !wave.burst {
                pause(rng, 5).await;
            }
        }
        self.meta
            .release(Release {
                reverse: wave.reversed,
                one_post: wave.burst || rng.random_bool(0.5),
                twice: wave.twice,
            })
            .await;
        mids
    }

    /// Their replies may be queued, composed, on their way or sent by now.
    fn take_back(&self, wave: &Wave, mids: &[String]) {
        for (dm, mid) in wave.dms.iter().zip(mids) {
            if dm.taken_back {
                self.meta.unsend(mid).expect("the sandbox knows the message");
            }
        }
    }

    fn write(&mut self, planned: &PlannedDm, twice: bool) -> String {
        let page = &self.shops[planned.shop].page;
        let mut dm = Dm::text(&page.page_id, &planned.customer, &planned.text);
        dm.options.twice = twice;
        let mid = self.meta.dm(dm).expect("the sandbox knows the account");
        let deserves = Deserved {
            ig_id: page.ig_id.clone().expect("shops have Instagram"),
            recipient: self
                .meta
                .igsid(&page.page_id, &planned.customer)
                .expect("the customer wrote"),
            text: RULES[planned.rule].1.to_owned(),
        };
        let written = Written {
            deserves,
            taken_back: planned.taken_back,
        };
        self.sent.insert(mid.clone(), written);
        mid
    }
}

async fn pause(rng: &mut StdRng, longest_ms: u64) {
    tokio::time::sleep(Duration::from_millis(rng.random_range(0..=longest_ms))).await;
}
