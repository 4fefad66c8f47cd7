//! Tracing: whoever has any id of a DM sees its whole way, and not a word of it.

use engine::trace::trace;
use sandbox::{FaultKind, FaultSpec};

use crate::world::{DEFAULT_REPLY, World, minutes, tell};

/// The steps of the only DM with this id.
async fn steps(world: &World, id: &str) -> Vec<String> {
    let traces = trace(&world.database, id).await.unwrap();
    assert_eq!(traces.len(), 1, "{id}");
    let lines = traces[0].lines();
    for words in ["How late", DEFAULT_REPLY, "I will look"] {
        assert!(lines.iter().all(|line| !line.contains(words)), "{lines:#?}");
    }
    lines
}

fn names(steps: &[String]) -> Vec<&str> {
    steps.iter().filter_map(|step| step.split_whitespace().next()).collect()
}

#[tokio::test]
async fn a_dm_is_found_by_every_id_it_has() {
    tell(async |world| {
        let mid = world.customer_writes("How late are you open?");
        world.deliver().await;
        world.work().await;
        let reply = world.newest_reply().await;
        let found = steps(world, &reply.to_string()).await;
        assert_eq!(
            names(&found),
            [
                "received",
                "decided",
                "charged",
                "sending",
                "sent",
                "logged",
                "confirmed"
            ],
            "{found:#?}"
        );
        assert!(found[0].contains(&format!("to @{}", world.username)), "{found:#?}");
        assert!(found[1].contains("the default reply, canned"), "{found:#?}");
        assert!(found[2].contains("-1 credit, balance 9 afterwards"), "{found:#?}");
        let sent = &world.meta().sent()[0].mid;
        for id in [&mid, sent] {
            assert_eq!(&steps(world, id).await, &found, "{id}");
        }
        assert!(trace(&world.database, "no-such-id").await.unwrap().is_empty());
        assert!(
            trace(&world.database, &uuid::Uuid::now_v7().to_string())
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_that_gave_way_to_a_person_shows_its_credit_coming_back() {
    tell(async |world| {
        let limit = FaultKind::RateLimit {
            code: 613,
            regain_minutes: 1,
        };
        world.meta().fault(FaultSpec::from(limit).times(1));
        let mid = world.customer_writes("How late are you open?");
        world.deliver().await;
        world.work().await;
        let waiting = steps(world, &mid).await;
        assert_eq!(names(&waiting).last(), Some(&"open"), "{waiting:#?}");
        world.pass(minutes(1));
        let person = world.person_replies("I will look");
        world.deliver().await;
        let found = steps(world, &mid).await;
        assert_eq!(
            names(&found),
            ["received", "decided", "charged", "restored", "sending", "ended"],
            "{found:#?}"
        );
        assert!(found[5].contains("skipped: human_answered"), "{found:#?}");
        let of_person = steps(world, &person).await;
        assert_eq!(names(&of_person), ["logged", "confirmed"], "{of_person:#?}");
        assert!(
            of_person[0].contains("by a person in the Instagram app"),
            "{of_person:#?}"
        );
    })
    .await;
}
