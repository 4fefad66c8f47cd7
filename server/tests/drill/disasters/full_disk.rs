//! The disk is full for a while: deliveries are refused with 503, so that Meta keeps them, and nothing that was acknowledged is lost.

use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::Report;
use crate::databases::DatabaseKind;
use crate::plan::{Plan, Size};
use crate::server_process::{Program, ServerProcess, free_address};
use crate::traffic::Traffic;
use crate::world::World;

/// A write that is refused is an error, as on a full disk, and not the end of the process.
const SURVIVE: &str = "trap '' XFSZ";
/// So many tries are refused before there is room again.
const REFUSED: u64 = 50;
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn full_disk(seed: u64, dms: usize) -> Report {
    let world = World::set_up(&DatabaseKind::Sqlite, dms).await;
    let plan = Plan::draw(seed, Size { kills: 0, dms }, world.shops.len());
    let (before, rest) = plan.waves.split_at(plan.waves.len() / 3);
    let (full, after) = rest.split_at(rest.len() / 2);
    let program = Program::current().within(SURVIVE);
    let mut server = world.deployment.serve_by(&program, free_address(), "all");
    server.ready().await;
    let mut rng = StdRng::seed_from_u64(seed);
    let mut traffic = Traffic::new(world.meta(), &world.shops, vec![server.url("/webhook/instagram")]);
    traffic.send(before, &mut rng).await;

    limit_files(&server, Some(0));
    traffic.send(full, &mut rng).await;
    let started = Instant::now();
    while world.meta().counts().failed_attempts < REFUSED {
        assert!(started.elapsed() < PATIENCE, "no delivery is refused on a full disk");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let refused = refusals(&world);
    assert!(server.answers("/healthz").await, "{}", server.log_end());

    limit_files(&server, None);
    traffic.send(after, &mut rng).await;
    // An answer of the AI that could not be written down is asked for again.
    let verdict = world.at_rest(&traffic.sent, 1).await;
    if !verdict.is_good() {
        println!("{}", server.log_end());
    }
    let status = server.stop();
    assert!(
        status.success(),
        "a server that had a full disk ends well, not with {status}"
    );
    let verdict = verdict.with_ledger(world.deployment.run(&["credits", "verify"], ""));
    let count = world.meta().counts().failed_attempts;
    world.close().await;
    Report {
        disaster: "full disk",
        database: DatabaseKind::Sqlite.name(),
        seed,
        dms,
        refused: count,
        note: format!("refused with {refused}"),
        verdict,
    }
}

/// Up to which byte the server may write to files.
fn limit_files(server: &ServerProcess, most: Option<u64>) {
    let pid = i32::try_from(server.id()).ok().and_then(Pid::from_raw);
    let limit = Rlimit {
        current: most,
        maximum: None,
    };
    prlimit(pid, Resource::Fsize, limit).expect("the server is ours");
}

/// The answers to deliveries that were not acknowledged; anything but 503 would make Meta wonder.
fn refusals(world: &World) -> String {
    let mut answers: Vec<String> = Vec::new();
    for attempt in world.meta().deliveries().iter().flat_map(|delivery| &delivery.attempts) {
        match attempt.status {
            Some(200) => {}
            Some(status) => answers.push(status.to_string()),
            None => answers.push("no answer".to_owned()),
        }
    }
    answers.sort_unstable();
    answers.dedup();
    assert_eq!(answers, ["503"], "what Meta is told while the disk is full");
    answers.join(", ")
}
