//! Brings conversations with due replies to work, a bounded number at a time: those that this process has just recorded, and those that
//! jobs name (replies that waited, replies that other processes recorded).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::ids::{ConversationId, ReplyId};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::fair_queue::FairQueue;
use super::worker::Pipeline;
use crate::replies::DueReply;

/// Where those who find due replies meet those who work on them. Clones share everything.
#[derive(Debug, Clone)]
pub struct Dispatcher(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    queue: Mutex<FairQueue>,
    changed: Notify,
    is_running: AtomicBool,
}

impl Dispatcher {
    /// At most `places` replies are in work at a time, once it [runs](Pipeline::dispatch).
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self(Arc::new(Shared {
            queue: Mutex::new(FairQueue::new(places)),
            changed: Notify::new(),
            is_running: AtomicBool::new(false),
        }))
    }

    /// Whether this process works on replies; otherwise they need jobs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.0.is_running.load(Ordering::Relaxed)
    }

    /// Takes committed replies to work. What there is no room for is found by the sweeper.
    pub fn hand_over(&self, due: impl IntoIterator<Item = DueReply>) {
        let mut queue = self.queue();
        for reply in due {
            if !queue.add(reply) {
                metrics::counter!("concierge_replies_left_to_sweeper_total").increment(1);
            }
        }
        drop(queue);
        self.0.changed.notify_one();
    }

    /// Whether this reply waits here or is in work.
    pub(super) fn holds(&self, reply: ReplyId) -> bool {
        self.queue().holds(reply)
    }

    fn start_next(&self) -> Option<ConversationId> {
        self.queue().start_next()
    }

    fn finish(&self, conversation: ConversationId) {
        self.queue().finish(conversation);
        self.0.changed.notify_one();
    }

    fn queue(&self) -> MutexGuard<'_, FairQueue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Frees a conversation's place, whatever becomes of the work.
struct Place {
    dispatcher: Dispatcher,
    conversation: ConversationId,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.dispatcher.finish(self.conversation);
    }
}

impl Pipeline {
    /// Works on what is handed over until `shutdown`, then finishes what is in hand, at most `finish_within`; what is unfinished then is
    /// dropped at its next wait. What waits stays in its rows.
    pub async fn dispatch(&self, shutdown: CancellationToken, finish_within: Duration) {
        let dispatcher = self.dispatcher();
        let (tasks, give_up) = (TaskTracker::new(), CancellationToken::new());
        dispatcher.0.is_running.store(true, Ordering::Relaxed);
        while !shutdown.is_cancelled() {
            while let Some(conversation) = dispatcher.start_next() {
                let place = Place {
                    dispatcher: dispatcher.clone(),
                    conversation,
                };
                tasks.spawn(self.clone().work_at(place, give_up.clone()));
            }
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = dispatcher.0.changed.notified() => {}
            }
        }
        dispatcher.0.is_running.store(false, Ordering::Relaxed);
        tasks.close();
        tokio::select! {
            () = tasks.wait() => {}
            () = tokio::time::sleep(finish_within) => give_up.cancel(),
        }
        tasks.wait().await;
    }

    async fn work_at(self, place: Place, give_up: CancellationToken) {
        let work = self.work_on(place.conversation);
        if let Some(Err(error)) = give_up.run_until_cancelled(work).await {
            let (conversation, error) = (place.conversation, &error as &dyn std::error::Error);
            tracing::error!(conversation.id = %conversation, error, "work on a reply stopped; the sweeper comes back to it");
        }
    }
}
