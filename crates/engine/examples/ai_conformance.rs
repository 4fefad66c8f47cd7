//! `make ai-conformance`: the client against a server that somebody else wrote. Reads the settings of scripts/ai-conformance.sh,
//! prints one line per check, and fails when a check of the protocol does.
#![expect(clippy::expect_used, reason = "a tool for developers says where it stopped")]

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use engine::ai::probe::{probe_embeddings, probe_model};
use engine::ai::{
    AiClient, AiError, AiSettings, AnswerFormat, ChatTurn, CompletionRequest, KeyHeader, ModelRole, TurnAuthor,
};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> ExitCode {
    let client = client(settings());
    let mut report = Report::default();
    model(&client, &mut report).await;
    answers(&client, &mut report).await;
    json_by_a_schema(&client, &mut report).await;
    too_long(&mut report).await;
    too_slow(&mut report).await;
    together(&client, &mut report).await;
    embeddings(&client, &mut report).await;
    report.finish()
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn settings() -> AiSettings {
    let header = variable("CONCIERGE_AI_KEY_HEADER").map_or(KeyHeader::Bearer, KeyHeader::Named);
    let reply_model = variable("CONCIERGE_AI_REPLY_MODEL").expect("CONCIERGE_AI_REPLY_MODEL");
    AiSettings {
        base_url: url("CONCIERGE_AI_BASE_URL"),
        api_key: variable("CONCIERGE_AI_API_KEY").map(Into::into),
        key_header: header,
        safety_model: variable("CONCIERGE_AI_SAFETY_MODEL").unwrap_or_else(|| reply_model.clone()),
        reply_model,
        embedding_model: variable("CONCIERGE_AI_EMBEDDING_MODEL"),
        timeout: Duration::from_secs(120),
        concurrency: NonZeroUsize::new(4).expect("four"),
        context_tokens: 2_048,
        tokens_per_tenant_day: 0,
        deny_data_collection: false,
    }
}

fn url(name: &str) -> url::Url {
    variable(name).expect(name).parse().expect("an address")
}

fn client(settings: AiSettings) -> AiClient {
    AiClient::new(settings).expect("a client")
}

/// The model that is tried where none is named is too small to find a word again in a long text; what the server does is judged all the same.
fn is_small() -> bool {
    variable("CONFORMANCE_SMALL_MODEL").is_some()
}

async fn model(client: &AiClient, report: &mut Report) {
    for result in probe_model(client, ModelRole::Reply).await {
        report.model(&format!("the doctor: {}", result.probe.label()), result.outcome);
    }
}

fn request<'a>(turns: &'a [ChatTurn<'a>], format: AnswerFormat<'a>) -> CompletionRequest<'a> {
    CompletionRequest {
        role: ModelRole::Reply,
        system: "You answer for a shop that sells cups from 18 euros. Answer with JSON: {\"reply\": \"…\", \"action\": \"none\"}.",
        turns,
        max_tokens: 120,
        format,
    }
}

fn customer(text: &str) -> ChatTurn<'_> {
    ChatTurn {
        author: TurnAuthor::Customer,
        text,
    }
}

async fn answers(client: &AiClient, report: &mut Report) {
    let turns = [
        customer("Hi"),
        ChatTurn {
            author: TurnAuthor::Assistant,
            text: "Hello!",
        },
        customer("How much is a cup?"),
    ];
    let answer = client.complete(&request(&turns, AnswerFormat::Text)).await;
    let counted = |usage: engine::ai::TokenUsage| usage.prompt > 20 && usage.completion > 0;
    report.add(
        "an answer with its usage and model",
        match answer {
            Ok(answer) if counted(answer.usage) && !answer.model.is_empty() => {
                Ok(format!("{} tokens read", answer.usage.prompt))
            }
            Ok(_) => Err("usage or model is missing".into()),
            Err(error) => Err(error.to_string()),
        },
    );
}

