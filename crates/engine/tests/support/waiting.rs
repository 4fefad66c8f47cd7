//! Waits for a state, never for a time.

use std::future::Future;
use std::time::{Duration, Instant};

/// Far beyond what anything takes; only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks `question` until it answers `Some`, and fails with `what` when it never does.
pub async fn eventually<T, F, Fut>(what: &str, question: F) -> T
where
    F: Fn() -> Fut,
    Fut: Future<Output = Option<T>>,
{
    let started = Instant::now();
    loop {
        if let Some(answer) = question().await {
            return answer;
        }
        assert!(started.elapsed() < PATIENCE, "this never happened: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
