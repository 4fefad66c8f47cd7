//! A customer takes a message back: before, during and after the reply, or before the message itself arrived.

use domain::reasons::Reason;
use domain::rules::{MatchMode, Matcher};
use sandbox::FaultKind;
use serde_json::{Value, json};

use crate::world::{keyword_rule, minutes, seconds, tell};

#[tokio::test]
async fn taken_back_before_its_turn_it_is_not_answered_and_its_words_are_destroyed() {
    tell(async |world| {
        let mid = world.customer_writes("never mind");
        world.deliver().await;
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        assert_eq!(world.sealed_content().await, 0, "at once, not when its turn comes");
        world.ended_for(Reason::UnsentByCustomer).await;
        world.work().await;
        assert!(world.replies().is_empty());
        assert_eq!(world.log().await[0].kind, "unsent");
    })
    .await;
}

#[tokio::test]
async fn taken_back_at_the_moment_it_is_recorded_it_is_not_answered() {
    tell(async |world| {
        let mid = world.customer_writes("never mind");
        world.deliver().await;
        // Another server recorded the unsend before it could see the message.
        let text = "INSERT INTO inbound_events (account_id, event_key, received_at) VALUES ($1, $2, $3)";
        let values = [
            world.account.as_uuid().into(),
            format!("del:{mid}").into(),
            world.now().as_millis().into(),
        ];
        world.execute(text, values).await;
        world.work().await;
        world.ended_for(Reason::UnsentByCustomer).await;
        assert!(world.replies().is_empty());
        assert_eq!(
            (world.log().await[0].kind.as_str(), world.sealed_content().await),
            ("unsent", 0)
        );
    })
    .await;
}

#[tokio::test]
async fn taken_back_while_a_paid_reply_waits_the_credit_comes_back() {
    tell(async |world| {
        world.meta().fault(FaultKind::RateLimit {
            code: 80_002,
            regain_minutes: 5,
        });
        let mid = world.customer_asks("never mind").await;
        assert_eq!((world.balance().await, world.sealed_content().await), (9, 2));
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        world.ended_for(Reason::UnsentByCustomer).await;
        assert_eq!(world.sealed_content().await, 0);
    })
    .await;
}

#[tokio::test]
async fn taken_back_while_the_reply_is_on_its_way_only_the_log_changes() {
    tell(async |world| {
        world.channel.hold_answers();
        let mid = world.customer_writes("never mind");
        world.deliver().await;
        let work = world.work_meanwhile();
        world.channel.answer_held().await;
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        world.channel.release_answers();
        work.await.unwrap();
        assert_eq!(world.reply().await.state, "sent");
        assert_eq!(world.log().await[0].kind, "unsent");
        assert_eq!(world.balance().await, 9);
    })
    .await;
}

