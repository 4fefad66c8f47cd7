//! Whether answers come as JSON, and who sees to it: the server by a schema, the server by a switch, or the model alone.

use serde_json::{Value, json};

use super::told;
use super::words::{MAX_TOKENS, customer, says_code_word};
use crate::ai::capabilities::FormatLevel;
use crate::ai::{AiClient, AiError, AnswerFormat, CompletionRequest, ModelRole};

/// The results with a schema and without.
pub(super) async fn probe(client: &AiClient, role: ModelRole) -> (Result<String, String>, Result<String, String>) {
    let schema = ask(client, role, FormatLevel::Schema).await;
    let object = ask(client, role, FormatLevel::Object).await;
    let best = [(FormatLevel::Schema, &schema), (FormatLevel::Object, &object)];
    let best = best
        .iter()
        .find(|(level, seen)| matches!(seen, Ok(Seen::Kept(kept)) if kept == level));
    client.set_format(role, best.map_or(FormatLevel::Plain, |(level, _)| *level));
    let readable = [&schema, &object].iter().any(|seen| matches!(seen, Ok(Seen::Kept(_))));
    (
        report(&schema, FormatLevel::Schema, readable),
        report(&object, FormatLevel::Object, readable),
    )
}

enum Seen {
    /// JSON as asked for, at this level.
    Kept(FormatLevel),
    /// Something else.
    NoJson,
}

async fn ask(client: &AiClient, role: ModelRole, level: FormatLevel) -> Result<Seen, AiError> {
    client.set_format(role, level);
    let schema = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["word"],
        "properties": { "word": { "type": "string" } },
    });
    let turns = [customer("The code word is Heron.")];
    let request = CompletionRequest {
        role,
        system: "Answer with JSON alone, in the form {\"word\": \"…\"}, where the word is the code word of the message.",
        turns: &turns,
        max_tokens: MAX_TOKENS,
        format: AnswerFormat::Json {
            name: "probe",
            schema: &schema,
        },
    };
    let completion = client.complete(&request).await?;
    let answer = serde_json::from_str::<Value>(completion.text.expose()).unwrap_or_default();
    let kept = answer["word"].as_str().is_some_and(says_code_word);
    let level = client.capabilities(client.settings().model(role)).format;
    Ok(if kept { Seen::Kept(level) } else { Seen::NoJson })
}

/// A level that is missing is no failure as long as JSON comes some way.
fn report(seen: &Result<Seen, AiError>, level: FormatLevel, readable: bool) -> Result<String, String> {
    let by_words = "not by the server; the model writes it by itself".to_owned();
    match seen {
        Ok(Seen::Kept(kept)) if *kept == level => Ok("works".into()),
        Ok(Seen::Kept(_)) => Ok(by_words),
        Ok(Seen::NoJson) if readable => Ok("does not work; the other way does".into()),
        Ok(Seen::NoJson) => {
            Err("the model does not write JSON, so that no answer of it can be read. Use a larger model, or a server that keeps answers to a schema.".into())
        }
        Err(error) => Err(told(error)),
    }
}
