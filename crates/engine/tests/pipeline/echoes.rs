//! Echoes: our own replies come back, early, late or never, and people answer by hand.

use domain::reasons::Reason;
use sandbox::{EchoMode, FaultKind};
use serde_json::json;

use crate::world::{DEFAULT_REPLY, hours, minutes, seconds, tell, tell_with};

#[tokio::test]
async fn our_own_echo_completes_the_row_and_is_no_new_message() {
    tell(async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        world.run_due().await;
        let echo = world.webhooks().await;
        assert_eq!(echo.len(), 1);
        world.receive(&echo[0]).await;
        world.receive(&echo[0]).await;
        assert_eq!(world.authors().await, ["inbound customer", "outbound concierge"]);
    })
    .await;
}

#[tokio::test]
async fn an_echo_that_overtakes_the_answer_settles_the_reply_and_the_answer_changes_nothing() {
    tell_with(
        |setup| setup.echo = EchoMode::Before,
        async |world| {
            world.channel.hold_answers();
            world.customer_writes("hello");
            world.deliver().await;
            let work = world.work_meanwhile();
            world.channel.answer_held().await;
            world.deliver().await;
            let reply = world.reply().await;
            assert_eq!(reply.state, "sent", "the echo was enough");
            assert_eq!(reply.platform_message_id.as_ref(), Some(&world.meta().sent()[0].mid));
            world.channel.release_answers();
            work.await.unwrap();
            assert_eq!(world.authors().await, ["inbound customer", "outbound concierge"]);
            assert_eq!(world.balance().await, 9, "paid once");
        },
    )
    .await;
}

#[tokio::test]
async fn an_echo_settles_the_reply_of_that_customer_only() {
    tell(async |world| {
        world.meta().fault(FaultKind::CutAfter);
        world.customer_writes_as("ada", "hello");
        let first = world.webhooks().await;
        world.pass(seconds(1));
        world.customer_writes_as("ben", "hello");
        world.receive(&first[0]).await;
        world.deliver().await;
        world.run_due().await;
        assert_eq!(world.states().await, ["sending", "sending"]);
        let echoes = world.webhooks().await;
        world.receive(&echoes[1]).await;
        assert_eq!(world.states().await, ["sending", "sent"], "same words, other customer");
        world.receive(&echoes[0]).await;
        assert_eq!(world.states().await, ["sent", "sent"]);
        assert!(!world.authors().await.contains(&"outbound human".to_owned()));
    })
    .await;
}

/// Ada's first reply never arrived; the echo of her second one has its words and comes before the answer to the call.
#[tokio::test]
async fn an_echo_that_fits_two_replies_settles_neither_and_is_still_no_person() {
    tell_with(
        |setup| setup.echo = EchoMode::Before,
        async |world| {
            world
                .meta()
                .fault(sandbox::FaultSpec::from(FaultKind::CutBefore).times(1));
            world.customer_writes("first, whose send is cut off");
            world.deliver().await;
            world.run_due().await;
            world.pass(seconds(1));
            world.channel.hold_answers();
            world.customer_writes("second, with the same answer");
            world.deliver().await;
            let work = world.work_meanwhile();
            world.channel.answer_held().await;
            world.deliver().await;
            assert_eq!(world.states().await, ["sending", "sending"], "it may be either");
            world.channel.release_answers();
            work.await.unwrap();
            assert_eq!(world.states().await, ["sending", "sent"], "the answer tells which");
            world.wait_in_steps(minutes(3), seconds(10)).await;
            assert_eq!(world.states().await, ["sent", "sent"]);
            assert_eq!(world.replies(), [DEFAULT_REPLY; 2]);
            let mids: Vec<_> = world.reply_rows().await;
            assert!(mids.iter().all(|reply| reply.platform_message_id.is_some()));
            assert!(!world.authors().await.contains(&"outbound human".to_owned()));
            assert_eq!(world.balance().await, 8, "two replies, two credits");
        },
    )
    .await;
}

/// Both answers are lost. Each echo fits both replies; the conversation gives each reply one of the two messages.
#[tokio::test]
async fn two_replies_with_the_same_words_and_unknown_outcomes_take_one_message_each() {
    tell(async |world| {
        world.meta().fault(FaultKind::CutAfter);
        world.customer_writes("first");
        world.deliver().await;
        world.run_due().await;
        world.pass(seconds(1));
        world.customer_writes("second");
        let is_echo = |body: &Vec<u8>| String::from_utf8_lossy(body).contains("is_echo");
        let (echo, second): (Vec<_>, Vec<_>) = world.webhooks().await.into_iter().partition(is_echo);
        world.receive(&second[0]).await;
        world.run_due().await;
        world.receive(&echo[0]).await;
        world.deliver().await;
        assert_eq!(world.states().await, ["sending", "sending"]);
        world.wait_in_steps(minutes(3), seconds(10)).await;
        assert_eq!(world.states().await, ["sent", "sent"]);
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2], "nothing was sent again");
        assert_eq!(world.balance().await, 8);
    })
    .await;
}

