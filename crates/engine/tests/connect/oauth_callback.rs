//! The way back from Facebook: only to the browser that left, only once, only in time; every "no" has its own words.

use domain::accounts::AccountStatus;
use domain::views::{ConnectProblemKind as Kind, ConnectStep};
use engine::connect::{Ask, CallbackOutcome};
use sandbox::{Edge, FaultKind, FaultSpec, LoginDecision};

use crate::world::{minutes, problem, tell};

#[tokio::test]
async fn a_foreign_browser_connects_nothing_and_uses_nothing_up() {
    tell(async |world| {
        let (admin, only) = (world.admin(), world.only(1));
        let back = world.at_facebook(&admin, &only, Ask::Usual).await;
        let stranger = world.login(world.tenant, "another browser");
        let other_tenant = world.login(world.another_tenant().await, "admin's browser");
        for foreign in [&stranger, &other_tenant] {
            assert_eq!(
                world.return_with(foreign, &back).await,
                CallbackOutcome::Lost(Kind::Foreign)
            );
        }
        assert_eq!(
            world.account_rows(world.tenant).await.len(),
            1,
            "the story's own account only"
        );
        let returned = world.return_with(&admin, &back).await;
        let CallbackOutcome::LoginAttempt(attempt) = returned else {
            panic!("{returned:?}")
        };
        assert_eq!(world.account_rows(world.tenant).await.len(), 2);
        // Nobody else can look at what was found.
        let elsewhere = world.page_of(&stranger, &attempt.to_string()).await;
        assert_eq!(elsewhere.attempt, None, "the stranger sees the beginning");
    })
    .await;
}

#[tokio::test]
async fn a_state_works_once_for_ten_minutes() {
    tell(async |world| {
        let (admin, only) = (world.admin(), world.only(1));
        let back = world.at_facebook(&admin, &only, Ask::Usual).await;
        assert!(matches!(
            world.return_with(&admin, &back).await,
            CallbackOutcome::LoginAttempt(_)
        ));
        assert_eq!(
            world.return_with(&admin, &back).await,
            CallbackOutcome::Lost(Kind::Reused)
        );
        let late = world.at_facebook(&admin, &only, Ask::Usual).await;
        world.pass(minutes(10));
        assert_eq!(
            world.return_with(&admin, &late).await,
            CallbackOutcome::Lost(Kind::Expired)
        );
    })
    .await;
}

