//! Two servers with their real workers at 06:00: every connection is checked exactly once.

use std::collections::HashMap;

use sandbox::{Edge, FaultKind, FaultSpec, SandboxHandle};

use crate::support::eventually;
use crate::world::{World, hours, on_postgres, tell_with};

const ACCOUNTS: usize = 40;

fn looks(meta: &SandboxHandle) -> HashMap<String, usize> {
    let mut counted = HashMap::new();
    for call in meta.calls().iter().filter(|call| call.edge == Edge::DebugToken) {
        *counted.entry(call.page.clone()).or_default() += 1;
    }
    counted
}

async fn open(world: &World, day: &str) -> i64 {
    world
        .count(&format!("token_checks WHERE day = '{day}' AND checked_at IS NULL"))
        .await
}

#[tokio::test]
async fn two_servers_check_every_account_exactly_once() {
    tell_with(on_postgres, async |world| {
        world.meta().add_pages(0, u32::try_from(ACCOUNTS).unwrap());
        for index in 1..=ACCOUNTS {
            world.connect(index, world.tenant).await;
        }
        let servers = world.start_servers(2).await;
        // 09:00, and nobody checked at 06:00: both catch up at their start, and one of them is elected.
        let everything = i64::try_from(ACCOUNTS + 1).unwrap();
        eventually("the first run is through", async || {
            let through = world.count("token_checks").await == everything && open(world, "2026-11-22").await == 0;
            through.then_some(())
        })
        .await;
        assert!(looks(&world.meta()).values().all(|times| *times == 1));
        assert_eq!(looks(&world.meta()).len(), ACCOUNTS + 1);

        // 06:00 the next day; one account's Page does not answer.
        let silent = FaultSpec::from(FaultKind::ServerError { http_status: 503 }).edge(Edge::DebugToken);
        world.meta().fault(silent.page(world.page_id()));
        world.pass(hours(21));
        let ticks = servers.engines.iter().map(|server| server.connections().tick());
        futures::future::try_join_all(ticks).await.unwrap();
        eventually("all but one are through", async || {
            (open(world, "2026-11-23").await == 1).then_some(())
        })
        .await;
        let looked = looks(&world.meta());
        assert!(looked.values().all(|times| *times == 2), "{looked:?}");
        servers.stop().await;
    })
    .await;
}
