//! One flood from start to verdict.

use std::fmt::Write;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::{Attempt, DeliveryRecord, SandboxHandle};

use super::attack::{Attack, Flood};
use super::memory::Memory;
use crate::databases::DatabaseKind;
use crate::plan::{Plan, Size, Wave};
use crate::server_process::{Program, free_address};
use crate::traffic::Traffic;
use crate::verdict::Verdict;
use crate::world::World;

/// The usual soft limit of open files; here the server cannot raise it.
const OPEN_FILES: &str = "ulimit -n 1024";
/// Written before the flood, so that the server has touched the memory that its own work takes.
const WARM_UP: usize = 100;
/// More than ten seconds: longer than any caller may keep a connection without a request.
const DMS: usize = 400;
/// So long a flood is over when memory is read for the last time, and so long it has begun again when the server is stopped.
const AFTER: Duration = Duration::from_secs(3);
/// What a flood may cost.
const LARGEST_GROWTH_MB: f64 = 64.0;
const LONGEST_STOP: Duration = Duration::from_secs(5);
/// A delivery is answered in this time, or Meta would deliver it again.
const LONGEST_ANSWER_MS: u64 = 5000;

/// What a flood did.
#[derive(Debug)]
pub struct FloodReport {
    pub flood: Flood,
    /// Milliseconds until a signed delivery was answered, sorted.
    answers: Vec<u64>,
    /// What the first try of each delivery that was not acknowledged at once came to.
    refused: Vec<String>,
    before_mb: f64,
    peak_mb: f64,
    after_mb: f64,
    stop: Duration,
    verdict: Verdict,
}

/// Floods a server of its own; panics when that cannot be carried out, not when its verdict is bad.
pub async fn run(flood: Flood, seed: u64) -> FloodReport {
    println!("flood: {}, {} callers", flood.name(), flood.callers());
    let world = World::set_up(&DatabaseKind::Sqlite, WARM_UP + DMS).await;
    let size = Size {
        kills: 0,
        dms: WARM_UP + DMS,
    };
    let plan = Plan::draw(seed, size, world.shops.len());
    let (warm_up, waves) = plan.waves.split_at(plan.waves.len() * WARM_UP / (WARM_UP + DMS));
    let address = free_address();
    let program = Program::current().within(OPEN_FILES);
    let mut server = world.deployment.serve_by(&program, address, "all");
    server.ready().await;
    let mut customers = Customers::new(&world, server.url("/webhook/instagram"), seed);
    customers.write(warm_up).await;
    let memory = Memory(server.id());
    let before_mb = memory.now();
    memory.forget_peak();

    let attack = Attack::start(flood, address);
    let first = world.meta().deliveries().len();
    customers.write(waves).await;
    let (answers, refused) = answers(&world.meta(), first);
    let peak_mb = memory.peak();
    drop(attack);
    tokio::time::sleep(AFTER).await;
    let after_mb = memory.now();

    let attack = Attack::start(flood, address);
    tokio::time::sleep(AFTER).await;
    let told = Instant::now();
    let log = server.log_end();
    let status = tokio::task::block_in_place(|| server.stop());
    let stop = told.elapsed();
    drop(attack);
    assert!(
        status.success(),
        "SIGTERM ends a server with exit code 0, not {status}:\n{log}"
    );
    let verdict = customers
        .verdict
        .with_ledger(world.deployment.run(&["credits", "verify"], ""));
    world.close().await;
    FloodReport {
        flood,
        answers,
        refused,
        before_mb,
        peak_mb,
        after_mb,
        stop,
        verdict,
    }
}

/// Those who write while the flood goes on.
struct Customers<'a> {
    world: &'a World,
    traffic: Traffic<'a>,
    rng: StdRng,
    verdict: Verdict,
}

impl<'a> Customers<'a> {
    fn new(world: &'a World, webhook: String, seed: u64) -> Self {
        Self {
            world,
            traffic: Traffic::new(world.meta(), &world.shops, vec![webhook]),
            rng: StdRng::seed_from_u64(seed),
            verdict: Verdict::default(),
        }
    }

    /// Writes, and waits for the answers.
    async fn write(&mut self, waves: &[Wave]) {
        self.traffic.send(waves, &mut self.rng).await;
        self.verdict = self.world.at_rest(&self.traffic.sent, 0).await;
    }
}

/// How long each try of each delivery since the `first` took, and what first tries came to where a second one was needed.
fn answers(meta: &SandboxHandle, first: usize) -> (Vec<u64>, Vec<String>) {
    let deliveries: Vec<DeliveryRecord> = meta.deliveries().split_off(first);
    let tries = deliveries.iter().flat_map(|delivery| &delivery.attempts);
    let mut answers: Vec<u64> = tries.map(|attempt| attempt.took_ms).collect();
    answers.sort_unstable();
    let again = deliveries.iter().filter(|delivery| delivery.attempts.len() > 1);
    let refused = again.map(|delivery| first_try(&delivery.attempts[0]));
    (answers, refused.collect())
}

fn first_try(attempt: &Attempt) -> String {
    let status = attempt
        .status
        .map_or("no answer".to_owned(), |status| status.to_string());
    format!("{status} after {} ms", attempt.took_ms)
}

impl FloodReport {
    fn percentile(&self, hundredths: usize) -> u64 {
        self.answers[(self.answers.len() * hundredths / 100).min(self.answers.len() - 1)]
    }

    pub fn complaints(&self) -> Vec<String> {
        let mut complaints: Vec<String> = self.verdict.complaints().into_iter().cloned().collect();
        let growth = self.peak_mb - self.before_mb;
        if growth >= LARGEST_GROWTH_MB {
            complaints.push(format!("memory grew by {growth:.0} MB"));
        }
        if self.stop >= LONGEST_STOP {
            complaints.push(format!("the stop took {:.1} s", self.stop.as_secs_f64()));
        }
        if !self.refused.is_empty() {
            complaints.push(format!("deliveries were not acknowledged at once: {:?}", self.refused));
        }
        if self.percentile(99) >= LONGEST_ANSWER_MS {
            complaints.push(format!("p99 of the answers is {} ms", self.percentile(99)));
        }
        complaints
    }
}

pub fn table(reports: &[FloodReport]) -> String {
    let mut table = String::from(
        "| flood | callers | signed deliveries | refused | p50 ms | p99 ms | memory before, peak, after (MB) | stop (s) | lost | double \
         | `credits verify` |\n|---|---:|---:|---:|---:|---:|---|---:|---:|---:|---|\n",
    );
    for report in reports {
        let verdict = &report.verdict;
        let _infallible = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} | {:.0}, {:.0}, {:.0} | {:.1} | {} | {} | {} |",
            report.flood.name(),
            report.flood.callers(),
            report.answers.len(),
            report.refused.len(),
            report.percentile(50),
            report.percentile(99),
            report.before_mb,
            report.peak_mb,
            report.after_mb,
            report.stop.as_secs_f64(),
            verdict.lost.len(),
            verdict.double.len() + verdict.mismatched.len(),
            if verdict.ledger.is_empty() { "clean" } else { "differs" },
        );
    }
    table
}
