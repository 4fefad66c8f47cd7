//! Facebook Login and the life of tokens: dialog, exchange, Pages, permissions, callbacks.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{APP, SECRET, Stage, answer, code, stage};
use reqwest::Method;
use sandbox::{LifeEvent, LoginDecision, appsecret_proof, signed_request};
use serde_json::Value;
use url::Url;

const BACK: &str = "http://127.0.0.1:3000/instagram/callback";
const SCOPES: &str = "instagram_basic,instagram_manage_messages,pages_manage_metadata,pages_messaging,pages_show_list";

fn dialog(stage: &Stage) -> String {
    let mut address = Url::parse(&stage.url("/v26.0/dialog/oauth")).unwrap();
    address
        .query_pairs_mut()
        .append_pair("client_id", APP)
        .append_pair("redirect_uri", BACK)
        .append_pair("state", "s-1")
        .append_pair("scope", SCOPES);
    address.into()
}

fn parameter(address: &str, name: &str) -> Option<String> {
    let address = Url::parse(address).unwrap();
    let found = address.query_pairs().find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned())
}

async fn exchange(stage: &Stage, fields: &[(&str, &str)]) -> (u16, Value) {
    let all: Vec<(&str, &str)> = [("client_id", APP), ("client_secret", SECRET)]
        .into_iter()
        .chain(fields.iter().copied())
        .collect();
    answer(stage.http.post(stage.url("/v26.0/oauth/access_token")).form(&all)).await
}

async fn log_in(stage: &Stage, decision: LoginDecision) -> String {
    let back = stage.handle.log_in(&dialog(stage), &decision).unwrap();
    let code = parameter(&back, "code").unwrap();
    let (_, short) = exchange(stage, &[("code", &code), ("redirect_uri", BACK)]).await;
    let short = short["access_token"].as_str().unwrap();
    let (_, long) = exchange(
        stage,
        &[("grant_type", "fb_exchange_token"), ("fb_exchange_token", short)],
    )
    .await;
    assert_eq!(long["expires_in"], 60 * 86_400);
    long["access_token"].as_str().unwrap().to_owned()
}

async fn ask(stage: &Stage, token: &str, path: &str) -> (u16, Value) {
    let request = stage.http.request(Method::GET, stage.url(&format!("/v26.0/{path}")));
    answer(
        request
            .bearer_auth(token)
            .query(&[("appsecret_proof", appsecret_proof(SECRET, token))]),
    )
    .await
}

#[tokio::test]
async fn the_dialog_is_a_page_and_cancel_sends_the_documented_denial() {
    let stage = stage().await;
    let page = stage.http.get(dialog(&stage)).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let html = page.text().await.unwrap();
    assert!(
        html.contains("Continue as Robin") && html.contains("Harbour Lane Books"),
        "{html}"
    );
    let back = stage.handle.log_in(&dialog(&stage), &LoginDecision::deny()).unwrap();
    for (name, value) in [
        ("error", "access_denied"),
        ("error_code", "200"),
        ("error_reason", "user_denied"),
        ("state", "s-1"),
    ] {
        assert_eq!(parameter(&back, name).as_deref(), Some(value), "{back}");
    }
    assert_eq!(parameter(&back, "code"), None);
}

#[tokio::test]
async fn a_code_works_once_and_for_its_own_address_only() {
    let stage = stage().await;
    let back = stage
        .handle
        .log_in(&dialog(&stage), &LoginDecision::everything())
        .unwrap();
    let used = parameter(&back, "code").unwrap();
    let (status, body) = exchange(
        &stage,
        &[("code", &used), ("redirect_uri", "https://elsewhere.example/")],
    )
    .await;
    assert_eq!((status, code(&body)), (400, (100, Some(36_008))));
    let (status, _) = exchange(&stage, &[("code", &used), ("redirect_uri", BACK)]).await;
    assert_eq!(status, 200);
    let (status, body) = exchange(&stage, &[("code", &used), ("redirect_uri", BACK)]).await;
    assert_eq!((status, code(&body)), (400, (100, Some(36_009))));
}

#[tokio::test]
async fn pages_come_one_by_one_with_tokens_that_have_no_end() {
    let stage = stage().await;
    stage.handle.page_accounts(1, true);
    let user = log_in(&stage, LoginDecision::everything()).await;
    let mut path = "me/accounts?limit=100".to_owned();
    let mut names = Vec::new();
    let mut answers = 0;
    loop {
        let (status, body) = ask(&stage, &user, &path).await;
        assert_eq!(status, 200, "{body}");
        answers += 1;
        for page in body["data"].as_array().unwrap() {
            names.push(page["name"].as_str().unwrap().to_owned());
            let token = page["access_token"].as_str().unwrap();
            let debugged = stage.debug_token(token).await.1;
            assert_eq!(debugged["data"]["expires_at"], 0);
            assert_eq!(debugged["data"]["type"], "PAGE");
        }
        let Some(next) = body["paging"]["next"].as_str() else {
            break;
        };
        path = next.split("/v26.0/").nth(1).unwrap().to_owned();
    }
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(answers, 4, "the first one is empty");
}

