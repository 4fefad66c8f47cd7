//! One drill from start to verdict.

use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::DeliveryMode;

use crate::accident::{Accident, send_and_reset};
use crate::databases::DatabaseKind;
use crate::fault_schedule;
use crate::plan::{Plan, Size};
use crate::servers::Servers;
use crate::traffic::Traffic;
use crate::verdict::Verdict;
use crate::world::World;

/// A kill comes within this time after the one before it, or after the start it interrupts.
const KILL_WITHIN: Duration = Duration::from_millis(1200);
/// With different balances; one runs out of credits.
const SHOPS: usize = 4;

/// What was done and what came of it.
#[derive(Debug)]
pub struct Report {
    pub accident: Accident,
    pub database: &'static str,
    pub servers: usize,
    pub seed: u64,
    pub size: Size,
    pub duplicated: usize,
    pub reordered: usize,
    pub attempts_refused: u64,
    pub accepted: u64,
    pub seconds: u64,
    pub verdict: Verdict,
}

/// Runs a drill; panics when it cannot be carried out, not when its verdict is bad.
pub async fn drill(kind: &DatabaseKind, accident: Accident, seed: u64, size: Size) -> Report {
    let started = Instant::now();
    println!(
        "drill on {}, {}: CONCIERGE_DRILL_SEED={seed}, {} kills, {} DMs",
        kind.name(),
        accident.name(),
        size.kills,
        size.dms
    );
    let plan = Plan::draw_with_bursts(seed, size, SHOPS);
    let world = World::with_accident(kind, accident, &plan.grants()).await;

    let count = if *kind == DatabaseKind::Sqlite { 1 } else { 2 };
    let mut servers = Servers::start(&world.deployment, count).await;
    let mut traffic = Traffic::new(world.meta(), &world.shops, servers.webhook_urls());
    if accident == Accident::SecretReset {
        send_and_reset(&plan, (seed, size), &mut traffic, &mut servers, &world).await;
    } else {
        send_and_kill(&plan, size, seed, &mut traffic, &mut servers).await;
    }

    world.meta().clear_faults();
    world.meta().set_mode(DeliveryMode::default());
    servers.ready().await;
    let verdict = world.at_rest(&traffic.sent, size.kills).await;
    if !verdict.is_good() {
        println!("{:#?}\n{}", verdict.complaints(), servers.log_ends());
    }
    servers.stop();
    let verdict = verdict.with_ledger(world.deployment.run(&["credits", "verify"], ""));
    let counts = world.meta().counts();
    world.close().await;
    Report {
        accident,
        database: kind.name(),
        servers: count,
        seed,
        size,
        duplicated: plan.duplicated(),
        reordered: plan.reordered(),
        attempts_refused: counts.failed_attempts,
        accepted: counts.sends,
        seconds: started.elapsed().as_secs(),
        verdict,
    }
}

/// Traffic, faults and kills until all of the plan has happened.
async fn send_and_kill(plan: &Plan, size: Size, seed: u64, traffic: &mut Traffic<'_>, servers: &mut Servers<'_>) {
    let mut customers = StdRng::seed_from_u64(seed.wrapping_add(1));
    let mut faults = StdRng::seed_from_u64(seed.wrapping_add(2));
    let rounds = size.kills.max(1);
    for round in 0..rounds {
        let (from, to) = (
            plan.waves.len() * round / rounds,
            plan.waves.len() * (round + 1) / rounds,
        );
        fault_schedule::schedule_fault(&mut faults, &traffic.meta, size.largest_burst());
        if size.kills == 0 {
            traffic.send(&plan.waves[from..to], &mut customers).await;
        } else {
            tokio::join!(
                traffic.send(&plan.waves[from..to], &mut customers),
                servers.kill_one(&mut faults, KILL_WITHIN)
            );
        }
    }
}
