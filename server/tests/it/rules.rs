//! Simulator, import, export and settings of rules: as forms without WebAssembly, and as calls that answer with JSON.

use app::endpoints;
use domain::limits::{MAX_CANNED_BYTES, MAX_KEYWORD_CHARS, MAX_KEYWORDS, MAX_LABEL_CHARS, MAX_RULES};
use http::Method;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::{Answer, Browser, World};

/// Adds the starter rules and returns the page that forms are posted from.
async fn with_starters(world: &World, browser: &mut Browser) -> String {
    let page = format!("/admin/rules/instagram/{}", world.account);
    let account = world.account.to_string();
    for key in ["hours", "prices", "person"] {
        let fields = [("account", account.as_str()), ("key", key)];
        let answer = browser.post(&page, endpoints::ADD_STARTER, &fields).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        assert!(answer.location().starts_with(&format!("{page}#rule-")), "{answer:?}");
    }
    page
}

async fn json(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> serde_json::Value {
    let answer = browser.call(path, fields).await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    answer.json()
}

#[tokio::test]
async fn a_message_is_tried_and_kept_as_an_example() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut browser = world.signed_in(&world.owner).await;
        with_starters(&world, &mut browser).await;
        let account = world.account.to_string();
        let message = [
            ("account", account.as_str()),
            ("text", "how much is it?"),
            ("minutes_ago", "5"),
        ];
        let tried = json(&mut browser, endpoints::SIMULATE_MESSAGE, &message).await;
        assert_eq!(tried["winner"]["label"], "Prices", "{tried}");
        assert_eq!(
            tried["rules"][0]["sentence"]
                .as_str()
                .map(|words| words.contains("“hours”")),
            Some(true)
        );

        json(&mut browser, endpoints::ADD_EXAMPLE, &message).await;
        let simulator = json(&mut browser, endpoints::LOAD_SIMULATOR, &message[..1]).await;
        assert_eq!(simulator["examples"][0]["who"], "Rule 2, Prices", "{simulator}");
        assert_eq!(simulator["facts"]["quiet_hours"], 12);
        let example = simulator["examples"][0]["id"].as_str().unwrap().to_owned();
        let fields = [("account", account.as_str()), ("example", example.as_str())];
        json(&mut browser, endpoints::DELETE_EXAMPLE, &fields).await;

        let odd = [("account", account.as_str()), ("text", "hi"), ("minutes_ago", "soon")];
        let answer = browser.call(endpoints::SIMULATE_MESSAGE, &odd).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json()["fields"][0]["field"], "minutes_ago", "{answer:?}");
    })
    .await;
}

