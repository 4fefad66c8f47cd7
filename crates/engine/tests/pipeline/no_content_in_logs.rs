//! A unique text walks every path, and afterwards nobody finds it: not in a table, a file, a log line or a metric.

use sandbox::{AiFault, AiFaultSpec, DmKind, Edge, ErrorShape, FaultKind, FaultSpec, JsonForm, OverflowShape};

use crate::world::{Listener, World, days, files_hold, minutes, seconds, tables_with, tell, tell_with, with_ai};

const SAID: &str = "zq7canarysaid";
const ANSWERED: &str = "zq7canaryanswered";
const WRITTEN: &str = "zq7canaryhuman";

/// Words of their own: searching for them is logged while the other story listens.
const LEAKED_TEXT: &str = "zq7leakedtext";
const LEAKED_BYTES: &str = "zq7leakedbytes";

fn paths() -> Vec<Option<FaultSpec>> {
    vec![
        None,
        Some(FaultKind::CutBefore.into()),
        Some(FaultKind::CutAfter.into()),
        Some(FaultSpec::from(FaultKind::ServerError { http_status: 500 }).edge(Edge::Send)),
        Some(FaultKind::AcceptedWithError.into()),
        Some(FaultKind::OutsideWindow.into()),
        Some(FaultKind::RecipientUnavailable { no_messages: false }.into()),
        Some(FaultKind::NotThreadOwner.into()),
        Some(FaultSpec::from(FaultKind::Error {
            http_status: 400,
            code: 100,
            subcode: None,
            is_transient: None,
        })),
        Some(
            FaultKind::RateLimit {
                code: 613,
                regain_minutes: 1,
            }
            .into(),
        ),
        Some(FaultSpec::from(FaultKind::TokenExpired).edge(Edge::Send)),
        Some(FaultSpec::from(FaultKind::UnknownError).edge(Edge::Conversations)),
        Some(FaultKind::MessagesAccessOff.into()),
        Some(FaultKind::PolicyBlock { restricted: false }.into()),
    ]
}

async fn walk_every_path(world: &World) {
    world.grant_credits(1_000).await;
    world.rule("Canary", &[SAID], ANSWERED).await;
    for (number, path) in paths().into_iter().enumerate() {
        if let Some(fault) = path {
            world.meta().fault(fault.times(1));
        }
        world.customer_writes_as(&format!("guest {number}"), SAID);
        world.deliver().await;
        world.work().await;
    }
    let tap = world.element("postback", serde_json::json!({ "title": SAID, "payload": SAID }));
    world.receive(&world.delivery(&[tap])).await;
    let garbage = format!("{{\"object\": \"instagram\", \"entry\": [{{\"id\": \"1\", \"messaging\": [\"{SAID}\"");
    world.receive(garbage.as_bytes()).await;
    world.customer_sends(DmKind::StoryReply, SAID);
    world.deliver().await;
    world.pass(seconds(1));
    world.person_replies(WRITTEN);
    world.deliver().await;
    let unsent = world.customer_writes_as("regrets", SAID);
    world.meta().unsend(&unsent).unwrap();
    world.deliver().await;
    world.work().await;
    assert!(world.replies().iter().any(|text| text == ANSWERED));
    world.wait_in_steps(minutes(3), seconds(20)).await;
    world.wait_in_steps(days(2), minutes(600)).await;
}

/// Rules and their history hold what the admin wrote: its keyword and its answer.
fn is_admins_text(table: &str) -> bool {
    table.contains("rules") || table.contains("reply_config_changes")
}

