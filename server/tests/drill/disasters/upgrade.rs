//! A release is rolled out and back again: the release before it works on the schema of this one, beside it where several servers share
//! a database, and after it.

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::Report;
use crate::databases::DatabaseKind;
use crate::plan::{Plan, Size};
use crate::server_process::{Program, ServerProcess, free_address};
use crate::traffic::Traffic;
use crate::world::World;

/// When there is no earlier release to try.
pub const NO_PREVIOUS: &str = "No tag of an earlier release is in this clone (git fetch --tags): the release before is not tried beside this one.";

/// The schema is this release's from the beginning. A third of the DMs each: the previous release, this one (on PostgreSQL both), and the
/// previous one again.
pub async fn previous_beside_current(kind: &DatabaseKind, previous: &Program, seed: u64, dms: usize) -> Report {
    let world = World::without_ai(kind, dms).await;
    let plan = Plan::draw_canned(seed, Size { kills: 0, dms }, world.shops.len());
    let third = plan.waves.len() / 3;
    let mut rng = StdRng::seed_from_u64(seed);
    let addresses = [free_address(), free_address()];
    let webhooks = addresses.map(|address| format!("http://{address}/webhook/instagram"));
    let mut traffic = Traffic::new(world.meta(), &world.shops, webhooks[..1].to_vec());

    let mut old = world.deployment.serve_by(previous, addresses[0], "all");
    old.ready().await;
    traffic.send(&plan.waves[..third], &mut rng).await;
    let shared = !matches!(kind, DatabaseKind::Sqlite);
    if !shared {
        stop(old);
        old = world.deployment.serve(addresses[0], "all");
        old.ready().await;
        traffic.send(&plan.waves[third..2 * third], &mut rng).await;
    } else {
        let mut new = world.deployment.serve(addresses[1], "all");
        new.ready().await;
        traffic.webhooks = webhooks.to_vec();
        traffic.send(&plan.waves[third..2 * third], &mut rng).await;
        traffic.webhooks.pop();
        world.meta().set_webhook_url(&webhooks[0]);
        stop(new);
    }
    stop(old);
    let mut old = world.deployment.serve_by(previous, addresses[0], "all");
    old.ready().await;
    traffic.send(&plan.waves[2 * third..], &mut rng).await;
    let verdict = world.at_rest(&traffic.sent, 0).await;
    if !verdict.is_good() {
        println!("{}", old.log_end());
    }
    stop(old);
    let verdict = verdict.with_ledger(world.deployment.run(&["credits", "verify"], ""));
    let refused = world.meta().counts().failed_attempts;
    world.close().await;
    Report {
        disaster: "rolled out and back",
        database: kind.name(),
        seed,
        dms,
        refused,
        note: format!("the release before: {}", previous.name()),
        verdict,
    }
}

fn stop(server: ServerProcess) {
    let log = server.log_end();
    let status = server.stop();
    assert!(
        status.success(),
        "SIGTERM ends a server with exit code 0, not {status}:\n{log}"
    );
}
