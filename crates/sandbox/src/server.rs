//! Starting and stopping a sandbox.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::config::SandboxConfig;
use crate::guard::Guard;
use crate::handle::SandboxHandle;
use crate::listener::{Connection, CuttableListener};
use crate::routes;
use crate::state::App;

/// How long open requests may take to finish at the end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// A running sandbox. Dropping it stops it; [`Sandbox::shutdown`] also waits for the port.
pub struct Sandbox {
    addr: SocketAddr,
    app: Arc<App>,
    server: Option<JoinHandle<()>>,
}

/// Why a sandbox did not start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error("the sandbox cannot listen on {addr}")]
    Listen { addr: SocketAddr, source: io::Error },
    #[error("the sandbox cannot make an HTTP client")]
    Client(#[from] reqwest::Error),
}

impl Sandbox {
    /// Opens the port and serves until it is shut down or dropped.
    ///
    /// # Errors
    /// The address is taken, or no HTTP client can be made.
    pub async fn start(config: SandboxConfig) -> Result<Self, StartError> {
        let addr = config.listen;
        let listen = |source| StartError::Listen { addr, source };
        let tcp = TcpListener::bind(addr).await.map_err(listen)?;
        let addr = tcp.local_addr().map_err(listen)?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        let guard = Guard::new(addr, config.expose);
        let app = App::new(config, http);
        let service = routes::router(&app, guard).into_make_service_with_connect_info::<Connection>();
        let stop = app.stop.clone().cancelled_owned();
        let serve = axum::serve(CuttableListener(tcp), service).with_graceful_shutdown(stop);
        let server = tokio::spawn(async move {
            if let Err(error) = serve.await {
                tracing::error!(%error, "sandbox stopped serving");
            }
        });
        crate::chat::explain::poll_explanations(&app);
        Ok(Self {
            addr,
            app,
            server: Some(server),
        })
    }

    /// Where it really listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `http://127.0.0.1:<port>`, also when it listens on every address.
    pub fn base_url(&self) -> String {
        let mut addr = self.addr;
        if addr.ip().is_unspecified() {
            addr.set_ip(if addr.is_ipv4() {
                Ipv4Addr::LOCALHOST.into()
            } else {
                Ipv6Addr::LOCALHOST.into()
            });
        }
        format!("http://{addr}")
    }

    /// Controls this sandbox.
    pub fn handle(&self) -> SandboxHandle {
        SandboxHandle::new(self.app.clone())
    }

    /// Stops serving and delivering; waits until the port is free.
    pub async fn shutdown(mut self) {
        self.app.stop.cancel();
        self.app.tasks.close();
        if let Some(mut server) = self.server.take()
            && tokio::time::timeout(SHUTDOWN_TIMEOUT, &mut server).await.is_err()
        {
            server.abort();
        }
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, self.app.tasks.wait())
            .await
            .is_err()
        {
            tracing::debug!("a delivery outlived the sandbox");
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.app.stop.cancel();
    }
}