/// What would change: the answer to a form that was sent without looking, or after somebody else's change.
fn preview_of(answer: &Answer) -> serde_json::Value {
    assert_eq!(answer.status, 409, "{answer:?}");
    serde_json::from_str(answer.json()["current"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_long_file_comes_back_to_its_page_with_what_it_would_change() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let page = format!("/admin/rules/instagram/{account}/transfer");
    let rules: Vec<_> = (0..100)
        .map(|at| {
            serde_json::json!({
                "label": format!("Rule {at}"),
                "matcher": { "keywords": { "any_of": [format!("word{at}")] } },
                "response": { "canned": "x".repeat(900) },
            })
        })
        .collect();
    let file = serde_json::json!({
        "format": "concierge reply config",
        "version": 1,
        "default_reply": { "canned": "Thank you." },
        "rules": rules,
    });
    let file = file.to_string();
    let fields = [("_form", "import"), ("account", account.as_str()), ("file", &file)];
    let answer = browser.post(&page, endpoints::IMPORT_RULES, &fields).await;
    assert_eq!(answer.location(), format!("{page}#import"), "{answer:?}");
    let shown = browser.get(&page).await.body;
    assert!(shown.contains("100 rules are added"), "{shown}");
    assert!(shown.contains(&"x".repeat(900)));
    assert!(shown.contains("readonly"), "what was looked at stays as it is");
    let rules = json(&mut browser, endpoints::LOAD_RULES, &fields[1..2]).await;
    assert_eq!(rules["rules"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_file_at_all_limits_is_looked_at_and_imported() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let page = format!("/admin/rules/instagram/{account}/transfer");
    let keyword = |rule: usize, at: usize| format!("{}{rule:04}{at:04}", "ж".repeat(MAX_KEYWORD_CHARS - 8));
    let rules: Vec<_> = (0..MAX_RULES)
        .map(|rule| {
            let keywords: Vec<_> = (0..MAX_KEYWORDS).map(|at| keyword(rule, at)).collect();
            serde_json::json!({
                "label": format!("{}{rule:04}", "Ж".repeat(MAX_LABEL_CHARS - 4)),
                "matcher": { "keywords": { "any_of": keywords } },
                "response": { "canned": "ж".repeat(MAX_CANNED_BYTES / 2) },
            })
        })
        .collect();
    let file = serde_json::json!({
        "format": "concierge reply config",
        "version": 1,
        "default_reply": { "canned": "Thank you." },
        "rules": rules,
    });
    let file = file.to_string();
    let fields = [("_form", "import"), ("account", account.as_str()), ("file", &file)];
    let answer = browser.post(&page, endpoints::IMPORT_RULES, &fields).await;
    assert_eq!(answer.location(), format!("{page}#import"));
    let shown = browser.get(&page).await.body;
    assert!(shown.contains("200 rules are added"));
    assert!(shown.contains("readonly"), "the file is there with what it changes");
    let revision = preview_of(&browser.call(endpoints::IMPORT_RULES, &fields).await)["revision"].to_string();
    let import = [fields[0], fields[1], fields[2], ("revision", revision.as_str())];
    let answer = browser.post(&page, endpoints::IMPORT_RULES, &import).await;
    assert!(answer.location().ends_with("#rules"), "{}", answer.location());
    let rules = json(&mut browser, endpoints::LOAD_RULES, &fields[1..2]).await;
    assert_eq!(rules["rules"].as_array().unwrap().len(), MAX_RULES);
}

/// From a public bug report: keywords that hold a comma are torn apart by an edit of something else.
#[tokio::test]
async fn a_comma_inside_a_keyword_survives_an_edit_of_something_else() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let page = format!("/admin/rules/instagram/{}", world.account);
    let account = world.account.to_string();
    let keywords = serde_json::json!(["1,000 followers", "3,50", "一，二"]);
    let file = serde_json::json!({
        "format": "concierge reply config",
        "version": 1,
        "default_reply": { "canned": "Thank you." },
        "rules": [{
            "label": "Followers",
            "matcher": { "keywords": { "any_of": keywords, "mode": "whole_word" } },
            "response": { "canned": "Hi" },
        }],
    });
    let file = file.to_string();
    let fields = [("account", account.as_str()), ("file", &file)];
    let preview = preview_of(&browser.call(endpoints::IMPORT_RULES, &fields).await);
    let revision = preview["revision"].to_string();
    let import = [fields[0], fields[1], ("revision", &revision)];
    assert_eq!(browser.post(&page, endpoints::IMPORT_RULES, &import).await.status, 303);

    let loaded = json(&mut browser, endpoints::LOAD_RULES, &fields[..1]).await;
    let rule = loaded["rules"][0]["rule"]["id"].as_str().unwrap().to_owned();
    // As the chips send it, and as the page without WebAssembly shows it in its field.
    let editor = browser.get(&format!("{page}?edit={rule}")).await.body;
    let shown = "&quot;1,000 followers&quot;, &quot;3,50&quot;, &quot;一，二&quot;";
    assert!(editor.contains(shown), "{editor}");
    let typed = shown.replace("&quot;", "\"");
    let as_list = [
        ("keyword_list[]", "1,000 followers"),
        ("keyword_list[]", "3,50"),
        ("keyword_list[]", "一，二"),
    ];
    let as_text = [("keywords", typed.as_str())];
    for (version, label, sent) in [("1", "Followers 2", &as_list[..]), ("2", "Followers 3", &as_text[..])] {
        let form = [
            ("_form", "rule-form"),
            ("account", account.as_str()),
            ("rule", rule.as_str()),
            ("version", version),
            ("label", label),
            ("canned", "Hi"),
        ];
        let answer = browser
            .post(&page, endpoints::SAVE_RULE, &[&form[..], sent].concat())
            .await;
        assert!(answer.location().starts_with(&format!("{page}#rule-")), "{answer:?}");
        let exported = browser.get(&format!("{page}/rules.json")).await.json();
        assert_eq!(exported["rules"][0]["label"], label);
        assert_eq!(exported["rules"][0]["matcher"]["keywords"]["any_of"], keywords);
    }
}

/// What failed comes back as it was sent: a list as a list.
#[tokio::test]
async fn a_list_of_keywords_comes_back_in_a_form_that_failed() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let page = format!("/admin/rules/instagram/{account}?edit=new");
    let fields = [
        ("_form", "rule-form-new"),
        ("account", account.as_str()),
        ("label", "Followers"),
        ("keyword_list[]", "1,000 followers"),
        ("keyword_list[]", "price"),
        ("keywords", "\"3,50\", cost"),
        ("canned", ""),
    ];
    let back = browser.post(&page, endpoints::ADD_RULE, &fields).await;
    assert_eq!(back.location(), format!("{page}#rule-form-new"));
    let shown = browser.get(&page).await.body;
    let value = "value=\"&quot;1,000 followers&quot;, price, &quot;3,50&quot;, cost\"";
    assert!(shown.contains(value), "{shown}");
}

#[tokio::test]
async fn rules_leave_as_a_file_and_come_back_only_whole() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let page = with_starters(&world, &mut browser).await;
    let account = world.account.to_string();
    let file = browser.get(&format!("{page}/rules.json")).await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").contains(".rules.json"), "{file:?}");

    let changed = file.body.replace("\"Prices\"", "\"What it costs\"");
    let fields = [("account", account.as_str()), ("file", &changed)];
    let preview = preview_of(&browser.call(endpoints::IMPORT_RULES, &fields).await);
    assert_eq!(preview["sentence"], "1 rule is added, 1 rule is deleted.");
    let revision = preview["revision"].to_string();

    let broken = changed.replace("\"canned\": \"Of course", "\"robot\": \"Of course");
    let import = [
        ("account", account.as_str()),
        ("file", &broken),
        ("revision", &revision),
    ];
    let answer = browser.call(endpoints::IMPORT_RULES, &import).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["fields"][0]["field"], "rules[2].response", "{answer:?}");

    let import = [
        ("account", account.as_str()),
        ("file", &changed),
        ("revision", &revision),
    ];
    let answer = browser.post(&page, endpoints::IMPORT_RULES, &import).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, format!("{page}#rules").as_str())
    );
    let again = preview_of(&browser.call(endpoints::IMPORT_RULES, &import).await);
    assert_eq!(again["sentence"], "Nothing changes.", "{again}");

    let history = json(&mut browser, endpoints::LOAD_HISTORY, &fields[..1]).await;
    let newest = history[0]["id"].as_str().unwrap().to_owned();
    let point = [
        ("account", account.as_str()),
        ("change", newest.as_str()),
        ("side", "before"),
    ];
    let preview = json(&mut browser, endpoints::PREVIEW_GOING_BACK, &point).await;
    let revision = preview["revision"].to_string();
    let back = [point[0], point[1], point[2], ("revision", revision.as_str())];
    json(&mut browser, endpoints::GO_BACK, &back).await;
    let restored = browser.get(&format!("{page}/rules.json")).await;
    assert_eq!(restored.body, file.body);

    let mut stranger = world.signed_in(&world.stranger).await;
    assert_eq!(stranger.get(&format!("{page}/rules.json")).await.status, 404);
    let import = [("account", account.as_str()), ("file", &changed), ("revision", "1")];
    assert_eq!(stranger.call(endpoints::IMPORT_RULES, &import).await.status, 404);
    let mut viewer = world.signed_in(&world.viewer).await;
    assert_eq!(viewer.call(endpoints::IMPORT_RULES, &import).await.status, 403);
    assert_eq!(viewer.get(&format!("{page}/rules.json")).await.status, 200);
    let nobody = world
        .browser()
        .request(Method::GET, &format!("{page}/rules.json"), "application/json");
    let answer = world
        .browser()
        .send(nobody.body(axum::body::Body::empty()).unwrap())
        .await;
    assert_eq!(answer.status, 303);
    assert!(answer.location().starts_with("/login"), "{answer:?}");
}

