//! Every fault over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use std::time::Duration;

use common::{PATIENCE, Stage, answer, code, stage};
use sandbox::{Edge, FaultKind, FaultSpec};
use serde_json::json;

async fn refused(stage: &Stage, to: &str, fault: impl Into<FaultSpec>) -> (u16, (u64, Option<u64>)) {
    let id = stage.handle.fault(fault);
    let (status, body) = stage.send(to, "hello").await;
    stage.handle.clear_fault(id);
    (status, code(&body))
}

#[tokio::test]
async fn each_fault_answers_with_its_numbers() {
    let stage = stage().await;
    let to = stage.customer("yuki.maps").await;
    use FaultKind::*;
    let rows: Vec<(FaultKind, u16, u64, Option<u64>)> = vec![
        (TokenExpired, 401, 190, Some(463)),
        (TokenRevoked { subcode: 458 }, 401, 190, Some(458)),
        (TokenRevoked { subcode: 459 }, 401, 190, Some(459)),
        (TokenRevoked { subcode: 460 }, 401, 190, Some(460)),
        (TokenRevoked { subcode: 464 }, 401, 190, Some(464)),
        (TokenRevoked { subcode: 467 }, 401, 190, Some(467)),
        (TokenRevoked { subcode: 492 }, 401, 190, Some(492)),
        (TokenRevoked { subcode: 0 }, 401, 190, None),
        (PermissionRemoved, 403, 10, None),
        (PermissionMissing, 403, 200, None),
        (MessagesAccessOff, 403, 200, Some(2_534_041)),
        (OutsideWindow, 403, 10, Some(2_534_022)),
        (RecipientUnavailable { no_messages: false }, 400, 551, Some(1_545_041)),
        (RecipientUnavailable { no_messages: true }, 403, 10, Some(2_018_108)),
        (UnknownError, 500, 1, None),
        (ServiceUnavailable, 500, 2, None),
        (PolicyBlock { restricted: false }, 400, 368, None),
        (PolicyBlock { restricted: true }, 403, 10, Some(1_893_063)),
        (NotThreadOwner, 400, 100, Some(2_534_037)),
        (
            Error {
                http_status: 418,
                code: 77,
                subcode: Some(5),
                is_transient: Some(true),
            },
            418,
            77,
            Some(5),
        ),
    ];
    for (kind, status, number, subcode) in rows {
        let got = refused(&stage, &to, kind.clone()).await;
        assert_eq!(got, (status, (number, subcode)), "{kind:?}");
    }
    assert!(stage.handle.sent().is_empty());
}

#[tokio::test]
async fn accepted_with_error_really_accepts() {
    let stage = stage().await;
    let to = stage.customer("yuki.maps").await;
    assert_eq!(
        refused(&stage, &to, FaultKind::AcceptedWithError).await,
        (500, (1, Some(1_357_046)))
    );
    assert_eq!(stage.handle.sent().len(), 1);
    let any = FaultSpec::from(FaultKind::ServiceUnavailable).accepted();
    assert_eq!(refused(&stage, &to, any).await.1, (2, None));
    assert_eq!(stage.handle.sent().len(), 2);
}

#[tokio::test]
async fn rate_limits_say_when_to_come_back() {
    let stage = stage().await;
    let to = stage.customer("yuki.maps").await;
    for limit in [613, 80_002, 32] {
        let fault = FaultKind::RateLimit {
            code: limit,
            regain_minutes: 19,
        };
        stage.handle.fault(FaultSpec::from(fault).times(1));
        let response = stage.sending(stage.page(), &to, "hello").send().await.unwrap();
        let usage = response.headers()["x-business-use-case-usage"].to_str().unwrap();
        let usage: serde_json::Value = serde_json::from_str(usage).unwrap();
        let entry = &usage[&stage.page().page_id][0];
        assert_eq!(entry["estimated_time_to_regain_access"], 19);
        assert_eq!(code(&response.json().await.unwrap()).0, u64::from(limit));
    }
    stage.handle.fault(FaultKind::RateLimit {
        code: 4,
        regain_minutes: 5,
    });
    let response = stage.sending(stage.page(), &to, "hello").send().await.unwrap();
    assert!(response.headers().contains_key("x-app-usage"));
}

#[tokio::test]
async fn a_server_error_is_a_page_instead_of_json() {
    let stage = stage().await;
    let to = stage.customer("yuki.maps").await;
    stage.handle.fault(FaultKind::ServerError { http_status: 503 });
    let response = stage.sending(stage.page(), &to, "hello").send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert!(response.text().await.unwrap().starts_with("<!doctype"));
    assert_eq!(stage.debug_token(&stage.page().token).await.0, 503);
}

