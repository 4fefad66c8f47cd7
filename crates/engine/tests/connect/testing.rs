//! The live test: "send a DM now", it arrives, it is answered; or the reason why not.

use std::time::Duration;

use domain::ids::TenantId;
use domain::views::LiveTest;
use engine::connect::DisconnectError;

use crate::world::{World, tell};

async fn test(world: &World) -> Option<LiveTest> {
    let connections = world.engine.connections();
    connections.test(world.tenant, world.account).await.unwrap()
}

async fn begin(world: &World) {
    let connections = world.engine.connections();
    connections.start_test(world.tenant, world.account).await.unwrap();
}

#[tokio::test]
async fn a_dm_after_the_test_began_arrives_and_is_answered() {
    tell(async |world| {
        world.customer_asks("before").await;
        assert_eq!(test(world).await, None, "nobody began one");

        world.pass(Duration::from_secs(1));
        begin(world).await;
        let waiting = test(world).await.unwrap();
        assert!(
            !waiting.arrived && !waiting.answered,
            "what came before does not count: {waiting:?}"
        );
        assert!(waiting.sentence.contains(&world.username), "{waiting:?}");

        world.customer_writes("hello");
        world.deliver().await;
        let arrived = test(world).await.unwrap();
        assert!(
            arrived.arrived && !arrived.answered && arrived.obstacle.is_none(),
            "{arrived:?}"
        );
        world.work().await;
        let done = test(world).await.unwrap();
        assert!(done.answered, "{done:?}");
        assert_eq!(done.sentence, "It arrived and the answer went out. Everything works.");
    })
    .await;
}

#[tokio::test]
async fn what_keeps_the_answer_back_is_said_and_the_next_dm_counts() {
    tell(async |world| {
        world.switch_auto_reply(false).await;
        begin(world).await;
        world.customer_asks("hello").await;
        let kept_back = test(world).await.unwrap();
        assert!(kept_back.arrived && !kept_back.answered, "{kept_back:?}");
        let obstacle = kept_back.obstacle.unwrap();
        assert!(obstacle.to_lowercase().contains("auto-reply"), "{obstacle}");

        world.switch_auto_reply(true).await;
        world.pass(Duration::from_secs(1));
        world.customer_asks("hello again").await;
        assert!(test(world).await.unwrap().answered);
    })
    .await;
}

#[tokio::test]
async fn another_workspace_can_neither_begin_nor_see_it() {
    tell(async |world| {
        begin(world).await;
        let stranger = TenantId::from_uuid(uuid::Uuid::now_v7());
        let connections = world.engine.connections();
        let begun = connections.start_test(stranger, world.account).await;
        assert!(matches!(begun, Err(DisconnectError::NotFound)), "{begun:?}");
        let seen = connections.test(stranger, world.account).await;
        assert!(matches!(seen, Err(DisconnectError::NotFound)), "{seen:?}");
    })
    .await;
}
