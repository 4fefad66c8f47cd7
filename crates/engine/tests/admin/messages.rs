//! The log: newest first, filtered, paged by key, in words.

use domain::answer_checks::HeldBy;
use domain::ids::ReplyId;
use domain::reasons::Reason;
use domain::time::Timestamp;
use domain::views::{Cursor, Direction, LedgerFilter, MessageFilter, OutcomeFilter, Tone};
use engine::messages::MessagesError;
use uuid::Uuid;

use crate::world::{NOON, World, an_owner, days, keyword_rule, minutes, tell, tell_with};

#[tokio::test]
async fn every_outcome_is_told_in_words() {
    tell_with(an_owner, async |world| {
        world.log_message(NOON - minutes(3), Some("sent"), None).await;
        world
            .log_message(NOON - minutes(2), Some("skipped"), Some("no_credits"))
            .await;
        world
            .log_message(NOON - minutes(1), Some("failed"), Some("recipient_unavailable"))
            .await;
        waiting(world, NOON).await;

        let page = world
            .messages()
            .page(&MessageFilter::default(), &Cursor::Newest)
            .await
            .unwrap();
        let told: Vec<(&str, &str, i64)> = page
            .rows
            .iter()
            .map(|row| (row.pill.label.as_str(), row.why.as_str(), row.credits))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "Waiting",
                    "The account needs reconnecting. Goes out if you reconnect before Mon 23 Nov, 12:00",
                    -1
                ),
                ("Failed", "This person cannot receive messages from you now", 0),
                ("Not answered", "No credits", 0),
                ("Sent", "Default reply", -1),
            ]
        );
        assert!(page.rows[0].credit_reserved && !page.rows[3].credit_reserved);
        assert_eq!(page.rows[3].message, "Text from ··4821");
        assert_eq!((page.rows[3].took_ms, page.rows[3].pill.tone), (Some(1_800), Tone::Ok));
        assert_eq!(page.rows[0].when.day, "Today, Sunday 22 November");
    })
    .await;
}

#[tokio::test]
async fn what_a_check_held_back_is_advised_about_only_where_it_ended_the_reply() {
    tell_with(an_owner, async |world| {
        let reasons = [
            Reason::TokenInvalid,
            Reason::AccountDisabled,
            Reason::AiHeld,
            Reason::EmptyReply,
        ];
        for (age, reason) in (0..).zip(reasons) {
            let outcome = Some(reason.outcome_kind().as_str());
            world
                .log_message(NOON - minutes(age), outcome, Some(reason.as_str()))
                .await;
        }
        world.log_message(NOON - minutes(4), Some("sent"), None).await;
        let held = "UPDATE messages SET held_by = $1 WHERE tenant_id = $2";
        let values = [HeldBy::Number.as_str().into(), world.tenant.as_uuid().into()];
        world.execute(held, values).await;

        let page = world.messages().page(&MessageFilter::default(), &Cursor::Newest).await;
        let rows = page.unwrap().rows;
        let told: Vec<(&str, Option<&str>)> = rows
            .iter()
            .map(|row| {
                let label = row.next_step.as_ref().map(|step| step.label.as_str());
                (row.advice.as_deref().unwrap_or_default(), label)
            })
            .collect();
        let (own, about_answer) = told.split_at(2);
        assert_eq!(
            own,
            [
                (Reason::TokenInvalid.next_step().unwrap(), Some("See the account")),
                (Reason::AccountDisabled.next_step().unwrap(), Some("Switch on")),
            ]
        );
        for (advice, label) in about_answer {
            assert!(advice.contains(HeldBy::Number.next_step()), "{advice}");
            assert!(advice.ends_with("it shows what would be held back now."), "{advice}");
            assert_eq!(*label, Some("Open the persona"), "{advice}");
        }
    })
    .await;
}

