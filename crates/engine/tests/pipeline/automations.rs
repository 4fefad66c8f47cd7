//! Instagram's own instant reply, or another tool, answers too: it is no person, and Concierge does not keep quiet for it.

use domain::messages::Direction;
use domain::views::{Cursor, MessageFilter};
use serde_json::{Value, json};

use crate::world::{DEFAULT_REPLY, World, hours, minutes, seconds, tell};

pub const INSTANT: &str = "Thanks! We usually answer within a day.";

/// What the account wrote to the customer without us.
fn echo(world: &World, mid: &str, text: &str, to: &str) -> Value {
    let mut echo = world.element("message", json!({ "mid": mid, "text": text, "is_echo": true }));
    echo["sender"]["id"] = world.ig_id().into();
    echo["recipient"]["id"] = to.into();
    echo
}

pub async fn echoed(world: &World, mid: &str, text: &str, to: &str) {
    let echo = echo(world, mid, text, to);
    world.receive(&world.delivery(&[echo])).await;
}

async fn page_tells(world: &World) -> Option<String> {
    world.accounts().page(world.account).await.unwrap().automation
}

#[tokio::test]
async fn an_answer_within_three_seconds_is_an_automation_and_pauses_nobody() {
    tell(async |world| {
        world.customer_writes("giveaway");
        world.deliver().await;
        world.pass(seconds(1));
        echoed(world, "m_instant", INSTANT, &world.customer_id()).await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY], "the open reply is not dropped");
        world.pass(minutes(1));
        world.customer_asks("giveaway").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2], "no quiet hours");
        let log = world.log().await;
        assert_eq!(log.iter().filter(|row| row.kind == "automation").count(), 1, "{log:?}");
        let told = page_tells(world).await.unwrap();
        assert!(told.contains("instant reply") && told.contains("Settings"), "{told}");
        let filter = MessageFilter {
            direction: Some(Direction::Outbound),
            ..MessageFilter::default()
        };
        let page = world.messages().page(&filter, &Cursor::Newest).await.unwrap();
        let row = page
            .rows
            .iter()
            .find(|row| row.pill.label == "By an automation")
            .unwrap();
        assert!(row.why.contains("another tool"), "{}", row.why);
    })
    .await;
}

#[tokio::test]
async fn the_same_words_in_several_conversations_are_an_automation_however_late() {
    tell(async |world| {
        for (number, customer) in ["ada", "ben", "cho"].into_iter().enumerate() {
            world.customer_writes_as(customer, "giveaway");
            world.deliver().await;
            world.work().await;
            world.pass(seconds(30));
            let id = world.meta().igsid(&world.username, customer).unwrap();
            echoed(world, &format!("m_away_{number}"), INSTANT, &id).await;
        }
        let kinds: Vec<String> = world
            .log()
            .await
            .into_iter()
            .filter(|row| row.author == "human")
            .map(|row| row.kind)
            .collect();
        assert_eq!(kinds, ["text", "text", "automation"], "from the third conversation on");
        world.customer_writes_as("cho", "and now?");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_person_who_answers_while_the_customer_writes_a_second_message_is_a_person() {
    tell(async |world| {
        world.switch_enabled(false).await;
        world.customer_writes("hello?");
        world.deliver().await;
        world.pass(seconds(40));
        world.customer_writes("anybody there?");
        world.deliver().await;
        world.pass(seconds(1));
        echoed(world, "m_person", "It is me, Ana.", &world.customer_id()).await;
        // The next one follows an answer: nobody was typing.
        world.customer_writes("thanks");
        world.deliver().await;
        world.pass(seconds(1));
        echoed(world, "m_instant", INSTANT, &world.customer_id()).await;
        let log = world.log().await;
        let written: Vec<&str> = log
            .iter()
            .filter(|row| row.author == "human")
            .map(|row| row.kind.as_str())
            .collect();
        assert_eq!(written, ["text", "automation"]);
    })
    .await;
}

#[tokio::test]
async fn a_person_who_writes_later_pauses_as_before() {
    tell(async |world| {
        world.customer_asks("giveaway").await;
        world.pass(seconds(1));
        echoed(world, "m_instant", INSTANT, &world.customer_id()).await;
        world.pass(minutes(5));
        echoed(world, "m_person", "It is me, Ana.", &world.customer_id()).await;
        world.pass(minutes(1));
        world.customer_asks("thanks, and the price?").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY], "a person is writing");
        world.pass(hours(13));
        world.customer_asks("still there?").await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_account_where_nobody_else_answers_says_nothing() {
    tell(async |world| {
        world.customer_asks("hello").await;
        world.pass(minutes(1));
        world.person_replies("It is me, Ana.");
        world.deliver().await;
        assert_eq!(page_tells(world).await, None);
    })
    .await;
}
