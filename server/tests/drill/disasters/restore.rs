//! The machine is lost and a backup, made under load, takes its place. What came in after the backup is lost, as documented; nobody is
//! answered twice, and every credit is accounted for.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::Report;
use crate::databases::DatabaseKind;
use crate::plan::{Plan, Size};
use crate::server_process::free_address;
use crate::traffic::{Traffic, Written};
use crate::verdict;
use crate::world::World;

const FILES: [&str; 3] = ["concierge.db", "concierge.db-wal", "concierge.db-shm"];
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn restore(seed: u64, dms: usize) -> Report {
    let world = World::set_up(&DatabaseKind::Sqlite, dms).await;
    let plan = Plan::draw(seed, Size { kills: 0, dms }, world.shops.len());
    let quarter = plan.waves.len() / 4;
    let address = free_address();
    let mut server = world.deployment.serve(address, "all");
    server.ready().await;
    let mut rng = StdRng::seed_from_u64(seed);
    let mut traffic = Traffic::new(world.meta(), &world.shops, vec![server.url("/webhook/instagram")]);

    traffic.send(&plan.waves[..quarter], &mut rng).await;
    acknowledged(&world).await;
    // Many of these are answered after the backup.
    let kept = traffic.sent.clone();
    let ((), backup) = tokio::join!(traffic.send(&plan.waves[quarter..3 * quarter], &mut rng), async {
        tokio::task::block_in_place(|| world.deployment.run(&["backup", "copy.db"], ""))
    });
    assert!(backup.0.success(), "{}", backup.1);
    acknowledged(&world).await;
    server.kill();
    for file in FILES {
        // The shared memory of a killed server may be gone already.
        let _gone = std::fs::remove_file(world.deployment.folder().join(file));
    }

    let (status, said) = world.deployment.run(&["restore", "copy.db"], "");
    assert!(status.success(), "{said}");
    let mut server = world.deployment.serve(address, "all");
    server.ready().await;
    let before: HashMap<String, Written> = std::mem::take(&mut traffic.sent);
    traffic.send(&plan.waves[3 * quarter..], &mut rng).await;
    let required: HashMap<String, Written> = kept.into_iter().chain(traffic.sent.clone()).collect();
    let mut verdict = world.at_rest(&required, 0).await;
    if !verdict.lost.is_empty() {
        println!("{}", server.log_end());
    }
    let status = server.stop();
    assert!(status.success(), "a restored server ends well, not with {status}");
    // The witnesses disagree about what happened after the backup; Meta alone knows who was answered.
    traffic.sent.extend(before);
    verdict.double = verdict::double(&traffic.sent, &world.meta().snapshot().sent);
    verdict.mismatched.clear();
    verdict.charges.clear();
    verdict.questions.clear();
    let ended = verdict.unanswered.len();
    verdict.unanswered.retain(|sentence| !sentence.ends_with(": restored"));
    let ended = ended - verdict.unanswered.len();
    let verdict = verdict.with_ledger(world.deployment.run(&["credits", "verify"], ""));
    let refused = world.meta().counts().failed_attempts;
    world.close().await;
    Report {
        disaster: "machine lost, backup restored",
        database: DatabaseKind::Sqlite.name(),
        seed,
        dms: required.len(),
        refused,
        note: format!("ended by the restore: {ended}"),
        verdict,
    }
}

/// Waits until Meta has nothing left to deliver: what it delivers again after a restore would be new to the older database.
async fn acknowledged(world: &World) {
    let started = Instant::now();
    while world.meta().snapshot().unfinished > 0 {
        assert!(started.elapsed() < PATIENCE, "deliveries are acknowledged");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
