//! What callers of the API read: the right status, JSON, and never a 500 for something they did.

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::World;

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
    let answer = owner.call("/api/rules/add", &rule(&account, "")).await;
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
    let missing = owner.call("/api/rules/move", &[("account", "x")]).await;
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
    let unreadable = owner.call("/api/rules/move", &fields).await;
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
        assert_eq!(owner.call("/api/accounts/default-reply", &first).await.status, 200);
        let second = [
            ("account", account.as_str()),
            ("canned", "Back at ten."),
            ("version", "1"),
        ];
        let answer = owner.call("/api/accounts/default-reply", &second).await;
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
        .call("/api/accounts/load", &[("account", "'; DROP TABLE users")])
        .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_before_it_is_read() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let huge = "x".repeat(server::http::api::LARGEST_FORM + 1);
    assert_eq!(owner.call("/api/rules/add", &rule("x", &huge)).await.status, 413);
}
