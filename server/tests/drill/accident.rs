//! What goes wrong in a drill besides Meta's own faults.

use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::{EchoMode, Edge, FaultKind, FaultSpec, SandboxConfig, SandboxHandle};

use crate::deployment::APP_SECRET;
use crate::fault_schedule;
use crate::plan::{Plan, PlannedDm, RULES, Size, Wave};
use crate::servers::Servers;
use crate::traffic::Traffic;
use crate::world::World;

const NEW_SECRET: &str = "drill-app-secret-after-the-reset";
/// A DM is answered by then, on a busy machine too.
const BUSY_WITHIN: Duration = Duration::from_secs(30);

/// One kind for each drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accident {
    /// Servers die by SIGKILL.
    Kills,
    /// The app secret is reset at Meta while DMs come in; then the servers are restarted with both.
    SecretReset,
    /// Meta's clock is ahead of ours, or behind, by so many seconds; and no echo tells what arrived.
    ClockDifference(i64),
}

impl Accident {
    pub fn name(self) -> String {
        match self {
            Self::Kills => "kills".to_owned(),
            Self::SecretReset => "app secret reset".to_owned(),
            Self::ClockDifference(seconds) => format!("Meta's clock {seconds:+} s"),
        }
    }

    /// How many DMs it sends besides the planned ones.
    pub fn dms(self) -> usize {
        usize::from(self == Self::SecretReset)
    }

    /// What of Meta is different.
    pub fn prepare(self, config: &mut SandboxConfig) {
        if matches!(self, Self::ClockDifference(_)) {
            config.echo = EchoMode::Never;
        }
    }

    pub fn begin(self, meta: &SandboxHandle) {
        if let Self::ClockDifference(seconds) = self {
            meta.advance_clock(seconds * 1_000);
            meta.fault(FaultSpec::from(FaultKind::CutAfter).edge(Edge::Send).times(3));
        }
    }
}

/// Traffic and faults; in the middle of it the secret changes. No fault hides Meta's refusal of the old one.
pub async fn send_and_reset(
    plan: &Plan,
    (seed, size): (u64, Size),
    traffic: &mut Traffic<'_>,
    servers: &mut Servers<'_>,
    world: &World,
) {
    let meta = &world.meta();
    let mut customers = StdRng::seed_from_u64(seed.wrapping_add(1));
    let mut faults = StdRng::seed_from_u64(seed.wrapping_add(2));
    let (before, after) = plan.waves.split_at(plan.waves.len() / 2);
    fault_schedule::schedule_fault(&mut faults, meta, size.largest_burst());
    traffic.send(before, &mut customers).await;
    meta.clear_faults();
    leave_one_unanswered(traffic, &mut customers).await;
    meta.reset_app_secret(NEW_SECRET);
    meta.clear_faults();
    traffic.send(after, &mut customers).await;
    servers.refused_by_meta().await;
    fault_schedule::schedule_fault(&mut faults, meta, size.largest_burst());
    world
        .deployment
        .configure_app_secrets(&format!("{NEW_SECRET},{APP_SECRET}"));
    servers.restart().await;
}

/// Returns when Meta was too busy for a reply, and stays so: a delivery that is signed with the new secret makes no reply, so without one
/// that is owed nothing would ask Meta. The first shop has credits for it.
async fn leave_one_unanswered(traffic: &mut Traffic<'_>, customers: &mut StdRng) {
    let busy = FaultSpec::from(FaultKind::ServiceUnavailable).edge(Edge::Send);
    traffic.meta.fault(busy);
    let wave = Wave {
        dms: vec![PlannedDm {
            shop: 0,
            customer: "customer-of-the-reset".to_owned(),
            rule: 0,
            text: RULES[0].0.to_owned(),
            taken_back: false,
        }],
        ..Wave::default()
    };
    traffic.send(&[wave], customers).await;
    let started = Instant::now();
    while traffic.meta.faults().iter().all(|fault| fault.hits == 0) {
        assert!(started.elapsed() < BUSY_WITHIN, "Meta is asked to send a reply");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