#[tokio::test]
async fn a_state_that_is_missing_unknown_or_strange_is_refused() {
    tell(async |world| {
        let admin = world.admin();
        let long = "x".repeat(10_000);
        for (query, kind) in [
            ("", Kind::Incomplete),
            ("code=abc", Kind::Incomplete),
            ("state=&code=abc", Kind::Incomplete),
            ("state=unknown&code=abc", Kind::Foreign),
            ("state=%00%ff%f0&code=abc", Kind::Foreign),
            (&format!("state={long}"), Kind::Incomplete),
        ] {
            let address = format!("https://concierge.example/instagram/callback?{query}");
            assert_eq!(
                world.return_with(&admin, &address).await,
                CallbackOutcome::Lost(kind),
                "{query}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn cancel_and_an_answer_without_a_code_have_their_own_words() {
    tell(async |world| {
        let admin = world.admin();
        let denied = problem(world.log_in(&admin, LoginDecision::deny()).await);
        assert_eq!(denied.kind, Kind::Denied);
        let back = world.at_facebook(&admin, &world.only(1), Ask::Usual).await;
        let without_code = back.split("code=").next().unwrap().to_owned() + &back[back.find("state=").unwrap()..];
        let CallbackOutcome::LoginAttempt(attempt) = world.return_with(&admin, &without_code).await else {
            panic!("the state is ours")
        };
        let incomplete = problem(world.page_of(&admin, &attempt.to_string()).await);
        assert_eq!(incomplete.kind, Kind::Incomplete);
    })
    .await;
}

#[tokio::test]
async fn each_known_form_of_facebooks_refusal_has_its_own_words() {
    let words = "error_message=<script>alert(1)</script>&error_description=Permissions+error";
    let denied = "error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied";
    let cases = [
        (denied.to_owned(), Kind::Denied, "Continue with Facebook"),
        ("error=access_denied".into(), Kind::Denied, "Continue with Facebook"),
        (
            "error_reason=user_denied".into(),
            Kind::Denied,
            "Continue with Facebook",
        ),
        (
            format!("error_code=901&{words}"),
            Kind::AppUnavailable,
            "Back to the accounts",
        ),
        (
            format!("error_code=1349187&{words}"),
            Kind::AppUnavailable,
            "Back to the accounts",
        ),
        (
            format!("error=access_denied&error_code=901&{words}"),
            Kind::AppUnavailable,
            "Back to the accounts",
        ),
        (
            "error_code=101&error_message=x".into(),
            Kind::Misconfigured,
            "Continue with Facebook",
        ),
        (
            "error_code=191&error_message=x".into(),
            Kind::LoginRefused,
            "Back to the accounts",
        ),
        (
            "error_code=1349048&error_message=x".into(),
            Kind::LoginRefused,
            "Back to the accounts",
        ),
        ("error=server_error".into(), Kind::Unreachable, "Continue with Facebook"),
        (
            "error=temporarily_unavailable".into(),
            Kind::Unreachable,
            "Continue with Facebook",
        ),
        (
            "error_code=2&error_message=x".into(),
            Kind::Unreachable,
            "Continue with Facebook",
        ),
        (
            "error=invalid_scope&error_code=100".into(),
            Kind::LoginRefused,
            "Back to the accounts",
        ),
        (
            "error=unauthorized_client".into(),
            Kind::LoginRefused,
            "Back to the accounts",
        ),
        (
            "error_code=424242&error_message=x".into(),
            Kind::LoginRefused,
            "Back to the accounts",
        ),
        (
            "error_code=<script>&error_message=x".into(),
            Kind::LoginRefused,
            "Back to the accounts",
        ),
        ("error=".into(), Kind::LoginRefused, "Back to the accounts"),
    ];
    tell(async |world| {
        let admin = world.admin();
        for (refusal, kind, button) in &cases {
            let back = world.at_facebook(&admin, &world.only(1), Ask::Usual).await;
            let state = back[back.find("state=").unwrap()..].split(['&', '#']).next().unwrap();
            let address = format!("https://concierge.example/instagram/callback?{refusal}&{state}");
            let CallbackOutcome::LoginAttempt(attempt) = world.return_with(&admin, &address).await else {
                panic!("the state is ours: {refusal}")
            };
            let page = world.page_of(&admin, &attempt.to_string()).await;
            assert!(!format!("{page:?}").contains("script"), "its words are anybody's");
            let told = problem(page);
            assert_eq!((&told.kind, told.next_label.as_str()), (kind, *button), "{refusal}");
            let without_state = format!("https://concierge.example/instagram/callback?{refusal}");
            let lost = world.return_with(&admin, &without_state).await;
            assert_eq!(lost, CallbackOutcome::Lost(*kind), "{refusal}");
        }
        assert_eq!(world.account_rows(world.tenant).await.len(), 1, "nothing was connected");
    })
    .await;
}

#[tokio::test]
async fn a_used_code_and_a_silent_facebook_are_told_apart() {
    tell(async |world| {
        let (admin, only) = (world.admin(), world.only(1));
        let first = world.at_facebook(&admin, &only, Ask::Usual).await;
        let second = world.at_facebook(&admin, &only, Ask::Usual).await;
        assert!(matches!(
            world.return_with(&admin, &first).await,
            CallbackOutcome::LoginAttempt(_)
        ));
        // The second state with the first code, as a double click can bring them.
        let part = |address: &str, name: &str| {
            let address = url::Url::parse(address).unwrap();
            let found = address.query_pairs().find(|(key, _)| key == name);
            found.unwrap().1.into_owned()
        };
        let mixed = format!(
            "https://concierge.example/instagram/callback?code={}&state={}",
            part(&first, "code"),
            part(&second, "state")
        );
        let CallbackOutcome::LoginAttempt(attempt) = world.return_with(&admin, &mixed).await else {
            panic!("the state is ours")
        };
        assert_eq!(
            problem(world.page_of(&admin, &attempt.to_string()).await).kind,
            Kind::CodeUsed
        );
        let down = FaultSpec::from(FaultKind::ServerError { http_status: 503 }).edge(Edge::AccessToken);
        world.meta().fault(down);
        assert_eq!(problem(world.log_in(&admin, only).await).kind, Kind::Unreachable);
    })
    .await;
}

#[tokio::test]
async fn a_missing_permission_is_named_and_asked_for_again() {
    tell(async |world| {
        let admin = world.admin();
        let without = world.only(1).without("instagram_manage_messages");
        let missing = problem(world.log_in(&admin, without).await);
        assert_eq!(missing.kind, Kind::PermissionsMissing);
        assert!(missing.lead.contains("Manage Instagram messages"), "{missing:?}");
        let lacking: Vec<&str> = missing
            .permissions
            .iter()
            .filter(|line| !line.given)
            .map(|line| line.name.as_str())
            .collect();
        assert_eq!(lacking, ["instagram_manage_messages"]);
        // Facebook keeps silent about what was declined, unless it is asked again: whoever starts anew asks again.
        crate::world::connected(world.log_in(&admin, world.only(1)).await);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_left_out_is_named_although_a_permission_is_missing_too() {
    tell(async |world| {
        let admin = world.admin();
        let both = LoginDecision::everything();
        let page = world.log_in(&admin, both).await;
        let ConnectStep::Choose { candidates, .. } = page.step else {
            panic!("{page:?}")
        };
        let ids: Vec<String> = candidates.into_iter().map(|candidate| candidate.page_id).collect();
        let attempt = page.attempt.unwrap();
        let chosen = world.engine.connections().choose(&admin, &attempt, &ids[..2]).await;
        crate::world::connected(chosen.unwrap());

        let without = world.only(0).without("instagram_manage_messages");
        let missing = problem(world.log_in(&admin, without).await);
        assert_eq!(missing.kind, Kind::PermissionsMissing);
        let named = "The Page of fernandfjord was left out as well";
        assert!(missing.sentence.contains(named), "{missing:?}");
        let cards = world.accounts().list().await.unwrap().accounts;
        let fern = cards.iter().find(|card| card.brief.username == "fernandfjord").unwrap();
        assert_eq!(
            fern.status,
            AccountStatus::NeedsReconnect,
            "it says so before its next DM"
        );
    })
    .await;
}