async fn json_by_a_schema(client: &AiClient, report: &mut Report) {
    let schema = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["action"],
        "properties": { "action": { "type": "string", "enum": ["none", "hand_over"] } },
    });
    let turns = [customer("How much is a cup?")];
    let format = AnswerFormat::Json {
        name: "reply",
        schema: &schema,
    };
    let answer = client.complete(&request(&turns, format)).await;
    let level = format!("{:?}", client.capabilities(&client.settings().reply_model).format);
    let outcome = match answer {
        Ok(answer) => match serde_json::from_str::<Value>(answer.text.expose()) {
            Ok(json) if json["action"].is_string() => Ok(level.clone()),
            _ => Err(format!("{level}: the answer is no such JSON")),
        },
        Err(error) => Err(error.to_string()),
    };
    // Asked for in words alone, JSON is up to the model: the server could not hold it to the schema, and said so.
    match level.as_str() {
        "Plain" => report.add("JSON, held to no schema by this server", outcome),
        _ => report.add("JSON held to a schema", outcome),
    }
}

/// The client's own limit is set above the server's.
async fn too_long(report: &mut Report) {
    let Some(context) = variable("CONFORMANCE_SERVER_CONTEXT").and_then(|text| text.parse::<u32>().ok()) else {
        return;
    };
    let client = client(AiSettings {
        context_tokens: u32::MAX,
        ..settings()
    });
    let long = "all work and no play ".repeat(context as usize / 4);
    let turns = [customer(&long)];
    let answer = client.complete(&request(&turns, AnswerFormat::Text)).await;
    report.add(
        "more than the context is an overflow",
        told(answer.err(), |error| *error == AiError::Overflow),
    );
}

async fn too_slow(report: &mut Report) {
    let client = client(AiSettings {
        timeout: Duration::from_millis(1),
        ..settings()
    });
    let turns = [customer("How much is a cup?")];
    let answer = client.complete(&request(&turns, AnswerFormat::Text)).await;
    report.add(
        "no answer in time is a timeout",
        told(answer.err(), |error| *error == AiError::Timeout),
    );
}

async fn together(client: &AiClient, report: &mut Report) {
    let one = || async {
        let turns = [customer("How much is a cup?")];
        client.complete(&request(&turns, AnswerFormat::Text)).await.map(drop)
    };
    let (first, second, third, fourth) = tokio::join!(one(), one(), one(), one());
    let failed = [first, second, third, fourth].into_iter().find_map(Result::err);
    report.add(
        "four calls at a time",
        failed.map_or(Ok("all answered".into()), |error| Err(error.to_string())),
    );
}

async fn embeddings(chat: &AiClient, report: &mut Report) {
    if chat.settings().embedding_model.is_none() {
        return;
    }
    if variable("CONFORMANCE_EMBEDDING_URL").is_none() {
        if let Some(result) = probe_embeddings(chat).await {
            report.add("the doctor: vectors", result.outcome);
        }
        return;
    }
    report.add(
        "a server without embeddings says so",
        told(chat.embed(&["cups"]).await.err(), |error| *error == AiError::BadRequest),
    );
    let server = client(AiSettings {
        base_url: url("CONFORMANCE_EMBEDDING_URL"),
        ..settings()
    });
    let texts: Vec<String> = (0..20).map(|number| format!("cup number {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    report.add(
        "vectors in two batches",
        match server.embed(&texts).await {
            Ok(vectors) if vectors.iter().all(|vector| vector.len() == vectors[0].len()) => {
                Ok(format!("{} numbers each", vectors[0].len()))
            }
            Ok(_) => Err("vectors differ in length".into()),
            Err(error) => Err(error.to_string()),
        },
    );
    if let Some(result) = probe_embeddings(&server).await {
        report.add("the doctor: vectors", result.outcome);
    }
}

fn told(error: Option<AiError>, right: impl Fn(&AiError) -> bool) -> Result<String, String> {
    match error {
        Some(error) if right(&error) => Ok(error.label().into()),
        Some(error) => Err(format!("{} instead", error.label())),
        None => Err("an answer came".into()),
    }
}

#[derive(Default)]
struct Report {
    passed: usize,
    failed: usize,
}

impl Report {
    fn add(&mut self, what: &str, outcome: Result<String, String>) {
        match outcome {
            Ok(seen) => {
                self.passed += 1;
                println!("ok    {what}: {seen}");
            }
            Err(problem) => {
                self.failed += 1;
                println!("FAIL  {what}: {problem}");
            }
        }
    }

    /// What depends on the model's sense.
    fn model(&mut self, what: &str, outcome: Result<String, String>) {
        match outcome {
            Err(problem) if is_small() => println!("–     {what}: not judged with so small a model ({problem})"),
            outcome => self.add(what, outcome),
        }
    }

    fn finish(self) -> ExitCode {
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
