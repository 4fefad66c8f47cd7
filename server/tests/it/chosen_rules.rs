//! Several rules at once as a plain form: the ticked boxes of the list, wherever they stand in it.

use app::endpoints;

use crate::shared::TestDatabases;
use crate::support::{Browser, World};

async fn rules(browser: &mut Browser, account: &str) -> Vec<(String, String, bool)> {
    let page = browser
        .call(endpoints::LOAD_RULES, &[("account", account)])
        .await
        .json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let rows = page["rules"].as_array().unwrap().iter().map(|row| &row["rule"]);
    rows.map(|rule| (text(&rule["id"]), text(&rule["label"]), rule["enabled"] == true))
        .collect()
}

fn labels(rules: &[(String, String, bool)]) -> Vec<&str> {
    rules.iter().map(|(_, label, _)| label.as_str()).collect()
}

#[tokio::test]
async fn ticked_boxes_and_a_button_are_enough() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let page = format!("/admin/rules/instagram/{account}?select=1");
    for key in ["hours", "prices", "person"] {
        let fields = [("account", account.as_str()), ("key", key)];
        browser.call(endpoints::ADD_STARTER, &fields).await;
    }
    let before = rules(&mut browser, &account).await;
    let drawn = browser.get(&page).await;
    let boxes = drawn.body.matches("form=\"chosen-rules\"").count();
    assert_eq!(boxes, 3, "a box for each rule: {}", drawn.body);
    assert!(
        !browser
            .get(&page.replace("?select=1", ""))
            .await
            .body
            .contains("form=\"chosen-rules\"")
    );

    let (first, third) = (before[0].0.clone(), before[2].0.clone());
    let version = drawn.body.split("name=\"list_version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap().to_owned();
    let ticked = [
        ("_form", "chosen-rules"),
        ("account", account.as_str()),
        ("list_version", &version),
        ("chosen[1]", &first),
        ("chosen[3]", &third),
        ("to", "1"),
        ("into", &account),
    ];
    let press = |name, value| [&ticked[..], &[(name, value)]].concat();

    let answer = browser
        .post(&page, endpoints::SWITCH_CHOSEN, &press("enabled", "false"))
        .await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let off = rules(&mut browser, &account).await;
    assert_eq!(off.iter().map(|rule| rule.2).collect::<Vec<_>>(), [false, true, false]);
    let told = browser.get(answer.location()).await;
    assert!(told.body.contains("2 rules were switched off."), "{}", told.body);

    let answer = browser
        .post(&page, endpoints::MOVE_CHOSEN, &press("place", "bottom"))
        .await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let moved = rules(&mut browser, &account).await;
    assert_eq!(
        labels(&moved),
        [labels(&before)[1], labels(&before)[0], labels(&before)[2]]
    );

    // The list has changed since the page was drawn.
    let answer = browser
        .post(&page, endpoints::MOVE_CHOSEN, &press("place", "number"))
        .await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let told = browser.get(answer.location()).await;
    assert!(told.body.contains("list meanwhile"), "{}", told.body);
    assert!(
        told.body.contains(&format!("value=\"{third}\" checked")) || told.body.contains("checked"),
        "{}",
        told.body
    );
    assert_eq!(rules(&mut browser, &account).await, moved);

    browser.post(&page, endpoints::DELETE_CHOSEN, &ticked).await;
    assert_eq!(labels(&rules(&mut browser, &account).await), [labels(&before)[1]]);
    let nothing = browser.post(&page, endpoints::DELETE_CHOSEN, &ticked[..3]).await;
    let told = browser.get(nothing.location()).await;
    assert!(told.body.contains("Choose at least one rule."), "{}", told.body);
}
