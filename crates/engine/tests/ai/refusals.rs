//! Every way in which a provider gives no answer, as a typed error, and never asked twice.

use std::num::NonZeroUsize;
use std::time::Duration;

use engine::ai::AiError;
use sandbox::{AiFault, ErrorShape, OverflowShape};

use super::stage::Stage;

fn busy(seconds: u64) -> AiError {
    AiError::Busy {
        after: Some(Duration::from_secs(seconds)),
    }
}

#[tokio::test]
async fn a_refusal_is_told_apart_and_not_repeated() {
    let stage = Stage::new().await;
    let overflow = |shape| (AiFault::Overflow { shape }, AiError::Overflow);
    let odd = |shape| (AiFault::OddError { shape }, AiError::BadRequest);
    let status = |http_status, error| (AiFault::ServerError { http_status }, error);
    for (fault, error) in [
        (AiFault::Unauthorized, AiError::Auth),
        (AiFault::QuotaUsedUp, AiError::Quota),
        (
            AiFault::RateLimited {
                seconds: 7,
                as_date: false,
            },
            busy(7),
        ),
        (
            AiFault::RateLimited {
                seconds: 90,
                as_date: true,
            },
            busy(90),
        ),
        status(500, AiError::Server),
        status(502, AiError::Server),
        status(503, AiError::Busy { after: None }),
        status(529, AiError::Busy { after: None }),
        odd(ErrorShape::IntegerCode),
        odd(ErrorShape::BareString),
        odd(ErrorShape::Detail),
        odd(ErrorShape::Array),
        (AiFault::ErrorBehindOk { code: 429 }, AiError::Busy { after: None }),
        (AiFault::ErrorBehindOk { code: 502 }, AiError::Server),
        (AiFault::NotJson, AiError::Unreadable),
        (AiFault::UnknownModel, AiError::BadRequest),
        overflow(OverflowShape::OpenAi),
        overflow(OverflowShape::LlamaCpp),
        overflow(OverflowShape::Vllm),
        (AiFault::ContentFilterRefused, AiError::Filtered),
        (AiFault::ContentFilterStopped, AiError::Filtered),
        (AiFault::Refusal, AiError::Filtered),
        (AiFault::CutConnection, AiError::Unreachable),
    ] {
        stage.provider.clear_faults();
        stage.provider.fault(fault.clone());
        let before = stage.provider.calls();
        assert_eq!(stage.error().await, error, "{fault:?}");
        assert_eq!(stage.provider.calls(), before + 1, "{fault:?}");
    }
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let stage = Stage::with(|settings| settings.timeout = Duration::from_millis(200)).await;
    stage.provider.fault(AiFault::Slow { ms: 60_000 });
    assert_eq!(stage.error().await, AiError::Timeout);
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let stage = Stage::with(|settings| settings.base_url = format!("http://{closed}/v1").parse().unwrap()).await;
    assert_eq!(stage.error().await, AiError::Unreachable);
}

#[tokio::test]
async fn calls_wait_for_their_turn() {
    let stage = Stage::with(|settings| settings.concurrency = NonZeroUsize::new(2).unwrap()).await;
    stage.provider.fault(AiFault::Slow { ms: 60_000 });
    let ask = || {
        let client = stage.client.clone();
        tokio::spawn(async move {
            let turns = [super::stage::customer("hi")];
            let request = super::stage::request(&turns, engine::ai::AnswerFormat::Text);
            client.complete(&request).await.err()
        })
    };
    let (first, second) = (ask(), ask());
    assert!(stage.provider.wait_for_calls(2, Duration::from_secs(10)).await);
    let third = ask();
    assert!(stage.client.turn(Duration::ZERO).await.is_none());
    assert_eq!(stage.provider.calls(), 2, "the third has not left");
    first.abort();
    assert!(stage.provider.wait_for_calls(3, Duration::from_secs(10)).await);
    second.abort();
    assert!(stage.client.turn(Duration::from_secs(10)).await.is_some());
    third.abort();
}

#[test]
fn what_to_do_about_an_error() {
    for error in [
        AiError::Timeout,
        AiError::Unreachable,
        busy(1),
        AiError::Server,
        AiError::Unreadable,
    ] {
        assert!(error.is_transient() && !error.is_configuration(), "{error}");
    }
    for error in [AiError::Auth, AiError::Quota, AiError::BadRequest] {
        assert!(error.is_configuration() && !error.is_transient(), "{error}");
    }
    for error in [AiError::Overflow, AiError::Filtered, AiError::EmptyAnswer] {
        assert!(!error.is_configuration() && !error.is_transient(), "{error}");
    }
}
