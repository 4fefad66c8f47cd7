//! Servers at work with their real workers.

use engine::{Engine, Role};
use futures::future::join_all;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::World;

/// Servers that work until they are stopped.
pub struct Servers {
    pub engines: Vec<Engine>,
    shutdown: CancellationToken,
    running: Vec<JoinHandle<()>>,
}

impl World {
    /// The story's own server begins to work.
    pub fn start_workers(&self) -> Servers {
        Servers::start(vec![self.engine.clone()])
    }

    /// `count` more servers on the same database begin to work.
    pub async fn start_servers(&self, count: usize) -> Servers {
        let mut engines = Vec::new();
        for _ in 0..count {
            engines.push(self.another_engine(self.database.open_again().await).await);
        }
        Servers::start(engines)
    }
}

impl Servers {
    fn start(engines: Vec<Engine>) -> Self {
        let shutdown = CancellationToken::new();
        let run = |engine: &Engine| {
            let (engine, shutdown) = (engine.clone(), shutdown.clone());
            tokio::spawn(async move { engine.run(Role::Worker, shutdown).await })
        };
        Self {
            running: engines.iter().map(run).collect(),
            engines,
            shutdown,
        }
    }

    /// Asks for a graceful end and waits for it.
    pub async fn stop(self) {
        self.shutdown.cancel();
        for ended in join_all(self.running).await {
            ended.unwrap();
        }
    }
}
