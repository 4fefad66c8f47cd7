//! Answers that the checks hold back: once more with a word about what was wrong, then what the account chose.

use domain::ai_fallback::AiFallback;
use domain::answer_checks::HeldBy;
use domain::reasons::Reason;
use domain::rules::{Response, RuleDraft};
use sandbox::AiFault;

use crate::world::{ANSWER, PERSONA, World, keyword_rule, minutes, tell_with, with_ai};

/// It names a price that stands in no approved text.
const WRONG: &str = "That will be 99 euros.";
const FALLBACK: &str = "A colleague will write to you.";

impl World {
    /// Why the log says that an answer was not sent.
    async fn held_by(&self, held_by: HeldBy) -> bool {
        let held = format!("messages WHERE tenant_id = $1 AND direction = 'inbound' AND held_by = '{held_by}'");
        self.count(&held).await == 1
    }
}

#[tokio::test]
async fn a_held_answer_is_asked_for_again_and_the_second_one_goes_out() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says(WRONG);
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        assert_eq!(world.replies(), [ANSWER]);
        assert_eq!(world.balance().await, 9, "two calls, one credit");
        let questions = world.questions();
        assert_eq!(questions.len(), 2);
        assert!(questions[1].system().contains("that the business did not give"));
        assert!(!questions[1].contains(WRONG), "the answer itself is not repeated");
        let held = "messages WHERE tenant_id = $1 AND held_by IS NOT NULL";
        assert_eq!(world.count(held).await, 0, "what was sent was not held back");
    })
    .await;
}

#[tokio::test]
async fn held_back_twice_the_account_stays_silent() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says(WRONG);
        world.ai_says(WRONG);
        world.customer_asks("How much?").await;
        world.ended_for(Reason::AiHeld).await;
        assert!(world.held_by(HeldBy::Number).await);
        assert!(world.replies().is_empty() && world.questions().len() == 2);
    })
    .await;
}

#[tokio::test]
async fn held_back_twice_a_fixed_text_is_sent_and_paid_for() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.choose_fallback(AiFallback::Canned(FALLBACK.into())).await;
        world.ai_says(WRONG);
        world.ai_says("It costs 98 euros.");
        world.customer_asks("How much?").await;
        assert_eq!(world.replies(), [FALLBACK]);
        assert_eq!(world.balance().await, 9);
        assert!(world.held_by(HeldBy::Number).await);
        let canned = "messages WHERE tenant_id = $1 AND response_kind = 'canned' AND outcome = 'sent'";
        assert_eq!(world.count(canned).await, 1);
    })
    .await;
}

#[tokio::test]
async fn held_back_twice_a_person_takes_over() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.choose_fallback(AiFallback::HandOver).await;
        world.ai_says(WRONG);
        world.ai_says(WRONG);
        world.customer_asks("How much?").await;
        world.ended_for(Reason::AiHeld).await;
        assert_eq!(
            world.accounts().quiet_conversations(world.account).await.unwrap().len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_a_person_gets_one_also_where_the_answer_is_held() {
    tell_with(with_ai, async |world| {
        world.save_persona(PERSONA).await;
        let person = RuleDraft {
            leave_to_person: true,
            response: Response::AiPrompt("Say that a colleague writes.".into()),
            ..keyword_rule("Person", &["person"], "")
        };
        world.add_rule(&person).await;
        world.judge_texts("approved").await;
        world.ai_says(WRONG);
        world.ai_says(WRONG);
        world.customer_asks("a person please").await;
        world.ended_for(Reason::AiHeld).await;
        let quiet = world.accounts().quiet_conversations(world.account).await.unwrap();
        assert!(quiet.len() == 1 && quiet[0].waits_for_person);
        let needs = world.overview().page().await.unwrap().attention;
        let told: Vec<&str> = needs.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(
            told,
            ["has a customer who waits for a person"],
            "and nothing else about them"
        );
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_asked_for_shorter() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says(&"word ".repeat(250));
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        assert_eq!(world.replies(), [ANSWER]);
        assert!(world.questions()[1].system().contains("shorter"));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_shorter_and_then_held_back() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai().fault(AiFault::Truncated);
        world.customer_asks("How much?").await;
        world.ended_for(Reason::AiHeld).await;
        assert!(world.held_by(HeldBy::Truncated).await);
        assert_eq!(world.questions().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn two_empty_answers_are_a_failed_reply() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai().fault(AiFault::EmptyContent);
        world.customer_asks("How much?").await;
        world.ended_for(Reason::EmptyReply).await;
        assert_eq!(world.questions().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn one_empty_answer_is_none() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says("  ");
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        assert_eq!(world.replies(), [ANSWER]);
    })
    .await;
}

#[tokio::test]
async fn what_a_providers_filter_stopped_is_not_asked_for_again() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.choose_fallback(AiFallback::Canned(FALLBACK.into())).await;
        for fault in [AiFault::ContentFilterRefused, AiFault::ContentFilterStopped] {
            world.ai().clear_faults();
            world.ai().forget_requests();
            world.ai().fault(fault);
            world.customer_asks("How much?").await;
            assert_eq!(world.questions().len(), 1);
        }
        assert_eq!(world.replies(), [FALLBACK, FALLBACK]);
        let held = "messages WHERE tenant_id = $1 AND held_by = 'filtered' AND outcome = 'sent'";
        assert_eq!(world.count(held).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_answer_of_another_form_is_asked_for_once_more_and_then_waited_for() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai().answer_next("It costs 25 euros.");
        world.ai().answer_next("{\"reply\": \"It costs 25 euros.\"}");
        world.customer_asks("How much?").await;
        world.waits_for("ai_unavailable").await;
        assert_eq!(
            (world.questions().len(), world.balance().await),
            (2, 9),
            "its credit stays taken"
        );
        world.ai_says(ANSWER);
        world.wait(minutes(1)).await;
        assert_eq!(world.replies(), [ANSWER]);
        assert_eq!(world.balance().await, 9);
    })
    .await;
}