#[tokio::test]
async fn filters_narrow_and_days_are_the_tenants() {
    tell_with(an_owner, async |world| {
        // 23:30 in Amsterdam on the 20th, and 00:30 on the 21st.
        let late = Timestamp::from_millis(1_795_213_800_000);
        world.log_message(late, Some("sent"), None).await;
        world
            .log_message(late + minutes(60), Some("failed"), Some("transient"))
            .await;
        waiting(world, NOON).await;
        let tenants = world.tenants();
        tenants
            .change(world.tenant, "Bloom", "Europe/Amsterdam", world.actor())
            .await
            .unwrap();

        let found = async |filter: MessageFilter| {
            world
                .messages()
                .page(&filter, &Cursor::Newest)
                .await
                .unwrap()
                .rows
                .len()
        };
        let day = |day: &str| MessageFilter {
            from: Some(day.into()),
            to: Some(day.into()),
            ..MessageFilter::default()
        };
        assert_eq!(found(day("2026-11-20")).await, 1);
        assert_eq!(found(day("2026-11-21")).await, 1);
        let outcome = |outcome| MessageFilter {
            outcome: Some(outcome),
            ..MessageFilter::default()
        };
        assert_eq!(found(outcome(OutcomeFilter::Failed)).await, 1);
        assert_eq!(found(outcome(OutcomeFilter::Waiting)).await, 1);
        assert_eq!(found(outcome(OutcomeFilter::Skipped)).await, 0);
        let reason = |reason| MessageFilter {
            reason: Some(reason),
            ..MessageFilter::default()
        };
        assert_eq!(found(reason(Reason::Transient)).await, 1);
        assert_eq!(found(reason(Reason::NoCredits)).await, 0);
        let asked = world
            .messages()
            .page(&reason(Reason::NoCredits), &Cursor::Newest)
            .await
            .unwrap();
        assert_eq!(
            asked.reasons,
            [Reason::NoCredits, Reason::Transient],
            "what occurred, and what was asked for"
        );
        let outbound = MessageFilter {
            direction: Some(Direction::Outbound),
            ..MessageFilter::default()
        };
        assert_eq!(found(outbound).await, 0);

        let bad = MessageFilter {
            from: Some("tomorrow".into()),
            ..MessageFilter::default()
        };
        let error = world.messages().page(&bad, &Cursor::Newest).await.unwrap_err();
        let MessagesError::Invalid(fields) = error else {
            panic!("{error:?}")
        };
        assert_eq!(fields[0].field, "from");
    })
    .await;
}

#[tokio::test]
async fn older_and_newer_show_every_message_once() {
    tell_with(an_owner, async |world| {
        // Several share an instant: the id decides.
        for number in 0..120 {
            world.log_message(NOON - minutes(number / 4), Some("sent"), None).await;
        }
        let filter = MessageFilter::default();
        let read = async |cursor: &Cursor| world.messages().page(&filter, cursor).await.unwrap();
        let first = read(&Cursor::Newest).await;
        let second = read(&Cursor::Older(first.older.clone().unwrap())).await;
        let third = read(&Cursor::Older(second.older.clone().unwrap())).await;
        assert_eq!((first.rows.len(), second.rows.len(), third.rows.len()), (50, 50, 20));
        assert_eq!((first.newer.as_deref(), third.older.as_deref()), (None, None));
        let mut ids: Vec<Uuid> = [&first, &second, &third]
            .iter()
            .flat_map(|page| &page.rows)
            .map(|row| row.id.as_uuid())
            .collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 120);

        assert_eq!(read(&Cursor::Newer(third.newer.unwrap())).await.rows, second.rows);
        let back = read(&Cursor::Newer(second.newer.unwrap())).await;
        assert_eq!((back.rows, back.newer), (first.rows, None));
        assert_eq!(first.matching.to_string(), "120");
    })
    .await;
}

#[tokio::test]
async fn the_export_holds_every_row_and_ends() {
    tell_with(an_owner, async |world| {
        for number in 0..501 {
            world
                .log_message(NOON - minutes(number), Some("skipped"), Some("no_credits"))
                .await;
        }
        let mut export = world.messages().export(&MessageFilter::default()).await.unwrap();
        let mut text = String::new();
        while let Some(piece) = export.next_piece().await.unwrap() {
            text.push_str(&piece);
        }
        assert_eq!(text.lines().count(), 502);
        let second = text.lines().nth(1).unwrap();
        assert!(
            second.starts_with("\"2026-11-22T12:00:00+00:00\",\"bloomandstem\",\"inbound\""),
            "{second}"
        );
    })
    .await;
}

