//! The overview: one sentence, what needs somebody, and a checklist that turns green by itself.

use domain::reasons::Reason;
use domain::rules::{IntentMatcher, Matcher, Response, RuleDraft};
use domain::views::{OutcomeFilter, Place, Tone};
use engine::identity::Actor;

use crate::world::{NOON, World, an_owner, days, minutes, tell_with};

#[tokio::test]
async fn the_checklist_turns_green_by_itself() {
    tell_with(an_owner, async |world| {
        world.switch_auto_reply(false).await;
        let open = async || {
            let checklist = world.overview().page().await.unwrap().checklist;
            let open = checklist
                .lines
                .into_iter()
                .filter(|line| line.state != Tone::Ok)
                .map(|line| line.label);
            (open.collect::<Vec<_>>(), checklist.complete)
        };
        assert_eq!(open().await.0, ["Can receive", "Can send", "Credits", "Switched on"]);
        world.grant_credits(312).await;
        world.log_message(NOON, Some("sent"), None).await;
        assert_eq!(open().await.0, ["Can send", "Switched on"]);
        let status = world.overview().page().await.unwrap().status;
        assert_eq!(status.lead, "Not answering yet.");
        assert_eq!(status.rest, "2 steps are left: can send, switched on.");

        world.log_reply(NOON).await;
        world.switch_auto_reply(true).await;
        assert_eq!(open().await, (Vec::new(), true));
        let status = world.overview().page().await.unwrap().status;
        assert_eq!(
            (status.lead.as_str(), status.rest.as_str()),
            ("On.", "312 credits. 1 account is answering.")
        );
        assert_eq!(status.last_dm.unwrap().short, "12:00");
    })
    .await;
}

