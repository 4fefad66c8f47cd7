//! What happened so far, and waiting for something to happen.

use std::time::Duration;

use serde::Serialize;

use super::account::find_account;
use super::sandbox_handle::SandboxHandle;
use crate::faults::ActiveFault;
use crate::state::calls::CallRecord;
use crate::state::counts::Counts;
use crate::state::seed::SeededPage;
use crate::state::sent::SentMessage;
use crate::state::thread::Message;
use crate::webhooks::log::DeliveryRecord;
use crate::webhooks::sign::SignedRequest;

/// The lists of the sandbox at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct Snapshot {
    /// Accepted sends.
    pub sent: Vec<SentMessage>,
    /// Graph calls.
    pub calls: Vec<CallRecord>,
    /// Webhook deliveries.
    pub deliveries: Vec<DeliveryRecord>,
    /// What is switched on.
    pub faults: Vec<ActiveFault>,
    /// Totals.
    pub counts: Counts,
    /// Webhooks queued, on their way or waiting for a retry.
    pub unfinished: usize,
}

impl SandboxHandle {
    /// Accepted sends, oldest first.
    pub fn sent(&self) -> Vec<SentMessage> {
        self.app.world().sent.iter().cloned().collect()
    }

    /// Graph calls, oldest first.
    pub fn calls(&self) -> Vec<CallRecord> {
        self.app.world().calls.iter().cloned().collect()
    }

    /// Webhook deliveries, oldest first.
    pub fn deliveries(&self) -> Vec<DeliveryRecord> {
        self.app.world().deliveries.iter().cloned().collect()
    }

    /// Totals; exact also when lists are cut.
    pub fn counts(&self) -> Counts {
        self.app.world().counts.clone()
    }

    /// How often this customer was sent this text.
    pub fn times_sent(&self, account: &str, customer: &str, text: &str) -> u32 {
        let mut world = self.app.world();
        let Ok(ig) = find_account(&world, account) else {
            return 0;
        };
        let recipient = world.igsid(&ig.ig_id, customer);
        world.counts.times_sent(&ig.ig_id, &recipient, text)
    }

    /// The id of a customer towards an account, if there is such an account.
    pub fn igsid(&self, account: &str, customer: &str) -> Option<String> {
        let mut world = self.app.world();
        let ig = find_account(&world, account).ok()?;
        Some(world.igsid(&ig.ig_id, customer))
    }

    /// A conversation, oldest message first.
    pub fn thread(&self, account: &str, customer: &str) -> Vec<Message> {
        let mut world = self.app.world();
        let Ok(ig) = find_account(&world, account) else {
            return Vec::new();
        };
        let igsid = world.igsid(&ig.ig_id, customer);
        let thread = world.thread(&ig.ig_id, &igsid);
        thread
            .map(|thread| thread.messages.iter().cloned().collect())
            .unwrap_or_default()
    }

    /// The Pages with their newest tokens.
    pub fn pages(&self) -> Vec<SeededPage> {
        let world = self.app.world();
        let page = |page: &crate::state::accounts::Page| SeededPage {
            page_id: page.page_id.clone(),
            ig_id: page.ig.as_ref().map(|ig| ig.ig_id.clone()),
            username: page.ig.as_ref().map(|ig| ig.username.clone()),
            name: page.name.clone(),
            token: page.token.clone(),
        };
        world.pages.iter().map(page).collect()
    }

    /// The webhook fields that a Page is subscribed to; none when there is no such Page.
    pub fn subscribed(&self, page: &str) -> Vec<String> {
        let world = self.app.world();
        world.page(page).map(|page| page.subscribed.clone()).unwrap_or_default()
    }

    /// All lists at once.
    pub fn snapshot(&self) -> Snapshot {
        let world = self.app.world();
        Snapshot {
            sent: world.sent.iter().cloned().collect(),
            calls: world.calls.iter().cloned().collect(),
            deliveries: world.deliveries.iter().cloned().collect(),
            faults: world.faults.all().to_vec(),
            counts: world.counts.clone(),
            unfinished: world.deliveries.unfinished,
        }
    }

    /// Signed requests of manual mode; each is handed out once.
    pub fn take_requests(&self) -> Vec<SignedRequest> {
        std::mem::take(&mut self.app.world().deliveries.manual)
    }

    /// Waits until `state` holds, looking again after every change. `false` when time ran out.
    pub async fn wait_until(&self, time: Duration, state: impl Fn(&Snapshot) -> bool) -> bool {
        self.wait(time, || state(&self.snapshot())).await
    }

    /// Waits until every webhook has been delivered or given up.
    pub async fn settled(&self, time: Duration) -> bool {
        self.wait(time, || self.app.world().deliveries.unfinished == 0).await
    }

    /// Waits until at least `count` sends were accepted, then returns all.
    pub async fn wait_for_sent(&self, count: usize, time: Duration) -> Vec<SentMessage> {
        let enough = u64::try_from(count).unwrap_or(u64::MAX);
        self.wait(time, || self.app.world().counts.sends >= enough).await;
        self.sent()
    }

    async fn wait(&self, time: Duration, holds: impl Fn() -> bool) -> bool {
        let mut changes = self.app.watch();
        let wait = async {
            // The handle keeps the sender alive, so waiting ends with the state or with the time.
            while !holds() {
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::time::timeout(time, wait).await.is_ok()
    }
}
