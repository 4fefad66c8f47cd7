//! Asks the look-up what Concierge did with each message until it has a final answer.

use std::sync::Arc;
use std::time::Duration;

use crate::config::{Explanation, Tone};
use crate::state::App;
use crate::state::thread::Author;

const POLL_INTERVAL: Duration = Duration::from_millis(400);
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(2);
/// Only the newest messages are asked about.
const NEWEST: usize = 60;
const KEEP: usize = 5000;

/// Asks in the background while a chat page is open.
pub fn poll_explanations(app: &Arc<App>) {
    if app.config.explain.is_none() {
        return;
    }
    let app = app.clone();
    app.clone().tasks.spawn(async move {
        let mut tick = tokio::time::interval(POLL_INTERVAL);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = app.stop.cancelled() => return,
                _ = tick.tick() => {}
            }
            if app.is_watched() {
                ask_once(&app).await;
            }
        }
    });
}

/// One question per open message; tells the page only when an answer is new.
pub async fn ask_once(app: &App) {
    let Some(explain) = &app.config.explain else {
        return;
    };
    let questions = open_messages(app).into_iter().map(|mid| async move {
        let answer = tokio::time::timeout(LOOKUP_TIMEOUT, explain(mid.clone()))
            .await
            .ok()
            .flatten()?;
        Some((mid, answer))
    });
    let answers: Vec<(String, Explanation)> = futures::future::join_all(questions)
        .await
        .into_iter()
        .flatten()
        .collect();
    let news = {
        let world = app.world();
        answers
            .iter()
            .any(|(mid, answer)| world.explanations.get(mid) != Some(answer))
    };
    if news {
        app.change(|world| {
            if world.explanations.len() > KEEP {
                world.explanations.clear();
            }
            world.explanations.extend(answers);
        });
    }
}

fn open_messages(app: &App) -> Vec<String> {
    let world = app.world();
    let mut open: Vec<(i64, String)> = world
        .threads
        .values()
        .flat_map(|thread| thread.messages.iter().rev().take(NEWEST))
        .filter(|message| message.author == Author::Customer)
        .filter(|message| {
            let known = world.explanations.get(&message.mid);
            known.is_none_or(|known| known.tone == Tone::Wait)
        })
        .map(|message| (message.at_ms, message.mid.clone()))
        .collect();
    open.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    open.truncate(NEWEST);
    open.into_iter().map(|(_, mid)| mid).collect()
}
