//! What goes wrong in a drill besides Meta's own faults.

use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::{EchoMode, Edge, FaultKind, FaultSpec, SandboxConfig, SandboxHandle};

use crate::deployment::APP_SECRET;
use crate::fault_schedule;
use crate::plan::{Plan, Size};
use crate::servers::Servers;
use crate::traffic::Traffic;
use crate::world::World;

const NEW_SECRET: &str = "drill-app-secret-after-the-reset";
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

/// Traffic and faults; in the middle of it the secret changes.
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
    meta.reset_app_secret(NEW_SECRET);
    fault_schedule::schedule_fault(&mut faults, meta, size.largest_burst());
    traffic.send(after, &mut customers).await;
    servers.refused_by_meta().await;
    world
        .deployment
        .configure_app_secrets(&format!("{NEW_SECRET},{APP_SECRET}"));
    servers.restart().await;
}