#[tokio::test]
async fn quiet_hours_the_frequency_of_the_default_reply_and_the_disclosure_line_are_plain_forms() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let page = format!("/admin/instagram/{account}");
    let hours = |hours: &'static str| [("account", account.clone()), ("quiet_hours", hours.to_owned())];
    let saved = hours("3");
    let saved: Vec<(&str, &str)> = saved.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.post(&page, endpoints::SAVE_QUIET_HOURS, &saved).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, format!("{page}#people").as_str())
    );
    let view = json(&mut browser, endpoints::LOAD_ACCOUNT, &saved[..1]).await;
    assert_eq!(view["quiet_hours"], 3);
    for wrong in ["200", "-1", "many"] {
        let fields = hours(wrong);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.call(endpoints::SAVE_QUIET_HOURS, &fields).await;
        assert_eq!(answer.json()["fields"][0]["field"], "quiet_hours", "{answer:?}");
    }
    let frequency = |frequency: &'static str| [("account", account.as_str()), ("frequency", frequency)];
    let save = endpoints::SAVE_DEFAULT_REPLY_FREQUENCY;
    let answer = browser.post(&page, save, &frequency("once_a_day")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, format!("{page}#default").as_str())
    );
    let view = json(&mut browser, endpoints::LOAD_ACCOUNT, &saved[..1]).await;
    assert_eq!(view["default_frequency"], "once_a_day");
    let answer = browser.call(save, &frequency("twice")).await;
    assert_eq!(answer.json()["fields"][0]["field"], "frequency", "{answer:?}");
    json(
        &mut browser,
        endpoints::SAVE_DISCLOSURE,
        &[("disclosure", "Automated.")],
    )
    .await;
    let settings = json(&mut browser, endpoints::LOAD_SETTINGS, &[]).await;
    assert_eq!(settings["disclosure"], "Automated.");
    let unknown = [("conversation", "0190a5c0-0000-7000-8000-000000000000")];
    assert_eq!(browser.call(endpoints::RESUME_CONVERSATION, &unknown).await.status, 404);
}