#[tokio::test]
async fn taken_back_while_the_outcome_is_unknown_it_is_not_sent_again() {
    tell(async |world| {
        world.meta().fault(FaultKind::CutBefore);
        let mid = world.customer_asks("never mind").await;
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        assert_eq!(world.reply().await.state, "sending", "it may have arrived");
        world.meta().clear_faults();
        world.wait_in_steps(minutes(3), seconds(10)).await;
        world.ended_for(Reason::UnsentByCustomer).await;
        assert!(world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn taken_back_after_the_reply_only_the_log_changes() {
    tell(async |world| {
        let mid = world.customer_asks("never mind").await;
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        let log = world.log().await;
        assert_eq!(
            (log[0].kind.as_str(), log[0].outcome.as_deref()),
            ("unsent", Some("sent"))
        );
        assert_eq!(world.balance().await, 9);
    })
    .await;
}

#[tokio::test]
async fn the_news_overtakes_the_message_which_is_then_never_sealed_nor_answered() {
    tell(async |world| {
        let mid = world.customer_writes("never mind");
        let message = world.webhooks().await;
        world.meta().unsend(&mid).unwrap();
        world.deliver().await;
        assert!(world.log().await.is_empty(), "only a key is kept");
        world.receive(&message[0]).await;
        assert_eq!(world.sealed_content().await, 0);
        world.work().await;
        let log = world.log().await;
        assert_eq!(log[0].reason.as_deref(), Some(Reason::UnsentByCustomer.as_str()));
        assert!(world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn message_and_news_in_one_delivery_leave_nothing_behind() {
    tell(async |world| {
        let said = world.element("message", json!({ "mid": "m1", "text": "never mind" }));
        let taken_back = world.element("message", json!({ "mid": "m1", "is_deleted": true }));
        world.receive(&world.delivery(&[said, taken_back])).await;
        assert_eq!(world.sealed_content().await, 0);
        world.work().await;
        assert_eq!(
            world.log().await[0].reason.as_deref(),
            Some(Reason::UnsentByCustomer.as_str())
        );
        assert!(world.replies().is_empty());
    })
    .await;
}

/// A delivery from a public bug report: the flag is text, and the message comes after the news that it is gone.
#[tokio::test]
async fn a_flag_that_is_text_takes_the_message_back() {
    tell(async |world| {
        let mut rule = keyword_rule("Giveaway", &["giveaway"], "You are in.");
        if let Matcher::Keywords(matcher) = &mut rule.matcher {
            matcher.mode = MatchMode::Exact;
        }
        world.add_rule(&rule).await;
        let case: Value = serde_json::from_str(include_str!("cases/09-flags-as-text.json")).unwrap();
        let delivery = case["delivery"].to_string();
        let delivery = delivery
            .replace("17841400000000011", &world.ig_id())
            .replace("4500000000000001", &world.customer_id());
        world.receive(delivery.as_bytes()).await;
        assert_eq!(world.sealed_content().await, 0);
        world.work().await;
        let log = world.log().await;
        assert_eq!(log.len(), 1, "{log:?}");
        assert_eq!(log[0].reason.as_deref(), Some(Reason::UnsentByCustomer.as_str()));
        assert!(world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_flag_in_any_form_is_read_and_an_odd_one_costs_nothing() {
    tell(async |world| {
        let mut said = Vec::new();
        for (number, flag) in [json!("true"), json!("True"), json!(1), json!("1"), json!(true)].into_iter().enumerate() {
            let mid = format!("gone{number}");
            said.push(world.element("message", json!({ "mid": mid, "is_deleted": flag })));
            said.push(world.element("message", json!({ "mid": mid, "text": "never mind" })));
        }
        world.receive(&world.delivery(&said)).await;
        world.work().await;
        assert!(world.replies().is_empty());
        let odd = [json!("false"), json!(0), json!(null), json!({}), json!(2.5), json!(false)];
        let said: Vec<Value> = (0..)
            .zip(odd)
            .map(|(number, flag)| {
                let body = json!({ "mid": format!("here{number}"), "text": "hello", "is_deleted": flag, "is_echo": flag, "is_self": flag });
                world.element("message", body)
            })
            .collect();
        assert_eq!(world.receive(&world.delivery(&said)).await.replies, said.len());
    })
    .await;
}

#[tokio::test]
async fn the_same_message_id_at_another_account_is_not_taken_back() {
    tell(async |world| {
        let (_, other) = world.connect(1, world.tenant).await;
        world
            .receive(&world.delivery(&[world.element("message", json!({ "mid": "m1", "is_deleted": true }))]))
            .await;
        let elsewhere = world
            .meta()
            .pages()
            .into_iter()
            .find(|page| page.username.as_ref() == Some(&other))
            .unwrap();
        let mut said = world.element("message", json!({ "mid": "m1", "text": "hello" }));
        said["recipient"]["id"] = elsewhere.ig_id.clone().unwrap().into();
        let event = sandbox::Event::new(&elsewhere.ig_id.unwrap(), "raw", None, said);
        assert_eq!(world.receive(&world.meta().body(&[event])).await.replies, 1);
        world.switch_auto_reply(false).await;
        world.pass(crate::world::days(2));
        world.work().await;
    })
    .await;
}
