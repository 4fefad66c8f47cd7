//! The health page: who needs somebody, what reached this server, and a check of all accounts by hand.

use domain::rules::{IntentMatcher, Matcher, Response, RuleDraft};
use domain::views::{Place, Tone};
use engine::identity::Actor;

use crate::world::{NOON, World, an_owner, tell_with};

/// What the page says about intents.
async fn told_of_intents(world: &World) -> Option<String> {
    let page = world
        .health()
        .understood_by(world.engine.intents())
        .page()
        .await
        .unwrap();
    let intents = page.facts.into_iter().find(|fact| fact.label == "Intents");
    intents.map(|fact| fact.note)
}

#[tokio::test]
async fn a_connection_that_works_and_one_that_does_not() {
    tell_with(an_owner, async |world| {
        let page = world.health().page().await.unwrap();
        assert_eq!(
            page.summary,
            "Nothing is proven yet; bloomandstem waits for its first DM."
        );
        assert_eq!(
            (page.accounts[0].pill.label.as_str(), page.checking),
            ("Waits for a DM", None)
        );
        assert!(
            page.facts.iter().all(|fact| fact.at.is_none()),
            "nothing has happened yet"
        );

        world.log_message(NOON, Some("sent"), None).await;
        world.log_reply(NOON).await;
        let page = world.health().page().await.unwrap();
        assert!(
            page.summary.starts_with("The reply credits are used up"),
            "{}",
            page.summary
        );
        world.grant_credits(10).await;
        let page = world.health().page().await.unwrap();
        assert_eq!(
            page.summary,
            "The connection works: the account has received a DM and sent a reply."
        );
        assert_eq!(page.accounts[0].pill.label, "Works");

        let text = "UPDATE accounts SET status = 'needs_reconnect', status_cause = 'password_changed' WHERE id = $1";
        world.execute(text, vec![world.account.as_uuid().into()]).await;
        let text = "INSERT INTO webhook_health (kind, count, last_at) VALUES ('rejected_signature', 1, $1)";
        world.execute(text, vec![NOON.as_millis().into()]).await;
        let page = world.health().page().await.unwrap();
        assert_eq!(
            page.summary,
            "Your account needs you. Each problem has its fix beside it."
        );
        let account = &page.accounts[0];
        let first = &account.lines[0];
        assert_eq!(first.state, Tone::Bad, "problems come first");
        assert_eq!(first.next_step.as_ref().unwrap().place, Place::Connect);
        assert!(!account.can_be_checked);
        let rejected = page.facts.iter().find(|fact| fact.label == "Last rejected delivery");
        assert_eq!(rejected.unwrap().note, "Wrong signature. Not from Meta.");
    })
    .await;
}

#[tokio::test]
async fn all_accounts_are_checked_by_hand_once_and_only_the_own_ones() {
    tell_with(an_owner, async |world| {
        let neighbour = world.neighbour().await;
        let connections = world.engine.connections();
        connections.check_tenant(world.tenant).await.unwrap();
        connections.check_tenant(world.tenant).await.unwrap();
        let planned = "token_checks c JOIN accounts a ON a.id = c.account_id WHERE a.tenant_id = $1";
        assert_eq!(
            (world.count(planned).await, neighbour.count(planned).await),
            (1, 0),
            "a check that is under way is not begun again"
        );
        let checking = world.health().page().await.unwrap().checking.unwrap();
        assert_eq!((checking.checked, checking.accounts), (0, 1));
        assert_eq!(neighbour.health().page().await.unwrap().checking, None);

        let text = "UPDATE token_checks SET checked_at = $1, result = 'working'";
        world.execute(text, vec![NOON.as_millis().into()]).await;
        let page = world.health().page().await.unwrap();
        assert_eq!(page.checking, None);
        let last = page.facts.last().unwrap();
        assert!(last.note.starts_with("1 of 1 checked."), "{}", last.note);
        connections.check_tenant(world.tenant).await.unwrap();
        assert_eq!(world.count(planned).await, 2);
    })
    .await;
}

#[tokio::test]
async fn rules_with_an_intent_are_told_where_nothing_reads_intents() {
    tell_with(an_owner, async |world| {
        assert_eq!(told_of_intents(world).await, None, "no rule has one");
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
        let rules = world.rules();
        let added = rules.add(world.account, &draft, None, Actor::Command).await.unwrap();
        let told = told_of_intents(world).await.unwrap();
        assert!(
            told.starts_with("1 rule that listens for an intent is passed over: intents are switched off"),
            "{told}"
        );
        rules.set_enabled(added.rule, false, Actor::Command).await.unwrap();
        assert_eq!(told_of_intents(world).await, None, "nothing is passed over");
    })
    .await;
}
