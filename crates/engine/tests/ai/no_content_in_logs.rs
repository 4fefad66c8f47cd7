//! Unique words go through every call of the client, and nobody finds them in a log line, a span, a metric or an error.

use sandbox::{AiFault, ErrorShape, JsonForm, OverflowShape};

use super::stage::Stage;
use crate::world::Listener;

const ASKED: &str = "zq7asked";
const ANSWERED: &str = "zq7answered";
/// Part of every thought of the pretend model.
const THOUGHT: &str = "zq7thought";

fn faults() -> Vec<Option<AiFault>> {
    let faults = [
        AiFault::Unauthorized,
        AiFault::QuotaUsedUp,
        AiFault::RateLimited {
            seconds: 1,
            as_date: true,
        },
        AiFault::ServerError { http_status: 500 },
        AiFault::NotJson,
        AiFault::ErrorBehindOk { code: 400 },
        AiFault::OddError {
            shape: ErrorShape::Detail,
        },
        AiFault::OddError {
            shape: ErrorShape::Array,
        },
        AiFault::Overflow {
            shape: OverflowShape::LlamaCpp,
        },
        AiFault::CutConnection,
        AiFault::ThinkFirst,
        AiFault::UnclosedThink,
        AiFault::ReasoningOnly,
        AiFault::Truncated,
        AiFault::MissingMembers,
        AiFault::OddMembers,
        AiFault::SilentTruncation { tokens: 3 },
        AiFault::JsonSchemaIgnored { form: JsonForm::Prose },
        AiFault::MaxCompletionTokensRefused,
        AiFault::TemperatureRefused,
    ];
    std::iter::once(None).chain(faults.into_iter().map(Some)).collect()
}

#[tokio::test]
async fn no_word_of_a_question_or_an_answer_is_logged() {
    let stage = Stage::new().await;
    let listener = Listener::new().await;
    listener.listen(true);
    let mut errors = String::new();
    for fault in faults() {
        stage.provider.clear_faults();
        if let Some(fault) = fault {
            stage.provider.fault(fault);
        }
        stage
            .provider
            .answer_next(format!("{{\"reply\":\"{ANSWERED}\",\"action\":\"none\"}}"));
        if let Err(error) = stage.ask(&format!("{ASKED} how much?")).await {
            errors.push_str(&format!("{error} {error:?}\n"));
        }
        if let Err(error) = stage.client.embed(&[ASKED]).await {
            errors.push_str(&format!("{error} {error:?}\n"));
        }
    }
    listener.listen(false);
    let log = listener.log();
    assert!(
        log.contains("ai.call") && log.contains("the model read less than it was sent"),
        "it listened"
    );
    assert!(listener.metrics().contains("concierge_ai_requests_total"));
    assert!(listener.metrics().contains("result=\"parameter_refused\""));
    assert!(
        stage.provider.requests().iter().any(|request| request.contains(ASKED)),
        "the words were sent"
    );
    for word in [ASKED, ANSWERED, THOUGHT, "key-of-a-test"] {
        assert_eq!(listener.lines_with(word), Vec::<String>::new(), "{word}");
        assert!(!errors.contains(word), "{word}");
    }
}
