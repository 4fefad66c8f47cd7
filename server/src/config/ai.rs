//! The AI provider. Without an address AI is off, and nothing else about it is needed.

use std::num::NonZeroUsize;
use std::time::Duration;

use engine::ai::{AiSettings, KeyHeader};
use reqwest::header::HeaderName;
use url::{Host, Url};

use super::reader::Reader;
use super::settings::{
    AI_API_KEY, AI_BASE_URL, AI_CONCURRENCY, AI_CONTEXT_TOKENS, AI_EMBEDDING_MODEL, AI_INTENTS, AI_KEY_HEADER,
    AI_REPLY_MODEL, AI_SAFETY_MODEL, AI_TIMEOUT_SECONDS, AI_TOKENS_PER_TENANT_DAY, Setting,
};
use super::{IntentsMode, http_url};

/// Less would not hold the fixed instructions and a persona.
const SMALLEST_CONTEXT: u32 = 2_048;
/// More than any model thinks about a message.
const LONGEST_TIMEOUT: u64 = 600;

pub(super) fn read(reader: &mut Reader, intents: IntentsMode) -> Option<AiSettings> {
    let text = reader.text(AI_BASE_URL);
    let base_url = http_url(&text);
    if text.is_empty() {
        if intents == IntentsMode::Provider {
            reader.wrong(
                AI_INTENTS,
                "is 'provider', but CONCIERGE_AI_BASE_URL is empty: set it, or use embedded or off",
            );
        }
        return None;
    }
    if base_url.is_none() {
        let message = format!(
            "must be an http or https address such as https://api.openai.com/v1, or empty for no AI, not '{text}'"
        );
        reader.wrong(AI_BASE_URL, message);
    }
    let api_key = reader.secret(AI_API_KEY);
    let seconds = reader.parse(
        AI_TIMEOUT_SECONDS,
        "a whole number of seconds from 1 to 600",
        seconds,
        1,
    );
    let settings = AiSettings {
        api_key,
        key_header: reader.parse(
            AI_KEY_HEADER,
            "empty, or the name of a header such as api-key",
            key_header,
            KeyHeader::Bearer,
        ),
        reply_model: model(reader, AI_REPLY_MODEL),
        safety_model: model(reader, AI_SAFETY_MODEL),
        embedding_model: embedding_model(reader, intents),
        timeout: Duration::from_secs(seconds),
        concurrency: reader.parse(
            AI_CONCURRENCY,
            "a whole number from 1",
            |text| text.parse().ok(),
            NonZeroUsize::MIN,
        ),
        context_tokens: reader.parse(AI_CONTEXT_TOKENS, "a whole number from 2048", context, SMALLEST_CONTEXT),
        tokens_per_tenant_day: reader.parse(
            AI_TOKENS_PER_TENANT_DAY,
            "a whole number of tokens, or 0 for no limit",
            |text| text.parse().ok(),
            0,
        ),
        deny_data_collection: base_url.as_ref().is_some_and(is_open_router),
        base_url: base_url?,
    };
    Some(settings)
}

fn model(reader: &mut Reader, setting: Setting) -> String {
    let name = reader.text(setting);
    if name.is_empty() {
        let message = "is required while CONCIERGE_AI_BASE_URL is set: the model's name as the provider lists it";
        reader.wrong(setting, message);
    }
    name
}

/// Nothing else needs it.
fn embedding_model(reader: &mut Reader, intents: IntentsMode) -> Option<String> {
    let name = reader.text(AI_EMBEDDING_MODEL);
    if name.is_empty() && intents == IntentsMode::Provider {
        let message = "is required while CONCIERGE_AI_INTENTS is 'provider': the name of an embedding model";
        reader.wrong(AI_EMBEDDING_MODEL, message);
    }
    (!name.is_empty()).then_some(name)
}

fn key_header(text: &str) -> Option<KeyHeader> {
    if text.is_empty() || text.eq_ignore_ascii_case("authorization") {
        return Some(KeyHeader::Bearer);
    }
    HeaderName::try_from(text).ok()?;
    Some(KeyHeader::Named(text.to_owned()))
}

fn seconds(text: &str) -> Option<u64> {
    text.parse()
        .ok()
        .filter(|seconds| (1..=LONGEST_TIMEOUT).contains(seconds))
}

fn context(text: &str) -> Option<u32> {
    text.parse().ok().filter(|tokens| *tokens >= SMALLEST_CONTEXT)
}

/// The one router that chooses among providers, and can be told to pass over those that keep what they are sent.
fn is_open_router(base_url: &Url) -> bool {
    matches!(base_url.host(), Some(Host::Domain(name)) if name == "openrouter.ai" || name.ends_with(".openrouter.ai"))
}
