//! The accept loop, and the life of one connection. HTTP/1 alone: proxies speak it to their servers, and HTTP/2 would need limits of
//! its own for streams and resets.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use app::context::ClientAddress;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::{IntoResponse, Response};
use http::{Request, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use super::connections::{Connections, Phase, Place};
use super::limits::{ConnectionLimits, LARGEST_HEAD, LAST_BYTES, RETRY_AFTER_SECONDS};
use super::watched::{AnswerBody, RequestBody, Socket};
use crate::config::Proxies;

/// Answered also on the connections that are kept in reserve.
const HEALTH_PATHS: [&str; 2] = ["/healthz", "/readyz"];
/// After the operating system has refused a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Nothing is due; the driver is woken by a change.
const FAR: Duration = Duration::from_secs(24 * 60 * 60);

/// Who may connect, and how long a stop waits for answers.
#[derive(Debug, Clone)]
pub struct Edge {
    /// How many, and for how long.
    pub limits: ConnectionLimits,
    /// They speak for many callers: not counted as one network.
    pub proxies: Proxies,
    /// After a stop, for answers that are being made.
    pub grace: Duration,
}

#[derive(Clone)]
struct Server {
    router: Router,
    edge: Edge,
    connections: Connections,
    stop: CancellationToken,
    cut: CancellationToken,
}

/// Serves `router` on `listener` until `stop`, then ends connections without a whole request at once, and others when they are
/// answered. Whether all were.
pub async fn serve(listener: TcpListener, router: Router, edge: Edge, stop: CancellationToken) -> bool {
    let server = Server {
        router,
        connections: Connections::new(edge.limits),
        edge,
        stop,
        cut: CancellationToken::new(),
    };
    let tasks = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = server.stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => server.take(stream, peer, &tasks),
            Err(error) => server.recover(&error).await,
        }
    }
    drop(listener);
    tasks.close();
    let ended = tokio::time::timeout(server.edge.grace, tasks.wait()).await.is_ok();
    server.cut.cancel();
    ended
}

impl Server {
    fn take(&self, stream: TcpStream, peer: SocketAddr, tasks: &TaskTracker) {
        let address = peer.ip().to_canonical();
        let trusted = self.edge.proxies.contain(address);
        let network: Option<IpAddr> = (!trusted).then(|| ClientAddress(address).network());
        let Some(place) = self.connections.admit(network) else {
            metrics::counter!("concierge_connections_refused_total").increment(1);
            return;
        };
        let server = self.clone();
        tasks.spawn(async move {
            let cut = server.cut.clone();
            tokio::select! {
                biased;
                () = cut.cancelled() => {}
                () = server.live(stream, peer, place) => {}
            }
        });
    }

    /// A caller who is gone already costs nothing; without files, one who only waits gives way.
    async fn recover(&self, error: &io::Error) {
        use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
        if matches!(
            error.kind(),
            ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
        ) {
            return;
        }
        tracing::warn!(%error, "a connection was not taken");
        self.connections.close_one();
        tokio::time::sleep(ACCEPT_PAUSE).await;
    }

    async fn live(&self, stream: TcpStream, peer: SocketAddr, place: Arc<Place>) {
        // Answers leave at once; a failure makes them a little later.
        let _ = stream.set_nodelay(true);
        let socket = Socket::new(stream, place.clone(), self.edge.limits.write);
        let answering = place.clone();
        let service = service_fn(|request| self.answer(request, peer, answering.clone()));
        let connection = http1::Builder::new()
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(socket), service);
        let mut connection = std::pin::pin!(connection);
        let mut stopped: Option<Instant> = None;
        while let Some((phase, since)) = place.state() {
            let Some(due) = self.due(phase, since, stopped) else {
                return;
            };
            tokio::select! {
                biased;
                // A caller who broke the protocol or went away: nothing to do about it.
                _ = connection.as_mut() => return,
                () = self.stop.cancelled(), if stopped.is_none() => {
                    stopped = Some(Instant::now());
                    connection.as_mut().graceful_shutdown();
                }
                () = place.changed() => {}
                () = tokio::time::sleep_until(due) => return,
            }
        }
    }

    /// When a connection in this phase ends if nothing happens; `None` for at once.
    fn due(&self, phase: Phase, since: Instant, stopped: Option<Instant>) -> Option<Instant> {
        let limits = &self.edge.limits;
        match (phase, stopped) {
            (Phase::Head, Some(_)) => None,
            (Phase::Body | Phase::Idle, Some(stopped)) => Some(stopped + LAST_BYTES),
            (Phase::Head, None) => Some(since + limits.head),
            (Phase::Idle, None) => Some(since + limits.idle),
            (Phase::Body, None) | (Phase::Answer, _) => Some(Instant::now() + FAR),
        }
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        place: Arc<Place>,
    ) -> Result<Response<AnswerBody>, Infallible> {
        let refused = place.health_only && !HEALTH_PATHS.contains(&request.uri().path());
        let mut request = request.map(|body| Body::new(RequestBody::new(body, place.clone())));
        let response = if refused {
            no_room()
        } else {
            request.extensions_mut().insert(ConnectInfo(peer));
            let Ok(response) = self.router.clone().oneshot(request).await;
            response
        };
        Ok(response.map(|body| AnswerBody::new(body, place)))
    }
}

fn no_room() -> Response {
    let headers = [
        (header::RETRY_AFTER, RETRY_AFTER_SECONDS.to_string()),
        (header::CONNECTION, "close".to_owned()),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, "Too many connections.\n").into_response()
}