#[tokio::test]
async fn one_message_id_completes_one_reply_only() {
    tell(async |world| {
        world
            .meta()
            .fault(sandbox::FaultSpec::from(FaultKind::CutBefore).times(1));
        world.customer_writes("first, whose send is cut off");
        world.deliver().await;
        world.run_due().await;
        world.pass(seconds(1));
        world.customer_writes("second, with the same answer");
        world.deliver().await;
        world.run_due().await;
        assert_eq!(world.states().await, ["sending", "sent"]);
        world.deliver().await;
        assert_eq!(
            world.states().await,
            ["sending", "sent"],
            "the echo is known: it proves nothing about the first"
        );
        world.wait_in_steps(minutes(3), seconds(10)).await;
        assert_eq!(world.states().await, ["sent", "sent"]);
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2]);
    })
    .await;
}

#[tokio::test]
async fn a_person_answers_first_and_the_waiting_reply_gives_way() {
    tell(async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        world.pass(seconds(1));
        world.person_replies("I am here, hello!");
        world.deliver().await;
        world.work().await;
        world.ended_for(Reason::HumanAnswered).await;
        assert_eq!(world.authors().await, ["inbound customer", "outbound human"]);
        assert!(world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_person_answers_while_a_paid_reply_waits_and_its_credit_comes_back() {
    tell(async |world| {
        world.meta().fault(FaultKind::RateLimit {
            code: 613,
            regain_minutes: 5,
        });
        world.customer_asks("hello").await;
        assert_eq!(world.balance().await, 9);
        world.pass(seconds(1));
        world.person_replies("I am here!");
        world.deliver().await;
        world.ended_for(Reason::HumanAnswered).await;
        world.meta().clear_faults();
        world.wait(minutes(6)).await;
        assert!(world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_older_message_that_arrives_after_the_persons_answer_is_treated_the_same() {
    tell(async |world| {
        world.customer_writes("hello");
        let late = world.webhooks().await;
        world.pass(seconds(5));
        world.person_replies("I am here!");
        world.deliver().await;
        world.receive(&late[0]).await;
        world.work().await;
        let log = world.log().await;
        assert_eq!(log[1].reason.as_deref(), Some(Reason::HumanAnswered.as_str()));
        assert_eq!(world.sealed_content().await, 0);
        world.pass(hours(12));
        world.customer_asks("and another question").await;
        assert_eq!(
            world.replies(),
            [DEFAULT_REPLY],
            "later a newer message is answered again"
        );
    })
    .await;
}

#[tokio::test]
async fn a_person_answers_while_ours_is_on_its_way_and_both_stay() {
    tell(async |world| {
        world.channel.hold_answers();
        world.customer_writes("hello");
        world.deliver().await;
        let work = world.work_meanwhile();
        world.channel.answer_held().await;
        world.person_replies("I am here!");
        world.deliver().await;
        world.channel.release_answers();
        work.await.unwrap();
        assert_eq!(world.reply().await.state, "sent");
        assert_eq!(world.balance().await, 9);
    })
    .await;
}

#[tokio::test]
async fn an_echo_with_other_words_that_turns_out_to_be_ours_quiets_nobody() {
    tell(async |world| {
        world.channel.hold_answers();
        world.customer_writes("hello");
        world.deliver().await;
        let worker = world.work_meanwhile();
        world.channel.answer_held().await;
        world.webhooks().await;
        let changed = json!({
            "sender": { "id": world.ig_id() },
            "recipient": { "id": world.customer_id() },
            "timestamp": world.now().as_millis(),
            "message": { "mid": world.meta().sent()[0].mid, "text": "as Meta changed it", "is_echo": true },
        });
        world.receive(&world.delivery(&[changed])).await;
        assert_eq!(world.authors().await, ["inbound customer", "outbound human"]);
        world.channel.release_answers();
        worker.await.unwrap();
        assert_eq!(world.authors().await, ["inbound customer", "outbound concierge"]);
        let log = world.log().await;
        assert!(log.iter().all(|row| row.kind == "text"), "no automation wrote: {log:?}");
        world.pass(minutes(1));
        world.customer_asks("anybody there?").await;
        assert_eq!(world.replies().len(), 2, "no person wrote");
    })
    .await;
}

#[tokio::test]
async fn an_echo_without_its_flag_is_no_customers_message() {
    tell(async |world| {
        let mut echo = world.element("message", json!({ "mid": "flagless", "text": "From the account" }));
        echo["sender"]["id"] = world.ig_id().into();
        echo["recipient"]["id"] = world.customer_id().into();
        world.receive(&world.delivery(&[echo])).await;
        world.work().await;
        assert_eq!(world.authors().await, ["outbound human"]);
        assert!(world.reply_rows().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_echo_of_a_picture_is_a_persons_message() {
    tell(async |world| {
        let body = json!({ "mid": "picture", "is_echo": true, "attachments": [{ "type": "template" }] });
        let mut echo = world.element("message", body);
        echo["sender"]["id"] = world.ig_id().into();
        echo["recipient"]["id"] = world.customer_id().into();
        world.receive(&world.delivery(&[echo])).await;
        assert_eq!(world.authors().await, ["outbound human"]);
    })
    .await;
}
