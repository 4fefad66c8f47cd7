//! Runs the engine as a task of its own: whether it runs is what `/readyz` says, and stopping waits for the jobs in hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use engine::{Engine, Role};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::cli::ServeRole;
use crate::failure::Failure;
use crate::shutdown::GRACE;

pub(super) struct EngineTask {
    task: JoinHandle<()>,
    up: Arc<AtomicBool>,
    works: bool,
}

/// Clears the flag however the task ends.
struct ClearOnDrop(Arc<AtomicBool>);

impl Drop for ClearOnDrop {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl EngineTask {
    pub(super) fn start(engine: &Engine, role: ServeRole, stop: CancellationToken) -> Self {
        let role = if role == ServeRole::Web {
            Role::ReceiveOnly
        } else {
            Role::Worker
        };
        let up = Arc::new(AtomicBool::new(true));
        let flag = ClearOnDrop(up.clone());
        let engine = engine.clone();
        let task = tokio::spawn(async move {
            let _clear = flag;
            // Whatever ends the engine ends the process: a supervisor starts it again.
            let _stop = stop.clone().drop_guard();
            engine.run(role, stop).await;
        });
        Self {
            task,
            up,
            works: role == Role::Worker,
        }
    }

    /// The flag for `/readyz`; `None` when the workers run elsewhere.
    pub(super) fn readiness(&self) -> Option<Arc<AtomicBool>> {
        self.works.then(|| self.up.clone())
    }

    /// Waits for the jobs in hand.
    pub(super) async fn finish(mut self) -> Result<(), Failure> {
        match tokio::time::timeout(GRACE, &mut self.task).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Failure::because("the workers failed", &error)),
            Err(_) => {
                // Their rows say how far they came; claims run out and others go on.
                tracing::warn!("some jobs were cut off");
                self.task.abort();
                Ok(())
            }
        }
    }
}