#[tokio::test]
async fn intents_ai_prompts_and_leaving_to_a_person_can_be_typed() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let fields = [
        ("account", account.as_str()),
        ("position", "1"),
        ("label", "Booking"),
        ("matcher", "prompt"),
        ("description", "wants to book"),
        ("threshold", "0.8"),
        ("response", "ai_prompt"),
        ("prompt", "Ask for the day."),
        ("leave_to_person", "on"),
    ];
    json(&mut browser, endpoints::ADD_RULE, &fields).await;
    let page = json(&mut browser, endpoints::LOAD_RULES, &fields[..1]).await;
    let rule = &page["rules"][0]["rule"];
    assert_eq!(rule["matcher"]["threshold"], 0.8, "{page}");
    assert_eq!(rule["response"]["kind"], "ai_prompt");
    assert_eq!(rule["leave_to_person"], true);
    let mut odd = fields;
    odd[5].1 = "high";
    let answer = browser.call(endpoints::ADD_RULE, &odd).await;
    assert_eq!(answer.json()["fields"][0]["field"], "threshold", "{answer:?}");

    let duplicate = [("account", account.as_str()), ("rule", rule["id"].as_str().unwrap())];
    let copy = json(&mut browser, endpoints::DUPLICATE_RULE, &duplicate).await;
    assert_eq!(
        (copy["position"].as_u64(), copy["label"].as_str()),
        (Some(2), Some("Booking (copy)"))
    );
}
