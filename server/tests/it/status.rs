//! What callers of the API read: the right status, JSON, and never a 500 for something they did.

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::World;
use app::endpoints;

fn rule<'a>(account: &'a str, label: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("account", account),
        ("label", label),
        ("keywords", "price"),
        ("mode", "whole_word"),
        ("canned", "See our site."),
    ]
}

#[tokio::test]
async fn a_limit_names_the_field_and_says_what_to_do() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let answer = owner.call(endpoints::ADD_RULE, &rule(&account, "")).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(
        (answer.json()["field"].as_str(), answer.json()["message"].as_str()),
        (Some("label"), Some("Give the rule a name."))
    );
}

#[tokio::test]
async fn arguments_that_are_missing_or_cannot_be_read_are_the_callers_mistake() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let missing = owner.call(endpoints::MOVE_RULE, &[("account", "x")]).await;
    assert_eq!(
        (missing.status.as_u16(), missing.json()["field"].as_str()),
        (422, Some("rule"))
    );

    let fields = [
        ("account", "x"),
        ("rule", "x"),
        ("to", "secret words"),
        ("list_version", "1"),
    ];
    let unreadable = owner.call(endpoints::MOVE_RULE, &fields).await;
    assert_eq!(unreadable.status, 422);
    assert!(!unreadable.body.contains("secret words"), "{}", unreadable.body);
}

#[tokio::test]
async fn whoever_comes_second_gets_a_conflict_with_the_present_state() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut owner = world.signed_in(&world.owner).await;
        let account = world.account.to_string();
        let first = [
            ("account", account.as_str()),
            ("canned", "Back at nine."),
            ("version", "1"),
        ];
        assert_eq!(owner.call(endpoints::SAVE_DEFAULT_REPLY, &first).await.status, 200);
        let second = [
            ("account", account.as_str()),
            ("canned", "Back at ten."),
            ("version", "1"),
        ];
        let answer = owner.call(endpoints::SAVE_DEFAULT_REPLY, &second).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["error"].as_str()),
            (409, Some("conflict"))
        );
        assert!(
            answer.json()["current"].as_str().unwrap().contains("Back at nine."),
            "{}",
            answer.body
        );
    })
    .await;
}

#[tokio::test]
async fn an_id_that_is_none_does_not_exist() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let answer = owner
        .call(endpoints::LOAD_ACCOUNT, &[("account", "'; DROP TABLE users")])
        .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_in_words() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let huge = "x".repeat(server::http::edge::limits::LARGEST_FORM + 1);
    let answer = owner.call(endpoints::ADD_RULE, &rule("x", &huge)).await;
    assert_eq!(answer.status, 413);
    let sentence = answer.json()["message"].as_str().unwrap_or_default().to_owned();
    assert!(sentence.starts_with("This is larger than 1 MB"), "{sentence}");

    let answer = owner.post("/admin", endpoints::ADD_RULE, &rule("x", &huge)).await;
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("This is larger than 1 MB"), "{}", answer.body);
}

#[tokio::test]
async fn only_an_import_of_somebody_who_may_edit_may_be_long() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let long = "x".repeat(server::http::edge::limits::LARGEST_FORM + 1);
    let file = [("file", long.as_str())];
    assert_eq!(world.browser().call(endpoints::IMPORT_RULES, &file).await.status, 413);
    let mut viewer = world.signed_in(&world.viewer).await;
    assert_eq!(
        viewer.call(endpoints::IMPORT_RULES, &file).await.status,
        413,
        "only looks"
    );
    let mut owner = world.signed_in(&world.owner).await;
    assert_ne!(owner.call(endpoints::IMPORT_RULES, &file).await.status, 413);
    let huge = "x".repeat(server::http::edge::limits::LARGEST_IMPORT + 1);
    let answer = owner.call(endpoints::IMPORT_RULES, &[("file", &huge)]).await;
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("This is larger than 16 MB"), "{}", answer.body);
}
