//! Forms without WebAssembly: everything typed comes back with the sentence, once, and passwords never.

use std::time::Duration;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::{Browser, World};
use app::endpoints;

const FORM: [(&str, &str); 3] = [
    ("_form", "sign-in"),
    ("email", "owner@shop.example"),
    ("password", "not my password"),
];
const SENTENCE: &str = "do not belong together";

async fn fail_to_sign_in(browser: &mut Browser, from: &str) -> String {
    let answer = browser.post(from, endpoints::SIGN_IN, &FORM).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.location().to_owned()
}

#[tokio::test]
async fn a_failed_form_goes_back_to_itself_and_keeps_what_was_typed() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut browser = world.browser();
        assert_eq!(fail_to_sign_in(&mut browser, "/login").await, "/login#sign-in");
        let page = browser.get("/login").await;
        assert!(page.body.contains(SENTENCE), "{}", page.body);
        assert!(page.body.contains("value=\"owner@shop.example\""), "{}", page.body);
        assert!(!page.body.contains("not my password"));
        assert!(
            !browser.get("/login").await.body.contains(SENTENCE),
            "a flash is shown once"
        );
    })
    .await;
}

#[tokio::test]
async fn a_flash_waits_for_its_own_page_and_not_for_ever() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.browser();
    fail_to_sign_in(&mut browser, "/login").await;
    browser.get("/setup").await;
    assert!(browser.get("/login").await.body.contains(SENTENCE));

    fail_to_sign_in(&mut browser, "/login").await;
    world.clock.advance(Duration::from_secs(15 * 60));
    assert!(!browser.get("/login").await.body.contains(SENTENCE));
}

#[tokio::test]
async fn the_way_back_keeps_the_query_but_not_the_errors_of_leptos() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let from = "/login?next=%2Fadmin&__err=abc&__path=%2Fapi%2Fsession%2Flogin";
    assert_eq!(
        fail_to_sign_in(&mut world.browser(), from).await,
        "/login?next=%2Fadmin#sign-in"
    );
}

#[tokio::test]
async fn a_stranger_keeps_what_was_typed_in_a_sealed_cookie_and_signs_in_without_it() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.browser();
    fail_to_sign_in(&mut browser, "/login").await;
    let cookie = |browser: &Browser| browser.cookies.iter().find(|(name, _)| name == "__Host-flash").cloned();
    let (_, sealed) = cookie(&browser).expect("a flash");
    assert_eq!(browser.cookies.len(), 1, "no session: {:?}", browser.cookies);
    assert!(!sealed.contains("owner"), "{sealed}");

    let mut forged = world.browser();
    forged.cookies = vec![("__Host-flash".into(), sealed.replace(['a', 'b', 'c'], "d"))];
    assert!(!forged.get("/login").await.body.contains(SENTENCE));
    assert!(browser.get("/login").await.body.contains(SENTENCE));
    assert_eq!(cookie(&browser), None);
}

#[tokio::test]
async fn the_way_back_never_leaves_us() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.browser();
    let request = browser
        .request(http::Method::POST, endpoints::SIGN_IN, "text/html")
        .header("referer", "https://elsewhere.example/phishing")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("email=a@b.example&password=x".into())
        .unwrap();
    assert_eq!(browser.send(request).await.location(), "/admin");
    assert_eq!(
        fail_to_sign_in(&mut browser, "//evil.example/x").await,
        "/admin#sign-in"
    );
}

#[tokio::test]
async fn a_form_name_that_could_change_the_address_is_ignored() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let fields = [
        ("_form", "x\r\nset-cookie: a=b"),
        ("email", "a@b.example"),
        ("password", "x"),
    ];
    let answer = world.browser().post("/login", endpoints::SIGN_IN, &fields).await;
    assert_eq!(answer.location(), "/login");
}

#[tokio::test]
async fn a_form_that_is_saved_goes_on_and_leaves_a_notice() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let page = format!("/admin/rules/instagram/{account}");
    let fields = [
        ("_form", "new-rule"),
        ("account", account.as_str()),
        ("label", "Prices"),
        ("keywords", "price, cost"),
        ("mode", "whole_word"),
        ("canned", "See our site."),
    ];
    let answer = owner.post(&page, endpoints::ADD_RULE, &fields).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert!(answer.location().starts_with(&page), "{}", answer.location());
    let shown = owner.get(&page).await;
    assert!(shown.body.contains("Prices is added as rule 1 of 1."), "{}", shown.body);
}

#[tokio::test]
async fn many_keywords_that_were_typed_come_back_in_their_form() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let account = world.account.to_string();
    let page = format!("/admin/rules/instagram/{account}?edit=new");
    let fields = [
        ("_form", "rule-form-new"),
        ("account", account.as_str()),
        ("label", "Prices & more"),
        ("keywords", "price, <cost>"),
        ("mode", "contains"),
        ("canned", ""),
    ];
    let back = owner.post(&page, endpoints::ADD_RULE, &fields).await;
    assert_eq!(back.location(), format!("{page}#rule-form-new"));
    let shown = owner.get(&page).await.body;
    assert!(shown.contains("Write the reply."), "{shown}");
    assert!(shown.contains("Prices &amp; more"), "{shown}");
}

#[tokio::test]
async fn signing_in_leads_to_the_page_that_was_asked_for() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let fields = |next| {
        [
            ("email", "owner@shop.example"),
            ("password", "correct horse battery"),
            ("next", next),
        ]
    };
    let sign_in = async |next| {
        let answer = world.browser().post("/login", endpoints::SIGN_IN, &fields(next)).await;
        (answer.status.as_u16(), answer.location().to_owned())
    };
    assert_eq!(sign_in("/admin/credits").await, (303, "/admin/credits".to_owned()));
    assert_eq!(sign_in("https://elsewhere.example").await, (303, "/admin".to_owned()));
    assert_eq!(sign_in("//elsewhere.example").await, (303, "/admin".to_owned()));
}
