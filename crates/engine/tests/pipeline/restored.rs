//! A database comes back from a backup: what was open in it may have been answered since, and is not answered again.

use domain::reasons::Reason;
use engine::clock::Clock;
use engine::replies::{count_open_replies, end_restored_replies};
use sandbox::{Edge, FaultKind, FaultSpec};

use crate::world::{minutes, tell};

#[tokio::test]
async fn open_replies_of_a_backup_end_with_their_credit_back() {
    tell(async |world| {
        let down = FaultKind::ServerError { http_status: 503 };
        world.meta().fault(FaultSpec::from(down).edge(Edge::Send));
        world.customer_asks("hello").await;
        assert_eq!(count_open_replies(&world.database).await.unwrap(), 1);

        let ended = end_restored_replies(&world.database, world.clock.now()).await.unwrap();
        assert_eq!(ended, 1);
        world.meta().clear_faults();
        world.wait(minutes(5)).await;
        assert!(world.replies().is_empty(), "it may have been answered since");
        world.ended_for(Reason::Restored).await;
    })
    .await;
}
