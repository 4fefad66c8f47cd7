//! What happens while the AI is asked: people, unsends, withdrawn texts, crashes.

use domain::credits::LedgerKind;
use domain::reasons::Reason;
use sandbox::{AiFault, AiFaultSpec};
use tokio::task::JoinHandle;

use crate::world::{ANSWER, PERSONA, PROMPT, World, hours, minutes, tell_with, with_ai};

impl World {
    /// A customer asks, and the AI has the question; it takes its time.
    async fn the_ai_thinks(&self) -> JoinHandle<()> {
        let slow = AiFault::Slow { ms: 1_500 };
        self.ai().fault(AiFaultSpec::from(slow).times(1));
        self.ai_says(ANSWER);
        self.customer_writes("How much?");
        self.deliver().await;
        let work = self.work_meanwhile();
        self.asked(1).await;
        work
    }
}

#[tokio::test]
async fn a_person_answers_first_and_the_ai_keeps_quiet() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        assert_eq!(world.balance().await, 9, "the credit is taken before the AI is asked");
        world.pass(minutes(1));
        world.person_replies("It is me, Ana.");
        world.deliver().await;
        work.await.unwrap();
        assert_eq!(world.replies(), Vec::<String>::new());
        world.ended_for(Reason::HumanAnswered).await;
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_taken_back_gets_no_answer() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        let mid = world.log().await[0].platform_message_id.clone().unwrap();
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        work.await.unwrap();
        assert!(world.replies().is_empty());
        world.ended_for(Reason::UnsentByCustomer).await;
    })
    .await;
}

#[tokio::test]
async fn a_switch_that_goes_off_meanwhile_counts() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        world.switch_auto_reply(false).await;
        work.await.unwrap();
        assert!(world.replies().is_empty());
        world.ended_for(Reason::AutoReplyOff).await;
    })
    .await;
}

#[tokio::test]
async fn the_window_that_closes_meanwhile_counts() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        world.pass(hours(25));
        work.await.unwrap();
        assert!(world.replies().is_empty());
        world.ended_for(Reason::WindowClosed).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_from_a_persona_that_is_rejected_meanwhile() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        world.judge_again(PERSONA, "rejected").await;
        work.await.unwrap();
        assert!(world.replies().is_empty());
        world.ended_for(Reason::PersonaNotApproved).await;
        assert_eq!(world.questions().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_prompt_that_is_replaced_meanwhile_is_asked_with_again() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        world.ai_default_reply("Say that we ship.").await;
        world.judge_texts("approved").await;
        world.ai_says("We ship bouquets.");
        work.await.unwrap();
        assert_eq!(world.replies(), ["We ship bouquets."]);
        let questions = world.questions();
        assert!(questions[1].system().contains("Say that we ship.") && !questions[1].contains(PROMPT));
        assert_eq!((questions.len(), world.ledger(LedgerKind::Deduct).await), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_stops_using_the_ai_meanwhile_answers_as_it_is_now() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        let page = world.accounts().page(world.account).await.unwrap();
        let canned = domain::rules::Response::Canned("Bouquets cost 25 euros.".into());
        let accounts = world.accounts();
        let edited = accounts.edit_default_reply(world.account, page.default_version, &canned, world.actor());
        edited.await.unwrap();
        work.await.unwrap();
        assert_eq!(world.replies(), ["Bouquets cost 25 euros."]);
        assert_eq!((world.balance().await, world.questions().len()), (9, 1));
    })
    .await;
}

#[tokio::test]
async fn a_crash_while_the_ai_thinks_costs_one_call_and_no_second_credit() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        work.abort();
        assert!(work.await.unwrap_err().is_cancelled());
        let reply = world.reply().await;
        assert_eq!((reply.state.as_str(), world.balance().await), ("reserved", 9));
        world.run_due().await;
        assert!(world.replies().is_empty(), "the claim of the dead worker holds");
        world.ai_says(ANSWER);
        world.wait(minutes(1)).await;
        assert_eq!(world.replies(), [ANSWER]);
        assert_eq!((world.balance().await, world.ledger(LedgerKind::Deduct).await), (9, 1));
        assert_eq!(world.ai().calls(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_crash_after_an_answer_was_held_back_does_not_begin_anew() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says("That will be 99 euros.");
        world.customer_writes("How much?");
        world.deliver().await;
        world
            .ai()
            .fault(AiFaultSpec::from(AiFault::Slow { ms: 1_500 }).times(2));
        let work = world.work_meanwhile();
        world.asked(2).await;
        work.abort();
        assert!(work.await.unwrap_err().is_cancelled());
        world
            .ai()
            .answer_next("{\"reply\": \"98 euros.\", \"action\": \"none\"}");
        world.wait(minutes(1)).await;
        world.ended_for(Reason::AiHeld).await;
        assert_eq!(world.ai().calls(), 3, "one more for the crash");
    })
    .await;
}

#[tokio::test]
async fn one_conversation_asks_one_question_at_a_time() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let work = world.the_ai_thinks().await;
        world.customer_writes("And a big one?");
        world.deliver().await;
        world.run_due().await;
        assert_eq!(world.ai().calls(), 1);
        world.ai_says("A bigger bouquet costs more than 25 euros.");
        work.await.unwrap();
        world.work().await;
        assert_eq!(world.replies().len(), 2);
        assert_eq!(world.balance().await, 8);
    })
    .await;
}