/// A message whose reply holds a credit and waits for a reconnect.
async fn waiting(world: &World, at: Timestamp) {
    let message = world.log_message(at, None, None).await;
    let (conversation, reply) = (Uuid::now_v7(), Uuid::now_v7());
    let text = "INSERT INTO conversations (id, tenant_id, account_id, customer_id, window_until, created_at)
        VALUES ($1, $2, $3, '900004821', $4, $5)";
    let (tenant, account) = (world.tenant.as_uuid(), world.account.as_uuid());
    let values = [
        conversation.into(),
        tenant.into(),
        account.into(),
        (at + days(1)).as_millis().into(),
        at.as_millis().into(),
    ];
    world.execute(text, values).await;
    let text = "INSERT INTO replies (id, tenant_id, account_id, conversation_id, message_id, state, wait_reason,
            not_before, occurred_at, version, attempts, lookups, empty_lookups, presumed_sent,
            panics, job_no, created_at)
        VALUES ($1, $2, $3, $4, $5, 'composed', 'needs_reconnect', $6, $6, 1, 0, 0, 0, FALSE, 0, 1, $6)";
    let values = [
        reply.into(),
        tenant.into(),
        account.into(),
        conversation.into(),
        message.as_uuid().into(),
        at.as_millis().into(),
    ];
    world.execute(text, values).await;
    world.grant_credits(1).await;
    world.reserve_credit(ReplyId::from_uuid(reply)).await;
}

#[tokio::test]
async fn the_log_tells_the_name_and_the_place_that_a_rule_had_when_it_answered() {
    tell(async |world| {
        world.rule("Hours", &["open"], "From 9 to 5.").await;
        world.rule("Prices", &["price"], "It is 20 €.").await;
        world.customer_asks("What is the price?").await;
        world.pass(minutes(1));

        let rules = world.rules();
        let page = rules.page(world.account).await.unwrap();
        let prices = page.rules[1].rule.clone();
        rules
            .move_to(prices.id, 1, page.list_version, world.actor())
            .await
            .unwrap();
        let renamed = keyword_rule("What it costs", &["price"], "It is 20 €.");
        rules
            .edit(prices.id, prices.version, &renamed, world.actor())
            .await
            .unwrap();
        world.customer_asks("And the price today?").await;
        told(world, ["Rule 1, What it costs", "Rule 2, Prices"]).await;

        world.pass(minutes(1));
        rules.delete(prices.id, world.actor()).await.unwrap();
        told(
            world,
            ["Rule 1, What it costs, deleted since", "Rule 2, Prices, deleted since"],
        )
        .await;
    })
    .await;
}

/// Both answers, newest first, in the log, in its export, on the account's page and in the ledger.
async fn told(world: &World, words: [&str; 2]) {
    let page = world.messages().page(&MessageFilter::default(), &Cursor::Newest).await;
    let rows = page.unwrap().rows;
    let why: Vec<&str> = rows.iter().map(|row| row.why.as_str()).collect();
    assert_eq!(why, words);
    let rule = rows[1].rule.clone().unwrap();
    assert_eq!((rule.label.as_str(), rule.position), ("Prices", Some(2)));
    let recent = world.messages().recent(world.account, 5).await.unwrap();
    assert_eq!(recent[1].why, words[1]);

    let mut export = world.messages().export(&MessageFilter::default()).await.unwrap();
    let mut csv = String::new();
    while let Some(piece) = export.next_piece().await.unwrap() {
        csv.push_str(&piece);
    }
    for words in words {
        assert!(csv.contains(&format!("\"{words}\"")), "{csv}");
    }

    let ledger = world
        .credits()
        .page(LedgerFilter::Used, &Cursor::Newest)
        .await
        .unwrap()
        .ledger;
    let details: Vec<&str> = ledger.iter().filter_map(|row| row.detail.as_deref()).collect();
    let name = world.accounts().page(world.account).await.unwrap().card.brief.username;
    let plain = words.map(|words| format!("{name}, {}", words.trim_end_matches(", deleted since")));
    assert_eq!(details, plain);
}
