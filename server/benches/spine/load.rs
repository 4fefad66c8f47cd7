//! As many DMs as get answered: a fixed number of them waits for its answers at any time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::client::Connection;
use crate::database_processes::DatabaseProcesses;
use crate::deliveries::Deliveries;
use crate::graph::Graph;
use crate::machine;
use crate::server_process::ServerProcess;

/// Connections over which deliveries come.
const CONNECTIONS: usize = 64;
/// DMs that wait at a time for each server: twice what it has in flight, so that it always has work.
const WAITING: usize = 512;
/// What happens before the clock starts: caches fill, statements are prepared.
const WARM_UP: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(60);

/// When enough was measured.
#[derive(Clone, Copy)]
pub enum Until {
    After(Duration),
    Replies(u64),
}

/// Who is asked by whom.
pub struct Load<'a> {
    pub servers: &'a [(SocketAddr, ServerProcess)],
    /// Asked in turn.
    pub accounts: Vec<Deliveries>,
    pub graph: &'a Graph,
    pub database: DatabaseProcesses,
}

/// What a load brought, and what it cost.
pub struct Sustained {
    pub replies: u64,
    pub took: Duration,
    servers: Option<Duration>,
    database: Option<Duration>,
    client: Option<Duration>,
}

impl Sustained {
    pub fn per_second(&self) -> f64 {
        self.replies as f64 / self.took.as_secs_f64()
    }

    /// Microseconds of processor time that the servers took for a reply.
    pub fn server_micros(&self) -> f64 {
        self.micros(self.servers)
    }

    /// The same of the database, where it is a server on this machine.
    pub fn database_micros(&self) -> Option<f64> {
        self.database.map(|used| self.micros(Some(used)))
    }

    /// In percent.
    pub fn client_share(&self) -> f64 {
        let used = self.client.map_or(f64::NAN, |used| used.as_secs_f64());
        used / self.took.as_secs_f64() / machine::cores() as f64 * 100.0
    }

    fn micros(&self, used: Option<Duration>) -> f64 {
        used.map_or(f64::NAN, |used| used.as_secs_f64() * 1e6 / self.replies as f64)
    }
}

/// Processor time that was used until a moment.
struct Used {
    at: Instant,
    replies: u64,
    servers: Option<Duration>,
    database: Option<Duration>,
    client: Option<Duration>,
}

impl Load<'_> {
    /// Ends when all its DMs are answered.
    pub async fn sustain(self, until: Until) -> Sustained {
        let before_all = self.graph.sends();
        self.graph.room().forget_permits(usize::MAX);
        self.graph.room().add_permits(WAITING * self.servers.len());
        let addresses: Vec<SocketAddr> = self.servers.iter().map(|(address, _)| *address).collect();
        let senders = Arc::new(Senders {
            addresses,
            accounts: self.accounts,
            graph: self.graph.clone(),
            next: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let mut tasks = JoinSet::new();
        for number in 0..CONNECTIONS {
            tasks.spawn(senders.clone().send(number));
        }
        tokio::time::sleep(WARM_UP).await;
        let before = used(self.servers, &self.database, self.graph);
        let started = Instant::now();
        let enough = || match until {
            Until::After(time) => started.elapsed() >= time,
            Until::Replies(count) => self.graph.sends() - before.replies >= count,
        };
        while !enough() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let after = used(self.servers, &self.database, self.graph);
        senders.stop.store(true, Ordering::Relaxed);
        let made: u64 = tasks.join_all().await.iter().sum();
        until_sent(self.graph, before_all + made).await;
        let refused = senders.refused.load(Ordering::Relaxed);
        if refused > 0 {
            println!("{refused} deliveries were refused and came again");
        }
        let between = |before: Option<Duration>, after: Option<Duration>| Some(after?.saturating_sub(before?));
        Sustained {
            replies: after.replies - before.replies,
            took: after.at - before.at,
            servers: between(before.servers, after.servers),
            database: between(before.database, after.database),
            client: between(before.client, after.client),
        }
    }
}

fn used(servers: &[(SocketAddr, ServerProcess)], database: &DatabaseProcesses, graph: &Graph) -> Used {
    let times = servers.iter().map(|(_, server)| machine::processor_time(server.id()));
    Used {
        servers: times.sum(),
        database: database.time(),
        client: machine::processor_time(std::process::id()),
        replies: graph.sends(),
        at: Instant::now(),
    }
}

struct Senders {
    addresses: Vec<SocketAddr>,
    accounts: Vec<Deliveries>,
    graph: Graph,
    next: AtomicUsize,
    refused: AtomicUsize,
    stop: AtomicBool,
}

impl Senders {
    /// Over one connection to one of the servers, for all accounts in turn; returns how many DMs were delivered.
    async fn send(self: Arc<Self>, number: usize) -> u64 {
        let address = self.addresses[number % self.addresses.len()];
        let mut connection = Connection::open(address).await.expect("the server answers");
        let mut made = 0;
        loop {
            self.graph.room().acquire().await.expect("never closed").forget();
            if self.stop.load(Ordering::Relaxed) {
                self.graph.room().add_permits(1);
                return made;
            }
            let account = self.next.fetch_add(1, Ordering::Relaxed) % self.accounts.len();
            let delivery = self.accounts[account].next(address);
            let refused = connection.deliver(&delivery.request).await;
            self.refused.fetch_add(refused, Ordering::Relaxed);
            made += 1;
        }
    }
}

async fn until_sent(graph: &Graph, sends: u64) {
    let started = Instant::now();
    while graph.sends() < sends {
        let missing = sends - graph.sends();
        assert!(started.elapsed() < PATIENCE, "{missing} DMs were not answered");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // The last answers are still on their way back.
    tokio::time::sleep(Duration::from_millis(500)).await;
}
