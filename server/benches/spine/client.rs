//! The light client: requests that were signed beforehand, over connections that stay open, so that the measured server gets
//! nearly all of the machine.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// When a delivery that was refused is delivered again.
const AGAIN: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(60);

/// One keep-alive connection, opened again when the server closed it meanwhile.
pub struct Connection {
    address: SocketAddr,
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            address,
            stream,
            buffer: Vec::with_capacity(4096),
        })
    }

    /// Sends a whole request and reads the whole answer; returns its status. A server closes connections that are idle for long: what
    /// meets a closed one is sent once more.
    pub async fn call(&mut self, request: &[u8]) -> io::Result<u16> {
        match self.try_call(request).await {
            Err(_closed) => {
                *self = Self::open(self.address).await?;
                self.try_call(request).await
            }
            answered => answered,
        }
    }

    /// Delivers as Meta does, though sooner: again, until it is acknowledged. Returns how often it was refused before.
    pub async fn deliver(&mut self, request: &[u8]) -> usize {
        let (started, mut refused) = (Instant::now(), 0);
        while !matches!(self.call(request).await, Ok(200)) {
            assert!(started.elapsed() < PATIENCE, "a delivery was refused for a minute");
            refused += 1;
            tokio::time::sleep(AGAIN).await;
        }
        refused
    }

    async fn try_call(&mut self, request: &[u8]) -> io::Result<u16> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(status) = complete(&self.buffer) {
                return Ok(status);
            }
        }
    }
}

/// The status, once head and body are there. Both servers announce the length of what they say.
fn complete(answer: &[u8]) -> Option<u16> {
    let head_ends = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..head_ends]).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let status = head.get(9..12)?.parse().ok()?;
    (answer.len() >= head_ends + 4 + length.unwrap_or(0)).then_some(status)
}

/// What a round of calls brought.
pub struct Round {
    pub calls: usize,
    pub took: Duration,
    /// In microseconds.
    pub latency: Histogram<u64>,
}

impl Round {
    pub fn per_second(&self) -> f64 {
        self.calls as f64 / self.took.as_secs_f64()
    }
}

pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 60_000_000, 3).expect("sensible bounds")
}

/// Milliseconds at this quantile.
pub fn millis(latency: &Histogram<u64>, quantile: f64) -> f64 {
    latency.value_at_quantile(quantile) as f64 / 1000.0
}

/// Closed loop: every connection sends its next request when the last one was answered.
pub async fn as_fast_as_it_goes(address: SocketAddr, connections: usize, requests: Vec<Vec<u8>>) -> Round {
    let (calls, requests) = (requests.len(), Arc::new(requests));
    let next = Arc::new(AtomicUsize::new(0));
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await.expect("the server answers"));
    }
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for mut connection in open {
        let (requests, next) = (requests.clone(), next.clone());
        tasks.spawn(async move {
            let mut latency = histogram();
            while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                let sent = Instant::now();
                let status = connection.call(request).await.expect("the server answers");
                assert_eq!(status, 200, "a delivery was refused");
                latency.saturating_record(micros(sent.elapsed()));
            }
            latency
        });
    }
    let mut latency = histogram();
    while let Some(part) = tasks.join_next().await {
        latency.add(part.expect("no task panics")).expect("the same bounds");
    }
    Round {
        calls,
        took: started.elapsed(),
        latency,
    }
}

/// Open loop: a request leaves on its tick, whether or not earlier ones were answered.
pub async fn on_a_beat(address: SocketAddr, per_second: u32, requests: Vec<Vec<u8>>, leaves: impl Fn(usize)) -> Round {
    on_a_beat_from(Instant::now(), address, per_second, requests, leaves).await
}

/// The same from a moment on, so that several beats keep apart; at once when it is over.
pub async fn on_a_beat_from(
    first: Instant,
    address: SocketAddr,
    per_second: u32,
    requests: Vec<Vec<u8>>,
    leaves: impl Fn(usize),
) -> Round {
    let calls = requests.len();
    let idle = Arc::new(tokio::sync::Mutex::new(Vec::new()));
    for _ in 0..16 {
        idle.lock()
            .await
            .push(Connection::open(address).await.expect("the server answers"));
    }
    let started = first.max(Instant::now());
    let mut ticks = tokio::time::interval_at(started.into(), Duration::from_secs(1) / per_second);
    let mut tasks = JoinSet::new();
    for (number, request) in requests.into_iter().enumerate() {
        ticks.tick().await;
        leaves(number);
        let (sent, idle) = (Instant::now(), idle.clone());
        tasks.spawn(async move {
            let free = idle.lock().await.pop();
            let mut connection = match free {
                Some(connection) => connection,
                None => Connection::open(address).await.expect("the server answers"),
            };
            connection.deliver(&request).await;
            let took = sent.elapsed();
            idle.lock().await.push(connection);
            took
        });
    }
    let mut latency = histogram();
    while let Some(took) = tasks.join_next().await {
        latency.saturating_record(micros(took.expect("no task panics")));
    }
    Round {
        calls,
        took: started.elapsed(),
        latency,
    }
}

pub fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
