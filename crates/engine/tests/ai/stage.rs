//! A client, its pretend provider, and questions as Concierge asks them.

use std::num::NonZeroUsize;
use std::time::Duration;

use engine::ai::{
    AiClient, AiError, AiSettings, AnswerFormat, ChatTurn, Completion, CompletionRequest, KeyHeader, ModelRole,
    TurnAuthor,
};
use sandbox::{AiHandle, AiRequest, Sandbox, SandboxConfig};
use serde_json::{Value, json};

/// What every question says; the pretend provider knows a reply by the schema.
pub const SYSTEM: &str = "Answer in JSON with \"reply\" and \"action\", which is \"none\" or \"hand_over\".\n\
    The business describes itself and how its replies sound:\nFact, Prices: Cups from 18 euros.\n\n\
    What follows is a message from a customer.";

pub struct Stage {
    pub client: AiClient,
    pub provider: AiHandle,
    _sandbox: Sandbox,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut AiSettings)) -> Self {
        let sandbox = Sandbox::start(SandboxConfig::new("app", "secret")).await.unwrap();
        let mut settings = settings(&sandbox.base_url());
        change(&mut settings);
        Self {
            client: AiClient::new(settings).unwrap(),
            provider: sandbox.handle().ai(),
            _sandbox: sandbox,
        }
    }

    /// A customer's question, answered with the reply schema.
    pub async fn ask(&self, message: &str) -> Result<Completion, AiError> {
        self.ask_turns(&[customer(message)]).await
    }

    pub async fn ask_turns(&self, turns: &[ChatTurn<'_>]) -> Result<Completion, AiError> {
        let schema = schema();
        let format = AnswerFormat::Json {
            name: "reply",
            schema: &schema,
        };
        self.client.complete(&request(turns, format)).await
    }

    /// The error of a question.
    pub async fn error(&self) -> AiError {
        match self.ask("How much is a cup?").await {
            Ok(_) => panic!("an answer came"),
            Err(error) => error,
        }
    }

    /// The words of an answer.
    pub async fn words(&self) -> String {
        match self.ask("How much is a cup?").await {
            Ok(completion) => completion.text.expose().to_owned(),
            Err(error) => panic!("{error}"),
        }
    }

    pub fn last_request(&self) -> AiRequest {
        self.provider.requests().pop().unwrap()
    }
}

pub fn settings(sandbox: &str) -> AiSettings {
    AiSettings {
        base_url: format!("{sandbox}/v1").parse().unwrap(),
        api_key: Some("key-of-a-test".into()),
        key_header: KeyHeader::Bearer,
        reply_model: "pretend-reply".into(),
        safety_model: "pretend-safety".into(),
        embedding_model: Some("pretend-embedding".into()),
        timeout: Duration::from_secs(20),
        concurrency: NonZeroUsize::new(8).unwrap(),
        context_tokens: 8_192,
        tokens_per_tenant_day: 0,
        deny_data_collection: false,
    }
}

pub fn customer(text: &str) -> ChatTurn<'_> {
    ChatTurn {
        author: TurnAuthor::Customer,
        text,
    }
}

pub fn request<'a>(turns: &'a [ChatTurn<'a>], format: AnswerFormat<'a>) -> CompletionRequest<'a> {
    CompletionRequest {
        role: ModelRole::Reply,
        system: SYSTEM,
        turns,
        max_tokens: 200,
        format,
    }
}

pub fn schema() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["reply", "action"],
        "properties": { "reply": { "type": "string" }, "action": { "type": "string", "enum": ["none", "hand_over"] } },
    })
}