#[tokio::test]
async fn no_word_of_anybody_is_left_anywhere() {
    let listener = &Listener::new().await;
    tell(async |world| {
        listener.listen(true);
        walk_every_path(world).await;
        // The search itself names the words.
        listener.listen(false);
        for word in [SAID, WRITTEN] {
            let mut tables = tables_with(world, word).await;
            tables.retain(|table| word != SAID || !is_admins_text(table));
            assert_eq!(tables, Vec::<String>::new(), "{word}");
        }
        let mut tables = tables_with(world, ANSWERED).await;
        tables.retain(|table| !is_admins_text(table));
        assert_eq!(
            tables,
            Vec::<String>::new(),
            "the answer stands in the admin's rule only"
        );
        assert!(!files_hold(&world.database, WRITTEN));
        assert!(
            listener.log().contains("an account changed its state"),
            "the log was really heard"
        );
        for span in ["pipeline.reply{", "reply.id=", "meta.call{", "meta.edge="] {
            assert!(listener.log().contains(span), "{span} was really heard");
        }
        assert!(
            listener.metrics().contains("concierge_replies_total"),
            "the metrics were really read"
        );
        for word in [SAID, ANSWERED, WRITTEN] {
            assert_eq!(
                listener.lines_with(word),
                Vec::<String>::new(),
                "{word} was logged or measured"
            );
        }
    })
    .await;
}

/// What the AI says, and what it says when it is asked badly.
const COMPOSED: &str = "zq7canarycomposed";
const HELD: &str = "zq7canaryheld";

async fn walk_the_paths_of_the_ai(world: &World) {
    world.grant_credits(1_000).await;
    world.with_ai_default().await;
    world.switch_memory(true).await;
    let faults = [
        AiFault::CutConnection,
        AiFault::Unauthorized,
        AiFault::EmptyContent,
        AiFault::Truncated,
        AiFault::ContentFilterStopped,
        AiFault::NotJson,
        AiFault::ThinkFirst,
        AiFault::JsonSchemaIgnored { form: JsonForm::Fence },
        AiFault::OddError {
            shape: ErrorShape::Detail,
        },
        AiFault::ErrorBehindOk { code: 502 },
        AiFault::Overflow {
            shape: OverflowShape::LlamaCpp,
        },
    ];
    for (number, fault) in std::iter::once(None).chain(faults.map(Some)).enumerate() {
        world.pass(minutes(11));
        world.ai().clear_faults();
        if let Some(fault) = fault {
            world.ai().fault(AiFaultSpec::from(fault).times(1));
        }
        world.ai_says(&format!("{HELD} costs 99 euros."));
        world.ai_says(&format!("Bouquets from 25 euros, {COMPOSED}."));
        world.customer_writes_as(&format!("guest {}", number / 2), &format!("{SAID}?"));
        world.deliver().await;
        world.work().await;
        world.wait_in_steps(minutes(3), seconds(20)).await;
    }
    assert!(world.replies().iter().any(|text| text.contains(COMPOSED)));
    assert!(world.remembered().await > 2);
    world.wait_in_steps(days(1), minutes(600)).await;
    engine::memory::wipe_old(&world.database, world.now()).await.unwrap();
}

#[tokio::test]
async fn no_word_to_or_from_the_ai_is_left_anywhere() {
    let listener = &Listener::new().await;
    tell_with(with_ai, async |world| {
        listener.listen(true);
        walk_the_paths_of_the_ai(world).await;
        listener.listen(false);
        for word in [SAID, COMPOSED, HELD] {
            assert_eq!(tables_with(world, word).await, Vec::<String>::new(), "{word}");
            assert!(!files_hold(&world.database, word), "{word}");
            assert_eq!(
                listener.lines_with(word),
                Vec::<String>::new(),
                "{word} was logged or measured"
            );
        }
        assert_eq!(world.sealed_content().await, 0);
        for heard in ["ai.call{", "held_by="] {
            assert!(listener.log().contains(heard), "{heard} was really heard");
        }
    })
    .await;
}

#[tokio::test]
async fn the_search_finds_a_word_that_should_not_be_there() {
    tell(async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        world
            .execute("UPDATE messages SET kind = $1", [LEAKED_TEXT.into()])
            .await;
        let bytes = "UPDATE sealed_values SET ciphertext = $1 WHERE purpose = 'inbound_body'";
        world.execute(bytes, [LEAKED_BYTES.as_bytes().to_vec().into()]).await;
        let found = tables_with(world, LEAKED_TEXT).await;
        assert!(found.len() == 1 && found[0].contains("messages"), "{found:?}");
        let found = tables_with(world, LEAKED_BYTES).await;
        assert!(found.len() == 1 && found[0].contains("sealed_values"), "{found:?}");
        assert_eq!(files_hold(&world.database, LEAKED_TEXT), !world.database.is_postgres());
    })
    .await;
}
