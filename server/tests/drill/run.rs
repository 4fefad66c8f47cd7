//! One drill from start to verdict.

use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use sandbox::{AiCall, AiFault, DeliveryMode, RetryPolicy, Sandbox, SandboxConfig};

use crate::accident::{Accident, send_and_reset};
use crate::databases::DatabaseKind;
use crate::deployment::{APP_ID, APP_SECRET, Deployment, Shop};
use crate::fault_schedule;
use crate::plan::{AI_RULE, PERSONA, PROMPT, Plan, RULES, Size};
use crate::servers::Servers;
use crate::traffic::Traffic;
use crate::verdict::{self, Verdict};

/// A fifth to a third of the real times, in the same order: a Graph call ends before the first look-up, a claim outlasts both.
const SETTINGS: &str = "[timings]
claim_ms = 4000
claim_reserve_ms = 2000
graph_timeout_ms = 1500
retry_delays_ms = [200, 400, 800, 1000, 1000]
retry_then_every_ms = 1000
lookup_delays_ms = [700, 1500, 3000]
lookup_then_every_ms = 2000
sweep_ms = 300
";
/// A kill comes within this time after the one before it, or after the start it interrupts.
const KILL_WITHIN: Duration = Duration::from_millis(1200);
/// So long the AI takes for an answer, so that kills meet it.
const AI_THINKS_MS: u64 = 400;
/// A killed server of several leaves its jobs locked until it was silent for half a minute.
const QUIET_WITHIN: Duration = Duration::from_secs(150);

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
    let sandbox = Sandbox::start(patient_meta(accident))
        .await
        .expect("the sandbox starts");
    let meta = sandbox.handle();
    accident.begin(&meta);
    let deployment =
        Deployment::new(&kind.create().await, &sandbox.base_url(), SETTINGS).with_ai_at(&sandbox.base_url());
    let granted = i64::try_from(size.dms * 2).expect("a small number");
    let shops = deployment.create_shops(meta.pages(), granted, &RULES[..AI_RULE]).await;
    deployment.answer_by_ai(&shops, RULES[AI_RULE].0, PERSONA, PROMPT).await;
    meta.ai().fault(AiFault::Slow { ms: AI_THINKS_MS });
    let plan = Plan::draw(seed, size, shops.len());

    let count = if *kind == DatabaseKind::Sqlite { 1 } else { 2 };
    let mut servers = Servers::start(&deployment, count).await;
    let mut traffic = Traffic::new(meta.clone(), &shops, servers.webhook_urls());
    if accident == Accident::SecretReset {
        send_and_reset(&plan, seed, &mut traffic, &mut servers, &deployment, &meta).await;
    } else {
        send_and_kill(&plan, size, seed, &mut traffic, &mut servers, &sandbox).await;
    }

    meta.clear_faults();
    meta.set_mode(DeliveryMode::default());
    servers.ready().await;
    let verdict = conclude(&deployment, &shops, &traffic, &sandbox, &servers, size.kills).await;
    servers.stop();
    let verdict = verdict.with_ledger(deployment.run(&["credits", "verify"], ""));
    kind.drop(&deployment.database_url).await;
    let counts = meta.counts();
    sandbox.shutdown().await;
    Report {
        accident,
        database: kind.name(),
        servers: count,
        seed,
        size,
        duplicated: plan.duplicated,
        reordered: plan.reordered,
        attempts_refused: counts.failed_attempts,
        accepted: counts.sends,
        seconds: started.elapsed().as_secs(),
        verdict,
    }
}

/// Meta delivers again for as long as a drill lasts.
fn patient_meta(accident: Accident) -> SandboxConfig {
    let mut config = SandboxConfig::new(APP_ID, APP_SECRET);
    let delays = [50, 100, 200, 400, 800]
        .into_iter()
        .chain(std::iter::repeat_n(1000, 120));
    config.retry = RetryPolicy {
        delays: delays.map(Duration::from_millis).collect(),
        timeout: Duration::from_secs(5),
    };
    accident.prepare(&mut config);
    config
}

/// Traffic, faults and kills until all of the plan has happened.
async fn send_and_kill(
    plan: &Plan,
    size: Size,
    seed: u64,
    traffic: &mut Traffic<'_>,
    servers: &mut Servers<'_>,
    sandbox: &Sandbox,
) {
    let mut customers = StdRng::seed_from_u64(seed.wrapping_add(1));
    let mut faults = StdRng::seed_from_u64(seed.wrapping_add(2));
    let rounds = size.kills.max(1);
    for round in 0..rounds {
        let (from, to) = (
            plan.waves.len() * round / rounds,
            plan.waves.len() * (round + 1) / rounds,
        );
        fault_schedule::schedule_fault(&mut faults, &sandbox.handle());
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

async fn conclude(
    deployment: &Deployment,
    shops: &[Shop],
    traffic: &Traffic<'_>,
    sandbox: &Sandbox,
    servers: &Servers<'_>,
    kills: usize,
) -> Verdict {
    let database = deployment.open().await;
    let meta = sandbox.handle();
    let started = Instant::now();
    loop {
        let verdict = verdict::evaluate(&database, shops, &traffic.sent, &meta.snapshot()).await;
        let verdict = verdict
            .with_questions(&database, &meta.ai().requests_for(AiCall::Reply), kills)
            .await;
        let quiet = verdict.lost.is_empty() && meta.snapshot().unfinished == 0;
        if quiet || started.elapsed() > QUIET_WITHIN {
            if !verdict.is_good() {
                println!("{}", servers.log_ends());
            }
            database.close().await;
            return verdict;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
