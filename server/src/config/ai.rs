//! The AI provider. Without an address AI is off, and nothing else about it is needed.

use secrecy::SecretString;
use url::Url;

use super::http_url;
use super::reader::Reader;
use super::settings::{AI_API_KEY, AI_BASE_URL, AI_EMBEDDING_MODEL, AI_REPLY_MODEL, AI_SAFETY_MODEL, Setting};

/// An OpenAI-compatible provider.
#[derive(Debug, Clone)]
pub struct AiConfig {
    /// Where it is.
    pub base_url: Url,
    /// Sent as a bearer token; local providers need none.
    pub api_key: Option<SecretString>,
    /// Writes replies.
    pub reply_model: String,
    /// Judges personas.
    pub safety_model: String,
    /// Compares messages with intents.
    pub embedding_model: String,
}

impl AiConfig {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let text = reader.text(AI_BASE_URL);
        let api_key = reader.secret(AI_API_KEY);
        if text.is_empty() {
            return None;
        }
        let base_url = http_url(&text);
        if base_url.is_none() {
            reader.wrong(
                AI_BASE_URL,
                format!("must be an http or https address, or empty for no AI, not '{text}'"),
            );
        }
        let reply_model = model(reader, AI_REPLY_MODEL);
        let safety_model = model(reader, AI_SAFETY_MODEL);
        let embedding_model = model(reader, AI_EMBEDDING_MODEL);
        Some(Self {
            base_url: base_url?,
            api_key,
            reply_model,
            safety_model,
            embedding_model,
        })
    }
}

fn model(reader: &mut Reader, setting: Setting) -> String {
    let name = reader.text(setting);
    if name.is_empty() {
        reader.wrong(
            setting,
            "is required while CONCIERGE_AI_BASE_URL is set: the model's name",
        );
    }
    name
}