#[tokio::test]
async fn a_cut_connection_loses_or_keeps_the_message() {
    let stage = stage().await;
    let to = stage.customer("yuki.maps").await;
    for (kind, accepted) in [(FaultKind::CutBefore, 0), (FaultKind::CutAfter, 1)] {
        stage.handle.fault(FaultSpec::from(kind).times(1));
        let error = stage.sending(stage.page(), &to, "hello").send().await.unwrap_err();
        assert!(
            !error.is_timeout() && !error.is_connect() && !error.is_status(),
            "{error:?}"
        );
        assert_eq!(stage.handle.sent().len(), accepted);
    }
    assert_eq!(stage.handle.calls().last().unwrap().status, None);
    assert_eq!(stage.send(&to, "hello").await.0, 200, "the count is used up");
}

#[tokio::test]
async fn a_slow_answer_outlives_the_client() {
    let stage = stage().await;
    let to = stage.customer("yuki.maps").await;
    let short = Duration::from_millis(100);
    for (before, accepted) in [(true, 0), (false, 1)] {
        stage.handle.fault(FaultKind::Slow { ms: 60_000, before });
        let request = stage.sending(stage.page(), &to, "hello").timeout(short);
        assert!(request.send().await.unwrap_err().is_timeout());
        assert_eq!(stage.handle.sent().len(), accepted);
    }
}

#[tokio::test]
async fn scope_and_count_limit_a_fault() {
    let stage = stage().await;
    let to = stage.customer("yuki.maps").await;
    let other = stage.pages[1].page_id.clone();
    stage.handle.fault(FaultSpec::from(FaultKind::TokenExpired).page(other));
    assert_eq!(stage.send(&to, "a").await.0, 200);
    stage
        .handle
        .fault(FaultSpec::from(FaultKind::TokenExpired).edge(Edge::Conversations));
    assert_eq!(stage.send(&to, "b").await.0, 200);
    assert_eq!(stage.read_thread(&to).await.0, 401);
    stage.handle.fault(FaultSpec::from(FaultKind::UnknownError).times(2));
    assert_eq!(stage.send(&to, "c").await.0, 500);
    assert_eq!(stage.send(&to, "c").await.0, 500);
    assert_eq!(stage.send(&to, "c").await.0, 200);
}

#[tokio::test]
async fn debug_token_agrees_with_token_faults() {
    let stage = stage().await;
    let token = stage.page().token.clone();
    let id = stage.handle.fault(FaultKind::TokenRevoked { subcode: 460 });
    let (status, body) = stage.debug_token(&token).await;
    assert_eq!((status, &body["data"]["is_valid"]), (200, &json!(false)));
    assert_eq!(body["data"]["error"]["subcode"], 460);
    stage.handle.clear_fault(id);
    assert_eq!(stage.debug_token(&token).await.1["data"]["is_valid"], true);
    stage.handle.fault(FaultKind::PermissionRemoved);
    let (_, body) = stage.debug_token(&token).await;
    assert!(!body.to_string().contains("instagram_manage_messages"));
    assert_eq!(body["data"]["is_valid"], true);
}

#[tokio::test]
async fn an_unsubscribed_page_is_silent_until_it_is_subscribed_again() {
    let stage = stage().await;
    let page = stage.page().clone();
    stage
        .handle
        .fault(FaultSpec::from(FaultKind::Unsubscribed).page(&page.page_id));
    stage
        .handle
        .dm(sandbox::Dm::text(&page.page_id, "yuki.maps", "one"))
        .unwrap();
    let path = format!("{}/subscribed_apps", page.page_id);
    let read = || answer(stage.graph(reqwest::Method::GET, &page, &path));
    assert_eq!(read().await.1["data"], json!([]));
    let again = stage
        .graph(reqwest::Method::POST, &page, &path)
        .query(&[("subscribed_fields", "messages")]);
    assert_eq!(answer(again).await.1["success"], true);
    assert_eq!(read().await.1["data"][0]["subscribed_fields"], json!(["messages"]));
    stage
        .handle
        .dm(sandbox::Dm::text(&page.page_id, "yuki.maps", "two"))
        .unwrap();
    assert!(stage.handle.settled(PATIENCE).await);
    let got = stage.hook.received();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].messaging()[0]["message"]["text"], "two");
}

#[tokio::test]
async fn faults_over_http() {
    let stage = stage().await;
    let url = stage.url("/sandbox/faults");
    let page = &stage.page().page_id;
    let one = json!({ "kind": "rate_limit", "code": 613, "page": page, "edge": "send", "count": 3 });
    let (status, body) = answer(stage.http.put(&url).json(&one)).await;
    assert_eq!((status, &body[0]["count"]), (200, &json!(3)));
    assert_eq!(body[0]["regain_minutes"], 10);
    let all = json!([{ "kind": "token_expired" }, { "kind": "slow", "ms": 5 }]);
    let (_, body) = answer(stage.http.put(&url).json(&all)).await;
    assert_eq!(body.as_array().unwrap().len(), 2);
    stage.http.delete(&url).query(&[("kind", "slow")]).send().await.unwrap();
    assert_eq!(answer(stage.http.get(&url)).await.1.as_array().unwrap().len(), 1);
    stage.http.delete(&url).send().await.unwrap();
    assert!(stage.handle.faults().is_empty());
    let wrong = stage
        .http
        .put(&url)
        .json(&json!({ "kind": "no_such" }))
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 422);
}
