//! The edge over real sockets: silence, half requests, floods, and a stop.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use server::config::Proxies;
use server::http::edge::limits::ConnectionLimits;
use server::http::edge::{self, Edge};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_secs(60);
/// A stop takes no longer, whoever is connected.
const LONGEST_STOP: Duration = Duration::from_secs(5);

struct Served {
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<bool>,
}

fn limits() -> ConnectionLimits {
    ConnectionLimits {
        connections: 8,
        per_network: 8,
        health_reserve: 2,
        head: LONG,
        idle: LONG,
        write: LONG,
    }
}

async fn serve(limits: ConnectionLimits) -> Served {
    serve_patiently(limits, SHORT).await
}

async fn serve_patiently(limits: ConnectionLimits, grace: Duration) -> Served {
    let router = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/endless", get(|| async { endless() }))
        .route("/echo", post(|body: Bytes| async move { body }))
        .route("/never", get(|| async { std::future::pending::<()>().await }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let edge = Edge {
        limits,
        proxies: Proxies::default(),
        grace,
    };
    let serving = tokio::spawn(edge::serve(listener, router, edge, stop.clone()));
    Served { address, stop, serving }
}

fn endless() -> Body {
    let piece = || Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; 1024]));
    Body::from_stream(futures::stream::repeat_with(piece))
}

impl Served {
    async fn send(&self, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream
    }

    async fn ask(&self, path: &str) -> String {
        to_end(
            self.send(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .await,
        )
        .await
    }

    /// Asks until the answer is `expected`.
    async fn until(&self, path: &str, expected: &str) {
        let ask = async { while !self.ask(path).await.starts_with(expected) {} };
        tokio::time::timeout(PATIENCE, ask).await.expect("the answer comes");
    }

    async fn ends_soon(self) -> bool {
        let ended = tokio::time::timeout(LONGEST_STOP, self.ends()).await;
        ended.expect("the stop is quick")
    }

    async fn ends(self) -> bool {
        self.stop.cancel();
        let ended = tokio::time::timeout(PATIENCE, self.serving).await;
        ended.expect("the server stops").unwrap()
    }
}

/// Everything until the connection ends; an end by force is an end.
async fn to_end(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the connection ends");
    String::from_utf8(answer).unwrap()
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut answer = vec![0; 1024];
    let read = tokio::time::timeout(PATIENCE, stream.read(&mut answer)).await;
    let length = read.expect("an answer comes").unwrap();
    String::from_utf8(answer[..length].to_vec()).unwrap()
}

#[tokio::test]
async fn silence_and_half_a_head_are_ended() {
    let served = serve(ConnectionLimits {
        head: SHORT,
        ..limits()
    })
    .await;
    assert_eq!(to_end(served.send("").await).await, "");
    assert_eq!(to_end(served.send("GET /healthz HTTP/1.1\r\nHost:").await).await, "");
}

#[tokio::test]
async fn a_connection_is_kept_for_more_requests_and_not_for_ever() {
    let served = serve(ConnectionLimits {
        idle: SHORT,
        ..limits()
    })
    .await;
    let mut stream = served.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    stream
        .write_all(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nfour")
        .await
        .unwrap();
    assert!(answer(&mut stream).await.ends_with("four"));
    assert_eq!(to_end(stream).await, "");
}

#[tokio::test]
async fn the_second_request_of_a_connection_has_no_longer_than_the_first() {
    let served = serve(ConnectionLimits {
        head: SHORT,
        ..limits()
    })
    .await;
    let mut stream = served.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    stream.write_all(b"GET /healthz HT").await.unwrap();
    assert_eq!(to_end(stream).await, "");
}

#[tokio::test]
async fn however_many_only_hold_a_line_requests_are_answered() {
    let served = serve(limits()).await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(served.send("GET").await);
    }
    for _ in 0..20 {
        assert!(served.ask("/healthz").await.ends_with("ok"));
    }
}

#[tokio::test]
async fn when_all_places_are_taken_the_health_check_is_still_answered() {
    let limits = ConnectionLimits {
        per_network: 100,
        ..limits()
    };
    let served = serve(limits).await;
    let mut busy = Vec::new();
    for _ in 0..limits.connections {
        busy.push(served.send("GET /never HTTP/1.1\r\nHost: x\r\n\r\n").await);
    }
    served.until("/echo", "HTTP/1.1 503").await;
    assert!(served.ask("/healthz").await.ends_with("ok"));
}

#[tokio::test]
async fn a_head_that_is_too_long_is_refused() {
    let served = serve(limits()).await;
    let head = format!(
        "GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n",
        "x".repeat(20_000)
    );
    assert!(to_end(served.send(&head).await).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn a_stop_waits_for_nobody_who_has_not_sent_a_whole_request() {
    let served = serve(limits()).await;
    let silent = served.send("").await;
    let half = served.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Le").await;
    let mut idle = served.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    answer(&mut idle).await;
    assert!(served.ends().await, "nothing was cut off");
    for stream in [silent, half, idle] {
        assert_eq!(to_end(stream).await, "");
    }
}

#[tokio::test]
async fn a_stop_cuts_off_what_never_ends() {
    let served = serve(limits()).await;
    let mut other = served.send("GET /never HTTP/1.1\r\nHost: x\r\n\r\nGET").await;
    served.until("/healthz", "HTTP/1.1 200").await;
    assert!(!served.ends().await);
    let mut rest = Vec::new();
    let _ = other.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}

#[tokio::test]
async fn a_reader_who_does_not_read_is_given_up() {
    let limits = ConnectionLimits {
        connections: 1,
        health_reserve: 0,
        write: SHORT,
        ..limits()
    };
    let served = serve_patiently(limits, LONG).await;
    let mut slow = served.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer(&mut slow).await.starts_with("HTTP/1.1 200"));
    served.until("/healthz", "HTTP/1.1 200").await;
    assert!(served.ends_soon().await);
}

#[tokio::test]
async fn half_a_body_holds_up_no_stop() {
    let served = serve_patiently(limits(), LONG).await;
    let half = served
        .send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nfo")
        .await;
    served.until("/healthz", "HTTP/1.1 200").await;
    assert!(served.ends_soon().await);
    assert_eq!(to_end(half).await, "");
}
