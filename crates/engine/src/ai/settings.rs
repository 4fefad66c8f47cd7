//! Which provider is asked, and how much at a time.

use std::num::NonZeroUsize;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::ModelRole;

/// An OpenAI-compatible provider.
#[derive(Clone, Debug)]
pub struct AiSettings {
    /// The address up to and including the version, such as `https://api.openai.com/v1`.
    pub base_url: Url,
    /// Providers on the same machine need none.
    pub api_key: Option<SecretString>,
    /// How the key is sent.
    pub key_header: KeyHeader,
    /// Writes replies.
    pub reply_model: String,
    /// Judges texts.
    pub safety_model: String,
    /// Turns words into vectors. `None`: [`super::AiClient::embed`] is never called.
    pub embedding_model: Option<String>,
    /// The longest a call may take, to the last byte; waiting for a turn before may take as long again.
    pub timeout: Duration,
    /// Calls of this process at a time; others wait for their turn.
    pub concurrency: NonZeroUsize,
    /// What the models can read and write in one call, in tokens.
    pub context_tokens: u32,
    /// Tokens that a tenant may use in a day; 0 is no limit. The client does not look at it: [`super::check_budget`] does.
    pub tokens_per_tenant_day: u64,
    /// Ask OpenRouter for providers that keep no data. Other providers refuse the parameter.
    pub deny_data_collection: bool,
}

/// The header that carries the API key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum KeyHeader {
    /// `Authorization: Bearer …`
    #[default]
    Bearer,
    /// The key alone in a header of this name, such as Azure's `api-key`.
    Named(String),
}

impl AiSettings {
    /// The model of a role.
    #[must_use]
    pub fn model(&self, role: ModelRole) -> &str {
        match role {
            ModelRole::Reply => &self.reply_model,
            ModelRole::Safety => &self.safety_model,
        }
    }
}
