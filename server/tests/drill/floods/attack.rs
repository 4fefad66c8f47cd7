//! The callers of a flood. Whoever is cut off comes again.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// What a webhook delivery may hold, and a caller says it will send.
const BODY_BYTES: usize = 4 * 1024 * 1024;
static PIECE: [u8; 64 * 1024] = [b'a'; 64 * 1024];
/// Every address of 127/8 is this machine; each counts as a network of its own.
const NETWORKS: usize = 16;
/// Between two connections of a caller.
const PAUSE: Duration = Duration::from_secs(1);
/// Between two attempts to sign in, which are what floods there.
const SHORT_PAUSE: Duration = Duration::from_millis(20);

/// A way to flood a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flood {
    /// Nobody, for comparison.
    Calm,
    /// A line of a request's head each second.
    SlowLoris,
    /// Connections that say nothing.
    Silence,
    /// Deliveries of the largest size without a signature.
    UnsignedBodies,
    /// The same with a wrong one, and without their last byte.
    WronglySignedBodies,
    /// Wrong passwords for the address of an owner.
    SignIns,
}

impl Flood {
    pub const ALL: [Self; 6] = [
        Self::Calm,
        Self::SlowLoris,
        Self::Silence,
        Self::UnsignedBodies,
        Self::WronglySignedBodies,
        Self::SignIns,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Calm => "none",
            Self::SlowLoris => "a line of a head each second",
            Self::Silence => "silent sockets",
            Self::UnsignedBodies => "4 MiB without a signature",
            Self::WronglySignedBodies => "4 MiB with a wrong one, the last byte missing",
            Self::SignIns => "wrong passwords",
        }
    }

    /// How many call at once.
    pub fn callers(self) -> usize {
        match self {
            Self::Calm => 0,
            Self::SlowLoris | Self::Silence => 2000,
            Self::UnsignedBodies | Self::WronglySignedBodies => 300,
            Self::SignIns => 100,
        }
    }

    fn pause(self) -> Duration {
        if self == Self::SignIns { SHORT_PAUSE } else { PAUSE }
    }
}

/// A flood that goes on until it is dropped.
pub struct Attack {
    _callers: JoinSet<()>,
}

impl Attack {
    pub fn start(flood: Flood, server: SocketAddr) -> Self {
        let mut callers = JoinSet::new();
        for number in 0..flood.callers() {
            callers.spawn(async move {
                // Spread over the first second, so that the callers do not come as one.
                sleep(PAUSE * u32::try_from(number % 100).expect("a small number") / 100).await;
                for call in 0.. {
                    // To be turned away is what a caller of a flood expects.
                    let _turned_away = call_once(flood, server, number + call).await;
                    sleep(flood.pause()).await;
                }
            });
        }
        Self { _callers: callers }
    }
}

async fn call_once(flood: Flood, server: SocketAddr, number: usize) -> io::Result<()> {
    let mut stream = connect(server, number).await?;
    match flood {
        Flood::Calm => Ok(()),
        Flood::SlowLoris => drip(&mut stream).await,
        Flood::Silence => end(&mut stream).await,
        Flood::UnsignedBodies => send_body(&mut stream, "", BODY_BYTES).await,
        Flood::WronglySignedBodies => {
            let signature = format!("X-Hub-Signature-256: sha256={}\r\n", "0".repeat(64));
            send_body(&mut stream, &signature, BODY_BYTES - 1).await
        }
        Flood::SignIns => sign_in(&mut stream, number).await,
    }
}

async fn connect(server: SocketAddr, number: usize) -> io::Result<TcpStream> {
    let network = u8::try_from(number % NETWORKS).expect("a small number");
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddrV4::new(Ipv4Addr::new(127, 0, 1, 1 + network), 0).into())?;
    socket.connect(server).await
}

/// Until the server ends the connection.
async fn end(stream: &mut TcpStream) -> io::Result<()> {
    tokio::io::copy(stream, &mut tokio::io::sink()).await.map(drop)
}

async fn drip(stream: &mut TcpStream) -> io::Result<()> {
    stream
        .write_all(b"POST /webhook/instagram HTTP/1.1\r\nHost: concierge\r\n")
        .await?;
    loop {
        sleep(Duration::from_secs(1)).await;
        stream.write_all(b"Accept: text/html\r\n").await?;
    }
}

async fn send_body(stream: &mut TcpStream, signature: &str, bytes: usize) -> io::Result<()> {
    let head = format!(
        "POST /webhook/instagram HTTP/1.1\r\nHost: concierge\r\nContent-Length: {BODY_BYTES}\r\n{signature}\r\n"
    );
    let (mut reads, mut writes) = stream.split();
    let send = async {
        writes.write_all(head.as_bytes()).await?;
        for from in (0..bytes).step_by(PIECE.len()) {
            writes.write_all(&PIECE[..PIECE.len().min(bytes - from)]).await?;
        }
        std::future::pending().await
    };
    let answered = async {
        let mut first = [0; 64];
        reads.read(&mut first).await.map(drop)
    };
    tokio::select! {
        ended = send => ended,
        ended = answered => ended,
    }
}

async fn sign_in(stream: &mut TcpStream, number: usize) -> io::Result<()> {
    let form = format!("email=owner%40shop-0.example&password=a+wrong+password+{number}");
    let length = form.len();
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: concierge\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{form}",
        app::endpoints::SIGN_IN
    );
    stream.write_all(request.as_bytes()).await?;
    end(stream).await
}