#[tokio::test]
async fn an_empty_balance_and_a_dead_token_are_said_first() {
    tell_with(an_owner, async |world| {
        let overview = world.overview().page().await.unwrap();
        assert_eq!(
            (overview.status.lead.as_str(), overview.out_of_credits),
            ("Off: no credits.", true)
        );

        world.grant_credits(5).await;
        let text = "UPDATE accounts SET status = 'needs_reconnect', status_cause = 'token_expired' WHERE id = $1";
        world.execute(text, vec![world.account.as_uuid().into()]).await;
        let overview = world.overview().page().await.unwrap();
        assert_eq!(overview.status.lead, "Not answering.");
        assert_eq!(overview.attention[0].what, "cannot send");
        assert_eq!(overview.attention[0].next_step.place, Place::Connect);
        assert_eq!(
            world
                .overview()
                .rail("Bloom & Stem".into())
                .await
                .unwrap()
                .need_attention,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn the_chart_has_fourteen_days_and_counts_each_message_once() {
    tell_with(an_owner, async |world| {
        world.log_message(NOON, Some("sent"), None).await;
        world.log_message(NOON, Some("failed"), Some("transient")).await;
        world.log_reply(NOON).await;
        let days = world.overview().page().await.unwrap().days;
        assert_eq!(
            (days.len(), days[13].date.as_str(), days[0].label.as_str()),
            (14, "2026-11-22", "Mon 9 Nov")
        );
        assert_eq!((days[13].canned, days[13].ai, days[13].not_answered), (1, 0, 1));
    })
    .await;
}

#[tokio::test]
async fn conversations_that_the_limit_stopped_need_somebody() {
    tell_with(an_owner, async |world| {
        world.grant_credits(312).await;
        world.log_message(NOON, Some("sent"), None).await;
        world.log_reply(NOON).await;
        assert_eq!(world.overview().page().await.unwrap().status.tone, Tone::Ok);

        for _ in 0..90 {
            world
                .log_message(NOON, Some("skipped"), Some("conversation_limit"))
                .await;
        }
        let overview = world.overview().page().await.unwrap();
        let row = &overview.attention[0];
        assert_eq!(
            (row.subject.as_str(), row.what.as_str()),
            ("bloomandstem", "stopped answering one customer")
        );
        assert!(
            row.detail.starts_with("90 DMs in the last 24 hours got no reply"),
            "{}",
            row.detail
        );
        let skipped = Place::Messages {
            account: Some(world.account),
            outcome: OutcomeFilter::Skipped,
            reason: Some(Reason::ConversationLimit),
        };
        assert_eq!(row.next_step.place, skipped);
        let status = overview.status;
        assert_eq!((status.tone, status.lead.as_str()), (Tone::Warn, "On."));
        assert_eq!(status.rest, "312 credits. 1 account is answering. 1 thing needs you.");

        world.pass(days(1) + minutes(1));
        assert_eq!(world.overview().page().await.unwrap().attention, [], "old news is none");
    })
    .await;
}

#[tokio::test]
async fn an_account_that_was_never_tried_is_not_called_answering() {
    tell_with(an_owner, async |world| {
        world.grant_credits(100).await;
        let status = world.overview().page().await.unwrap().status;
        assert_eq!((status.tone, status.lead.as_str()), (Tone::Info, "Ready."));
        assert_eq!(status.rest, "100 credits. bloomandstem waits for its first DM.");
        let card = world.accounts().list().await.unwrap();
        assert_eq!(card.summary, "1 connected: 1 is ready and not tried yet.");
    })
    .await;
}

/// What *Needs you* says, one line after the other.
async fn needs(world: &World) -> Vec<String> {
    let attention = world.overview().page().await.unwrap().attention;
    attention
        .into_iter()
        .map(|line| format!("{} {}", line.subject, line.what))
        .collect()
}

#[tokio::test]
async fn a_reply_of_the_ai_that_was_held_back_is_told() {
    tell_with(an_owner, async |world| {
        world.grant_credits(312).await;
        world.log_message(NOON, Some("skipped"), Some("ai_held")).await;
        assert_eq!(needs(world).await, ["bloomandstem held back an AI reply"]);
        let line = &world.overview().page().await.unwrap().attention[0];
        assert!(
            line.detail.starts_with("One customer got nothing instead"),
            "{}",
            line.detail
        );
        let held = Place::Messages {
            account: Some(world.account),
            outcome: OutcomeFilter::Skipped,
            reason: Some(Reason::AiHeld),
        };
        assert_eq!(line.next_step.place, held);
    })
    .await;
}

#[tokio::test]
async fn a_reply_by_a_prompt_that_is_not_approved_is_told() {
    tell_with(an_owner, async |world| {
        world.grant_credits(312).await;
        for reason in ["prompt_not_approved", "prompt_not_approved", "ai_off"] {
            world.log_message(NOON, Some("skipped"), Some(reason)).await;
        }
        assert_eq!(needs(world).await, ["bloomandstem has no AI reply for one customer"]);
        let line = &world.overview().page().await.unwrap().attention[0];
        assert!(
            line.detail
                .starts_with("2 DMs in the last 24 hours got no reply. The prompt of the reply is not approved."),
            "{}",
            line.detail
        );
    })
    .await;
}

#[tokio::test]
async fn who_wrote_while_there_were_no_credits_is_not_forgotten_once_there_are_some() {
    tell_with(an_owner, async |world| {
        for _ in 0..32 {
            world.log_message(NOON, Some("skipped"), Some("no_credits")).await;
        }
        assert_eq!(needs(world).await, [""; 0], "the page says it above everything else");
        world.grant_credits(312).await;
        assert_eq!(
            needs(world).await,
            ["bloomandstem missed one customer while there were no credits"]
        );
        let line = &world.overview().page().await.unwrap().attention[0];
        assert!(
            line.detail.starts_with("32 DMs in the last 24 hours got no reply"),
            "{}",
            line.detail
        );
        world.pass(days(1) + minutes(1));
        assert_eq!(needs(world).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn credits_that_would_not_last_another_day_like_today_come_before_customers() {
    tell_with(an_owner, async |world| {
        world.grant_credits(31).await;
        for _ in 0..69 {
            world.log_message(NOON, Some("sent"), None).await;
        }
        world
            .log_message(NOON, Some("skipped"), Some("conversation_limit"))
            .await;
        assert_eq!(
            needs(world).await,
            [
                "Your reply credits last less than another day like today",
                "bloomandstem stopped answering one customer"
            ]
        );
        let line = &world.overview().page().await.unwrap().attention[0];
        assert!(line.detail.starts_with("31 left, 69 used today."), "{}", line.detail);
    })
    .await;
}

#[tokio::test]
async fn rules_that_nothing_reads_need_somebody() {
    tell_with(an_owner, async |world| {
        world.grant_credits(312).await;
        let draft = RuleDraft {
            label: "Booking".into(),
            matcher: Matcher::Prompt(IntentMatcher {
                description: "wants to book a table".into(),
                ..IntentMatcher::default()
            }),
            response: Response::Canned("Which day?".into()),
            enabled: true,
            leave_to_person: false,
        };
        world
            .rules()
            .add(world.account, &draft, None, Actor::Command)
            .await
            .unwrap();
        let page = world
            .overview()
            .understood_by(world.engine.intents())
            .page()
            .await
            .unwrap();
        let line = &page.attention[0];
        assert_eq!(
            line.what,
            "are not read: 1 rule that listens for an intent is passed over"
        );
        assert!(
            line.detail.starts_with("Intents are switched off on this server."),
            "{}",
            line.detail
        );
        assert_eq!(line.next_step.place, Place::Health);
        assert_eq!(page.status.tone, Tone::Warn);
    })
    .await;
}
