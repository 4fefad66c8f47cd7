//! Starts a server and stops it well: the engine, the public port, the metrics port.

mod engine_task;
mod open;
mod set_up_code;

use std::net::SocketAddr;

use app::auth::DemoSignIn;
use app::context::SandboxAddress;
use engine::Engine;
use engine::clock::SharedClock;
use engine::storage::Database;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::cli::ServeRole;
use crate::config::{BaseUrl, Config};
use crate::data_lock::DataLock;
use crate::failure::Failure;
use crate::http::edge::limits::ConnectionLimits;
use crate::http::edge::{self, Edge, open_files};
use crate::http::router::{self, Exposure};
use crate::http::routes::health::Readiness;
use crate::metrics;
use crate::shutdown::GRACE;
use engine_task::EngineTask;
pub(crate) use open::instagram;

/// A server that is ready to start.
#[derive(Debug)]
pub struct Server {
    config: Config,
    role: ServeRole,
    engine: Engine,
    _lock: Option<DataLock>,
}

/// What differs between `serve` and `demo`.
#[derive(Debug, Clone)]
pub struct LaunchOptions {
    /// Who can reach the server.
    pub exposure: Exposure,
    /// The demo, and what its sign-in form is filled with.
    pub demo: Option<Option<DemoSignIn>>,
    /// Where the sandbox's chat page is.
    pub sandbox: Option<SandboxAddress>,
}

/// Opens the public port.
///
/// # Errors
/// The address is taken.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| Failure::because(&format!("cannot listen on {address} (CONCIERGE_LISTEN)"), &error))
}

impl Server {
    /// Opens database and engine for `config`. The demo remembers which keyword matched; nothing else does.
    ///
    /// # Errors
    /// The database is away, in use, too old, or sealed with other keys.
    pub async fn open(config: Config, role: ServeRole, clock: SharedClock, demo: bool) -> Result<Self, Failure> {
        let lock = config
            .storage
            .sqlite_file()
            .map(|file| DataLock::take(&file))
            .transpose()?;
        let engine = open::engine(&config, clock, demo).await?;
        Ok(Self {
            config,
            role,
            engine,
            _lock: lock,
        })
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The public address.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.config.web.base_url
    }

    /// Where everything is stored.
    #[must_use]
    pub fn database(&self) -> &Database {
        self.engine.database()
    }

    /// Serves on `listener` until `stop`, then finishes the work in hand.
    ///
    /// # Errors
    /// The port or the workers fail.
    pub async fn run(
        self,
        listener: TcpListener,
        options: LaunchOptions,
        stop: CancellationToken,
    ) -> Result<(), Failure> {
        if let Some(address) = self.config.runtime.metrics_listen {
            start_metrics(address, &options)?;
        }
        let engine = EngineTask::start(&self.engine, self.role, stop.clone());
        let readiness =
            Readiness::new(self.database(), engine.readiness()).with_breaker(self.engine.pipeline().breaker());
        let router = match self.role {
            ServeRole::Worker => router::worker(readiness),
            ServeRole::All | ServeRole::Web => {
                if options.demo.is_none() {
                    set_up_code::print_code(self.database(), self.engine.clock(), &self.config.web.base_url).await?;
                }
                router::web(&open::web_server(
                    &self.config,
                    &self.engine,
                    readiness,
                    options,
                    stop.clone(),
                ))
            }
        };
        tracing::info!(address = %self.config.web.listen, role = ?self.role, "serving");
        let edge = Edge {
            limits: ConnectionLimits::within(open_files::raise()),
            proxies: self.config.web.proxies.clone(),
            grace: GRACE,
        };
        if !edge::serve(listener, router, edge, stop).await {
            tracing::warn!("some requests were cut off");
        }
        let worked = engine.finish().await;
        self.database().close().await;
        worked
    }
}

/// A second demo on the same machine is worth more than its metrics.
fn start_metrics(address: SocketAddr, options: &LaunchOptions) -> Result<(), Failure> {
    match metrics::listen(address) {
        Err(failure) if options.demo.is_some() => {
            tracing::warn!(%failure, "there are no metrics");
            Ok(())
        }
        result => result,
    }
}
