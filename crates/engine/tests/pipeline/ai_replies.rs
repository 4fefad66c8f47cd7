//! The AI answers: one call, one credit, approved texts only, and a person when the customer wants one.

use domain::ai_fallback::AiFallback;
use domain::credits::LedgerKind;
use domain::reasons::Reason;
use engine::identity::Actor;

use crate::world::{ANSWER, DEFAULT_REPLY, PERSONA, PROMPT, hours, minutes, tell_with, with_ai};

#[tokio::test]
async fn a_customer_asks_and_the_ai_answers_for_one_credit() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says(ANSWER);
        world.customer_asks("How much is a bouquet?").await;

        assert_eq!(world.replies(), [ANSWER]);
        assert_eq!((world.balance().await, world.ledger(LedgerKind::Deduct).await), (9, 1));
        let questions = world.questions();
        assert_eq!(questions.len(), 1);
        assert!(questions[0].system().contains(PERSONA) && questions[0].system().contains(PROMPT));
        assert_eq!(questions[0].user(), "How much is a bouquet?");
        let log = world.log().await;
        assert_eq!((log[0].outcome.as_deref(), log[0].credits), (Some("sent"), 1));
        let kind = "messages WHERE tenant_id = $1 AND response_kind = 'ai_prompt' AND held_by IS NULL";
        assert_eq!(world.count(kind).await, 2);
        assert_eq!(world.sealed_content().await, 0, "nothing is kept");
    })
    .await;
}

#[tokio::test]
async fn a_rule_with_a_keyword_asks_nobody() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.rule("Hours", &["open"], "From 9 to 5.").await;
        world.customer_asks("When are you open?").await;
        assert_eq!(world.replies(), ["From 9 to 5."]);
        assert_eq!(world.ai().calls(), 0);
        let asked = "replies WHERE tenant_id = $1 AND compose_attempts > 0";
        assert_eq!(world.count(asked).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_line_that_tells_stands_before_the_first_answer() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let line = "This is an automated assistant.";
        let tenants = world.tenants();
        tenants
            .set_disclosure(world.tenant, line, Actor::Command)
            .await
            .unwrap();
        // With the line before it this one is longer than a DM.
        world.ai_says(&"word ".repeat(196));
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        assert_eq!(world.replies(), [format!("{line}\n\n{ANSWER}")]);
        assert!(world.questions()[1].system().contains("too long"));
        world.ai_says(ANSWER);
        world.customer_asks("And now?").await;
        assert_eq!(world.replies()[1], ANSWER);
    })
    .await;
}

#[tokio::test]
async fn without_an_approved_text_nobody_is_asked() {
    tell_with(with_ai, async |world| {
        world.ai_default_reply(PROMPT).await;
        world.judge_texts("approved").await;
        world.customer_asks("one").await;
        world.save_persona(PERSONA).await;
        world.customer_asks("two").await;
        world.judge_texts("rejected").await;
        world.customer_asks("three").await;
        world.save_persona(&format!("{PERSONA} We ship.")).await;
        world.judge_texts("approved").await;
        world.judge_again(PROMPT, "unchecked").await;
        world.customer_asks("four").await;

        let reasons: Vec<Option<String>> = world.reply_rows().await.into_iter().map(|row| row.reason).collect();
        let persona = Some(Reason::PersonaNotApproved.as_str().to_owned());
        let prompt = Some(Reason::PromptNotApproved.as_str().to_owned());
        assert_eq!(reasons, [persona.clone(), persona.clone(), persona, prompt]);
        assert_eq!((world.ai().calls(), world.balance().await), (0, 10));
    })
    .await;
}

#[tokio::test]
async fn the_last_approved_persona_answers_while_a_newer_one_is_checked() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.save_persona("We are closed for good.").await;
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        assert_eq!(world.replies(), [ANSWER]);
        let question = &world.questions()[0];
        assert!(question.system().contains(PERSONA) && !question.contains("closed for good"));
    })
    .await;
}

#[tokio::test]
async fn who_wants_a_person_gets_a_last_answer_and_then_a_person() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says_with("A person will read this.", "hand_over");
        world.customer_asks("I want to talk to somebody").await;
        assert_eq!(world.replies(), ["A person will read this."]);
        assert_eq!(world.balance().await, 9);
        world.wait(minutes(1)).await;
        world.customer_asks("Hello?").await;
        let rows = world.reply_rows().await;
        assert_eq!(rows[1].reason.as_deref(), Some(Reason::HumanActive.as_str()));
        world.pass(hours(13));
        world.ai_says(ANSWER);
        world.customer_asks("Hello again").await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_hand_over_without_words_costs_nothing_and_quiets_the_conversation() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says_with("", "hand_over");
        world.customer_asks("I want to talk to somebody").await;
        world.ended_for(Reason::HandedOver).await;
        assert_eq!(
            world.accounts().quiet_conversations(world.account).await.unwrap().len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn without_ai_an_ai_reply_is_silent_and_says_so() {
    tell_with(
        |_| {},
        async |world| {
            world.with_ai_default().await;
            world.rule("Hours", &["open"], DEFAULT_REPLY).await;
            world.customer_asks("How much?").await;
            world.ended_for(Reason::AiOff).await;
            world.customer_asks("open?").await;
            assert_eq!(world.replies(), [DEFAULT_REPLY]);
        },
    )
    .await;
}

#[tokio::test]
async fn what_an_account_wants_is_seen_on_its_page() {
    tell_with(with_ai, async |world| {
        let page = world.accounts().page(world.account).await.unwrap();
        assert_eq!((page.ai_memory, page.ai_fallback), (false, AiFallback::Silence));
        world.switch_memory(true).await;
        let choice = AiFallback::Canned("A colleague will write.".into());
        world.choose_fallback(choice.clone()).await;
        let page = world.accounts().page(world.account).await.unwrap();
        assert_eq!((page.ai_memory, page.ai_fallback), (true, choice));
        let blank = AiFallback::Canned(" ".into());
        let refused = world
            .accounts()
            .set_ai_fallback(world.account, &blank, Actor::Command)
            .await;
        assert!(refused.is_err());
        let audited =
            "audit_log WHERE tenant_id = $1 AND action IN ('account.ai_memory_switched', 'account.ai_fallback_set')";
        assert_eq!(world.count(audited).await, 2);
    })
    .await;
}
