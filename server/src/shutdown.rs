//! SIGTERM and SIGINT: stop accepting, finish the work in hand, leave.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// How long the work in hand may take.
pub const GRACE: Duration = Duration::from_secs(30);

/// A token that is cancelled by the first SIGTERM or SIGINT. A second one ends the process at once.
#[must_use]
pub fn on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let token = stop.clone();
    tokio::spawn(async move {
        wait_for_signal().await;
        tracing::info!("stopping: finishing the work in hand");
        token.cancel();
        wait_for_signal().await;
        std::process::exit(1);
    });
    stop
}

#[cfg(unix)]
async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be received");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = terminate => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

#[cfg(not(unix))]
async fn wait_for_signal() {
    drop(tokio::signal::ctrl_c().await);
}
