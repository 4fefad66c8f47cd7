//! The body of `POST /chat/completions`, with nothing in it that an endpoint might not know.
//!
//! Never sent: `seed`, `user`, `store`, `metadata`, penalties, `top_p`, the role `developer`. Gemini and others refuse
//! the whole request for one of them.

use serde_json::{Map, Value, json};

use super::capabilities::{AnswerLimit, Capabilities, FormatLevel, Reasoning};
use super::turns::{Fitted, alternating};
use super::{AiSettings, AnswerFormat, CompletionRequest, ModelRole, TurnAuthor};

pub(super) fn body(
    request: &CompletionRequest<'_>,
    fitted: &Fitted<'_>,
    settings: &AiSettings,
    capabilities: Capabilities,
) -> Value {
    let mut body = Map::new();
    body.insert("model".into(), settings.model(request.role).into());
    body.insert("messages".into(), messages(request, fitted));
    body.insert("stream".into(), false.into());
    match capabilities.answer_limit {
        AnswerLimit::MaxCompletionTokens => {
            body.insert("max_completion_tokens".into(), fitted.answer_tokens.into());
        }
        AnswerLimit::MaxTokens => {
            body.insert("max_tokens".into(), fitted.answer_tokens.into());
        }
        AnswerLimit::None => {}
    }
    if capabilities.temperature {
        body.insert("temperature".into(), temperature(request.role));
    }
    if let Some(format) = response_format(request.format, capabilities.format) {
        body.insert("response_format".into(), format);
    }
    if let Some(effort) = effort(capabilities.reasoning) {
        body.insert("reasoning_effort".into(), effort.into());
    }
    if settings.deny_data_collection {
        body.insert("provider".into(), json!({ "data_collection": "deny" }));
    }
    body.into()
}

fn messages(request: &CompletionRequest<'_>, fitted: &Fitted<'_>) -> Value {
    let system = json!({ "role": "system", "content": request.system });
    let turns = alternating(fitted.turns).into_iter().map(|(author, text)| {
        let role = match author {
            TurnAuthor::Customer => "user",
            TurnAuthor::Assistant => "assistant",
        };
        json!({ "role": role, "content": text })
    });
    std::iter::once(system).chain(turns).collect()
}

/// Judges are to repeat themselves, writers are not.
fn temperature(role: ModelRole) -> Value {
    match role {
        ModelRole::Safety => 0.into(),
        ModelRole::Reply => json!(0.3),
    }
}

fn response_format(format: AnswerFormat<'_>, level: FormatLevel) -> Option<Value> {
    let AnswerFormat::Json { name, schema } = format else {
        return None;
    };
    match level {
        FormatLevel::Schema => Some(json!({
            "type": "json_schema",
            "json_schema": { "name": name, "strict": true, "schema": schema },
        })),
        FormatLevel::Object => Some(json!({ "type": "json_object" })),
        FormatLevel::Plain => None,
    }
}

fn effort(reasoning: Reasoning) -> Option<&'static str> {
    match reasoning {
        Reasoning::EffortNone => Some("none"),
        Reasoning::EffortMinimal => Some("minimal"),
        Reasoning::Unseen | Reasoning::Uncontrolled => None,
    }
}
