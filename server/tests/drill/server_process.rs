//! One running `concierge serve`, and which program it is.
#![allow(dead_code, reason = "the drill and the benchmarks each use their own part")]
#![allow(
    clippy::allow_attributes,
    reason = "an unused part is expected in some binaries only"
)]

use std::ffi::OsString;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A debug build on a busy machine needs seconds to start.
const START: Duration = Duration::from_secs(60);

/// A build of Concierge, and what the operating system allows it.
#[derive(Debug, Clone)]
pub struct Program {
    binary: OsString,
    name: Option<String>,
    /// A line of shell that runs before it.
    limits: Option<&'static str>,
}

impl Program {
    /// `make drill` runs the release build; the test itself needs no optimising.
    pub fn current() -> Self {
        let binary = std::env::var_os("CONCIERGE_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_concierge").into());
        Self {
            binary,
            name: None,
            limits: None,
        }
    }

    /// The release before this one, where `make drill` found and built it.
    pub fn previous() -> Option<Self> {
        let given = |variable| std::env::var_os(variable).filter(|value| !value.is_empty());
        Some(Self {
            binary: given("CONCIERGE_PREVIOUS_BIN")?,
            name: given("CONCIERGE_PREVIOUS_TAG").map(|tag| tag.to_string_lossy().into_owned()),
            limits: None,
        })
    }

    /// The tag it was built from.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("not tagged")
    }

    /// Started by a shell that runs this line first, such as `ulimit -n 1024`.
    pub fn within(self, limits: &'static str) -> Self {
        Self {
            limits: Some(limits),
            ..self
        }
    }

    /// How to run it with these arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match self.limits {
            None => Command::new(&self.binary),
            Some(limits) => {
                let mut shell = Command::new("sh");
                shell
                    .args(["-c", &format!("{limits}; exec \"$0\" \"$@\"")])
                    .arg(&self.binary);
                shell
            }
        };
        command.args(arguments);
        command
    }
}

/// One running `concierge serve`; killed when dropped.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl ServerProcess {
    /// Runs `command`; what it logs is in the file `log`.
    pub fn start(command: &mut Command, address: SocketAddr, log: PathBuf) -> Self {
        let child = command.spawn().expect("the server starts");
        Self { child, address, log }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Waits until it can do its work.
    pub async fn ready(&mut self) {
        let started = Instant::now();
        while !self.is_ready().await {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                panic!("the server ended by itself ({status}):\n{}", self.log_end());
            }
            assert!(
                started.elapsed() < START,
                "the server does not become ready:\n{}",
                self.log_end()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn is_ready(&self) -> bool {
        self.answers("/readyz").await
    }

    /// Whether it answers there, and well.
    pub async fn answers(&self, path: &str) -> bool {
        self.get(path).await.is_ok_and(|answer| answer.status().is_success())
    }

    /// What it says about itself; null while it does not answer.
    pub async fn readiness(&self) -> Value {
        match self.get("/readyz").await {
            Ok(answer) => answer.json().await.unwrap_or_default(),
            Err(_) => Value::Null,
        }
    }

    async fn get(&self, path: &str) -> reqwest::Result<reqwest::Response> {
        let client = reqwest::Client::builder().timeout(START).build().expect("a client");
        client.get(self.url(path)).send().await
    }

    /// SIGKILL: no clean-up, no last word.
    pub fn kill(mut self) {
        self.child.kill().expect("the server is ours to kill");
        self.child.wait().expect("it is dead");
    }

    /// SIGTERM; returns how it ended.
    pub fn stop(mut self) -> ExitStatus {
        let told = Command::new("kill")
            .arg(self.child.id().to_string())
            .status()
            .expect("kill is there");
        assert!(told.success());
        self.child.wait().expect("it ends")
    }

    pub fn log_end(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _already_dead = self.child.wait();
    }
}

/// An address nobody listens on at this moment.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address")
}
