//! The short memory of AI replies: only where it is on, only what was sent, and never longer than promised.

use domain::reasons::Reason;
use domain::views::AccountData;
use engine::identity::Actor;
use engine::memory;
use sandbox::AiRequest;
use serde_json::Value;

use crate::support::for_each_database;
use crate::world::{ANSWER, DEFAULT_REPLY, Setup, World, days, hours, minutes, tell_with, with_ai};

impl World {
    /// The customer asks and the AI answers.
    async fn asks_and_is_answered(&self, question: &str, answer: &str) {
        self.ai_says(answer);
        self.customer_asks(question).await;
        assert_eq!(self.replies().last().map(String::as_str), Some(answer));
    }

    async fn remembers(&self) {
        self.with_ai_default().await;
        self.switch_memory(true).await;
    }
}

/// Roles and words after the system message.
fn turns(request: &AiRequest) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let messages = request.body["messages"].as_array().unwrap();
    let turns = messages.iter().skip(1);
    turns
        .map(|message| (text(&message["role"]), text(&message["content"])))
        .collect()
}

fn turn(role: &str, words: &str) -> (String, String) {
    (role.into(), words.into())
}

#[tokio::test]
async fn nothing_is_remembered_unless_an_admin_wants_it() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        world.asks_and_is_answered("And a big one?", ANSWER).await;
        assert_eq!(turns(&world.questions()[1]), [turn("user", "And a big one?")]);
        assert_eq!(world.count("conversation_turns WHERE tenant_id = $1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_ai_reads_what_was_asked_and_what_was_sent() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.rule("Hours", &["open"], "From 9 to 5.").await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        world.pass(minutes(1));
        world.customer_asks("open?").await;
        world.pass(minutes(1));
        world.asks_and_is_answered("And a big one?", ANSWER).await;
        let expected = [
            turn("user", "How much is it?"),
            turn("assistant", ANSWER),
            turn("user", "open?"),
            turn("assistant", "From 9 to 5."),
            turn("user", "And a big one?"),
        ];
        assert_eq!(turns(&world.questions()[1]), expected);
        assert_eq!(world.remembered().await, 6);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_sent_is_not_remembered() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.ai_says("That will be 99 euros.");
        world.ai_says("That will be 98 euros.");
        world.customer_asks("How much?").await;
        world.ended_for(Reason::AiHeld).await;
        assert_eq!(world.remembered().await, 0);
    })
    .await;
}

#[tokio::test]
async fn customers_do_not_read_each_others_turns() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        world.ai_says(ANSWER);
        world.customer_writes_as("somebody else", "hello");
        world.deliver().await;
        world.work().await;
        assert_eq!(turns(&world.questions()[1]), [turn("user", "hello")]);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_taken_back_is_forgotten_with_its_answer() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        world.pass(minutes(1));
        world.ai_says(ANSWER);
        let mid = world.customer_asks("My number is 12345").await;
        assert_eq!(world.remembered().await, 4);
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        assert_eq!(world.remembered().await, 2);
        world.pass(minutes(1));
        world.asks_and_is_answered("And a big one?", ANSWER).await;
        assert!(!world.questions()[2].contains("12345"));
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_taken_back_while_its_answer_is_sent_is_not_remembered() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.ai_says(ANSWER);
        world.channel.hold_answers();
        let mid = world.customer_writes("My number is 12345");
        world.deliver().await;
        let work = world.work_meanwhile();
        world.channel.answer_held().await;
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        world.channel.release_answers();
        work.await.unwrap();
        assert_eq!((world.replies().len(), world.remembered().await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn the_switch_wipes_and_so_does_a_disconnect() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        world.switch_memory(false).await;
        assert_eq!(world.remembered().await, 0);
        world.switch_memory(true).await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        assert_eq!(turns(&world.questions()[1]), [turn("user", "How much is it?")]);
        assert_eq!(world.remembered().await, 2);
        let connections = world.engine.connections();
        let ended = connections.disconnect(world.tenant, world.account, AccountData::Keep, Actor::Command);
        ended.await.unwrap();
        assert_eq!(world.remembered().await, 0);
        assert_eq!(world.sealed_content().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_account_leaves_no_words() {
    for_each_database(|database| async move {
        let mut setup = Setup::default();
        with_ai(&mut setup);
        // Its end is not audited: the replies are gone.
        let world = World::open(database, setup).await;
        world.remembers().await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        let connections = world.engine.connections();
        let ended = connections.disconnect(world.tenant, world.account, AccountData::Delete, Actor::Command);
        ended.await.unwrap();
        assert_eq!(world.count("sealed_values WHERE tenant_id = $1").await, 0);
        assert_eq!(world.count("conversation_turns WHERE tenant_id = $1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_six_idle_hours_a_conversation_begins_afresh() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        world.pass(hours(5));
        assert_eq!(memory::wipe_old(&world.database, world.now()).await.unwrap(), 0);
        world.pass(hours(1));
        world.asks_and_is_answered("Are you there?", ANSWER).await;
        assert_eq!(turns(&world.questions()[1]), [turn("user", "Are you there?")]);
        assert_eq!(
            world.remembered().await,
            2,
            "the old ones are gone before housekeeping comes"
        );
        world.pass(hours(6));
        assert_eq!(memory::wipe_old(&world.database, world.now()).await.unwrap(), 2);
        assert_eq!(world.sealed_content().await, 0);
    })
    .await;
}

#[tokio::test]
async fn twenty_turns_of_one_day_are_the_most() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        for number in 0..12 {
            world
                .asks_and_is_answered(&format!("Question {}", "a".repeat(number)), ANSWER)
                .await;
            world.pass(minutes(20));
        }
        assert_eq!(world.remembered().await, 20);
        let last = turns(world.questions().last().unwrap());
        assert_eq!(last.len(), 21, "twenty before the question");
        for _ in 0..6 {
            world.pass(hours(5));
            world.asks_and_is_answered("Still there?", ANSWER).await;
        }
        assert_eq!(world.remembered().await, 10, "five answers are younger than a day");
        world.pass(days(1));
        memory::wipe_old(&world.database, world.now()).await.unwrap();
        assert_eq!(world.count("conversation_turns WHERE tenant_id = $1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_memory_that_is_too_long_for_the_model_is_left_out() {
    tell_with(with_ai, async |world| {
        world.remembers().await;
        world.asks_and_is_answered("How much is it?", ANSWER).await;
        let overflow = sandbox::AiFault::Overflow {
            shape: sandbox::OverflowShape::LlamaCpp,
        };
        world.ai().fault(sandbox::AiFaultSpec::from(overflow).times(1));
        world.asks_and_is_answered("And a big one?", ANSWER).await;
        let questions = world.questions();
        assert_eq!((questions.len(), turns(&questions[1]).len()), (3, 3));
        assert_eq!(turns(&questions[2]), [turn("user", "And a big one?")]);
    })
    .await;
}

#[tokio::test]
async fn canned_replies_do_not_need_a_provider_to_be_remembered() {
    tell_with(
        |_| {},
        async |world| {
            world.switch_memory(true).await;
            world.customer_asks("hello").await;
            assert_eq!(world.replies(), [DEFAULT_REPLY]);
            assert_eq!(world.remembered().await, 2);
        },
    )
    .await;
}
