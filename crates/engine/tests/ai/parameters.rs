//! Parameters that an endpoint does not take: dropped once, and remembered.

use engine::ai::{AiError, AnswerLimit, FormatLevel, KeyHeader};
use sandbox::AiFault;

use super::stage::Stage;

#[tokio::test]
async fn the_older_name_of_the_limit_is_tried_and_remembered() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::MaxCompletionTokensRefused);
    stage.words().await;
    assert_eq!(stage.provider.calls(), 2, "one repeat");
    assert_eq!(stage.last_request().body["max_tokens"], 1_224);
    stage.words().await;
    assert_eq!(stage.provider.calls(), 3, "remembered");
    stage.provider.fault(AiFault::MaxTokensRefused);
    stage.words().await;
    assert_eq!(
        stage.client.capabilities("pretend-reply").answer_limit,
        AnswerLimit::None
    );
}

#[tokio::test]
async fn a_limit_that_is_ignored_is_sent_by_its_older_name() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::MaxCompletionTokensIgnored);
    stage.words().await;
    assert_eq!(
        stage.client.capabilities("pretend-reply").answer_limit,
        AnswerLimit::MaxTokens
    );
}

#[tokio::test]
async fn a_temperature_that_is_refused_is_left_out() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::TemperatureRefused);
    stage.words().await;
    assert_eq!(stage.provider.calls(), 2);
    assert!(stage.last_request().body.get("temperature").is_none());
}

#[tokio::test]
async fn a_form_that_is_refused_leads_to_a_plainer_one() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::JsonSchemaRefused { object_too: false });
    stage.words().await;
    assert_eq!(stage.last_request().body["response_format"]["type"], "json_object");
    stage.provider.fault(AiFault::JsonSchemaRefused { object_too: true });
    stage.words().await;
    assert!(stage.last_request().body.get("response_format").is_none());
    assert_eq!(stage.client.capabilities("pretend-reply").format, FormatLevel::Plain);
    assert_eq!(
        stage.client.capabilities("pretend-safety").format,
        FormatLevel::Schema,
        "each model by itself"
    );
}

#[tokio::test]
async fn everything_refused_at_once_still_ends_in_an_answer() {
    let stage = Stage::new().await;
    for fault in [
        AiFault::MaxCompletionTokensRefused,
        AiFault::MaxTokensRefused,
        AiFault::TemperatureRefused,
        AiFault::JsonSchemaRefused { object_too: true },
    ] {
        stage.provider.fault(fault);
    }
    stage.words().await;
    assert_eq!(stage.provider.calls(), 6);
    stage.words().await;
    assert_eq!(stage.provider.calls(), 7);
}

#[tokio::test]
async fn open_router_is_asked_to_keep_nothing() {
    let stage = Stage::with(|settings| settings.deny_data_collection = true).await;
    stage.words().await;
    assert_eq!(stage.last_request().body["provider"]["data_collection"], "deny");
}

#[tokio::test]
async fn the_key_travels_in_the_header_that_the_provider_reads() {
    let azure = Stage::with(|settings| settings.key_header = KeyHeader::Named("api-key".into())).await;
    azure.words().await;
    assert_eq!(azure.last_request().key_header.as_deref(), Some("api-key"));
    let local = Stage::with(|settings| settings.api_key = None).await;
    local.words().await;
    assert_eq!(local.last_request().key_header, None);
}

#[tokio::test]
async fn a_wrong_address_is_a_bad_request() {
    let stage = Stage::with(|settings| settings.base_url = settings.base_url.join("/nowhere/v1").unwrap()).await;
    assert_eq!(stage.error().await, AiError::BadRequest);
}
