//! The echo of an accepted send. On the real platform it may arrive before or after the answer.

use std::sync::Arc;
use std::time::Duration;

use super::event::Event;
use super::lanes;
use super::queue::Sending;
use crate::config::EchoMode;
use crate::state::App;

/// A webhook that does not answer must not keep the send from being answered for ever.
const ECHO_TIMEOUT: Duration = Duration::from_secs(5);
/// Time for the answer to leave before its echo does.
const ECHO_DELAY: Duration = Duration::from_millis(15);

/// Sends the echo when the configuration says so.
pub async fn emit(app: &Arc<App>, event: Event) {
    match app.config.echo {
        EchoMode::Never => {}
        EchoMode::Before => {
            let tried = lanes::enqueue(app, event, &Sending::default());
            if tokio::time::timeout(ECHO_TIMEOUT, tried).await.is_err() {
                tracing::debug!("echo still undelivered when its send is answered");
            }
        }
        EchoMode::After => {
            let later = app.clone();
            app.change(|world| world.deliveries.unfinished += 1);
            app.tasks.spawn(async move {
                tokio::time::sleep(ECHO_DELAY).await;
                lanes::enqueue(&later, event, &Sending::default());
                later.change(|world| {
                    world.deliveries.unfinished = world.deliveries.unfinished.saturating_sub(1);
                });
            });
        }
    }
}
