//! Order: one lane per Instagram account, so that events of an account arrive as they happened while
//! accounts do not wait for each other. Quiet sandboxes have no lanes, only a limit.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::event::Event;
use super::log::DeliveryState;
use super::post;
use super::queue::{Job, Sending};
use crate::state::App;

/// Queues an event. The receiver hears when the first try is over; it may be dropped.
pub fn enqueue(app: &Arc<App>, event: Event, sending: &Sending) -> oneshot::Receiver<()> {
    let (tried, receiver) = oneshot::channel();
    let goes_out = app.change(|world| {
        let page = world.page_by_ig(&event.ig_id);
        let subscribed =
            page.is_none_or(|page| !page.subscribed.is_empty() && !world.faults.unsubscribed(&page.page_id));
        if !subscribed {
            world
                .deliveries
                .open(std::slice::from_ref(&event), DeliveryState::Dropped);
        } else if world.mode.hold {
            world.deliveries.held.push(event.clone());
        } else {
            world.deliveries.unfinished += 1;
            return true;
        }
        false
    });
    if !goes_out {
        return receiver;
    }
    let mut sending = sending.clone();
    if app.config.quiet {
        let app = app.clone();
        app.clone().tasks.spawn(async move {
            let permit = app.lanes.quiet.clone().acquire_owned().await;
            send(&app, &[event], &sending, 1).await;
            drop(permit);
        });
        return receiver;
    }
    sending.twice |= app.world().mode.twice;
    let job = Job { event, sending, tried };
    let mut open = app.lanes.open.lock().unwrap_or_else(PoisonError::into_inner);
    let lane = open.entry(job.event.ig_id.clone()).or_insert_with(|| start(app));
    if lane.send(job).is_err() {
        tracing::debug!("event after shutdown");
    }
    receiver
}

fn start(app: &Arc<App>) -> mpsc::UnboundedSender<Job> {
    let (sender, mut jobs) = mpsc::unbounded_channel();
    let (app, stop) = (app.clone(), app.stop.clone());
    app.clone().tasks.spawn(async move {
        let work = async {
            while let Some(first) = jobs.recv().await {
                run(&app, first, &mut jobs).await;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = work => {}
        }
    });
    sender
}

async fn run(app: &Arc<App>, first: Job, jobs: &mut mpsc::UnboundedReceiver<Job>) {
    let mode = app.world().mode.clone();
    let mut waiting = vec![first];
    let most = if mode.reorder {
        mode.batch.max(2)
    } else {
        mode.batch.max(1)
    };
    if most > 1 {
        gather(&mut waiting, jobs, most, Duration::from_millis(mode.gather_ms)).await;
    }
    if mode.reorder {
        waiting.reverse();
    }
    let per_post = mode.batch.max(1);
    while !waiting.is_empty() {
        let now: Vec<Job> = waiting.drain(..per_post.min(waiting.len())).collect();
        let sending = Sending {
            twice: now.iter().any(|job| job.sending.twice),
            delay: now.iter().map(|job| job.sending.delay).max().unwrap_or_default()
                + Duration::from_millis(mode.delay_ms),
        };
        let events: Vec<Event> = now.iter().map(|job| job.event.clone()).collect();
        send(app, &events, &sending, events.len()).await;
        for job in now {
            // The receiver may be gone.
            let _ = job.tried.send(());
        }
    }
}

async fn gather(waiting: &mut Vec<Job>, jobs: &mut mpsc::UnboundedReceiver<Job>, most: usize, time: Duration) {
    let deadline = tokio::time::Instant::now() + time;
    while waiting.len() < most {
        match tokio::time::timeout_at(deadline, jobs.recv()).await {
            Ok(Some(job)) => waiting.push(job),
            _ => return,
        }
    }
}

/// One POST, or two; `queued` events leave the queue with it.
pub async fn send(app: &Arc<App>, events: &[Event], sending: &Sending, queued: usize) {
    if !sending.delay.is_zero() {
        tokio::time::sleep(sending.delay).await;
    }
    post::deliver(app, events).await;
    if sending.twice {
        post::deliver(app, events).await;
    }
    app.change(|world| {
        world.deliveries.unfinished = world.deliveries.unfinished.saturating_sub(queued);
    });
}