#[tokio::test]
async fn a_page_left_out_of_a_later_login_dies() {
    let stage = stage().await;
    let (first, second) = (&stage.pages[0], &stage.pages[1]);
    log_in(&stage, LoginDecision::everything()).await;
    let user = log_in(&stage, LoginDecision::everything().only(&[&second.page_id])).await;
    let (status, body) = answer(stage.graph(Method::GET, first, &first.page_id)).await;
    assert_eq!((status, code(&body)), (401, (190, None)));
    let (status, _) = ask(&stage, &user, &format!("{}?fields=access_token", first.page_id)).await;
    assert_eq!(status, 400);
    let (_, body) = ask(&stage, &user, &format!("{}?fields=access_token", second.page_id)).await;
    assert!(body["access_token"].is_string(), "{body}");
}

#[tokio::test]
async fn a_declined_permission_is_asked_again_only_with_rerequest() {
    let stage = stage().await;
    let without = LoginDecision::everything().without("pages_messaging");
    let user = log_in(&stage, without).await;
    let declined = |body: &Value| {
        let lines = body["data"].as_array().unwrap().clone();
        lines
            .iter()
            .any(|line| line["permission"] == "pages_messaging" && line["status"] == "declined")
    };
    assert!(declined(&ask(&stage, &user, "me/permissions").await.1));
    let user = log_in(&stage, LoginDecision::everything()).await;
    assert!(declined(&ask(&stage, &user, "me/permissions").await.1));
    let again = format!("{}&auth_type=rerequest", dialog(&stage));
    stage.handle.log_in(&again, &LoginDecision::everything()).unwrap();
    assert!(!declined(&ask(&stage, &user, "me/permissions").await.1));
}

#[tokio::test]
async fn life_events_kill_tokens_as_meta_does() {
    let stage = stage().await;
    let page = stage.page();
    let dead = async || stage.debug_token(&page.token).await.1["data"]["error"]["subcode"].as_u64();
    stage.handle.life(&LifeEvent::ChangePassword { user: None }).unwrap();
    assert_eq!(dead().await, Some(460));
    stage.handle.life(&LifeEvent::Revive).unwrap();
    assert_eq!(dead().await, None);
    let at = stage.handle.now_ms() / 1000 - 1;
    let expire = LifeEvent::ExpirePageTokens {
        page: page.page_id.clone(),
        at,
    };
    stage.handle.life(&expire).unwrap();
    assert_eq!(dead().await, Some(463));
}

#[tokio::test]
async fn the_callback_is_signed_over_the_encoded_payload() {
    let stage = stage().await;
    let signed = stage.handle.signed_request("7");
    let (_, payload) = signed.split_once('.').unwrap();
    assert!(!signed.contains('='), "{signed}");
    let whole = signed_request(SECRET, b"{}");
    assert_eq!(whole.split_once('.').unwrap().1, "e30");
    assert!(payload.len() > 20);
}

#[tokio::test]
async fn a_sandbox_that_is_started_again_knows_what_the_one_before_issued() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("issued.json");
    let kept = |config: &mut sandbox::SandboxConfig| config.keep_in = Some(file.clone());
    let first = common::stage_with(kept).await;
    let user = log_in(&first, LoginDecision::everything().without("pages_show_list")).await;
    let (_, page) = ask(&first, &user, &format!("{}?fields=access_token", first.page().page_id)).await;
    let page_token = page["access_token"].as_str().unwrap().to_owned();
    // Ctrl+C gives nobody time to tidy up.
    std::mem::forget(first);

    let second = common::stage_with(kept).await;
    let (status, me) = ask(&second, &user, "me/permissions").await;
    assert_eq!(status, 200, "{me}");
    assert!(me.to_string().contains("declined"), "{me}");
    let (status, body) = ask(&second, &page_token, "me?fields=id").await;
    assert_eq!(
        (status, body["id"].as_str()),
        (200, Some(second.page().page_id.as_str()))
    );
    let forgetful = stage().await;
    assert_eq!(
        ask(&forgetful, &user, "me/permissions").await.0,
        400,
        "by itself it keeps nothing"
    );
}
