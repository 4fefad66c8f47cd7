//! The settings of the AI provider: off, complete, and every mistake with the name of its variable.

use std::time::Duration;

use engine::ai::{AiSettings, KeyHeader};
use server::config::{Config, IntentsMode, Purpose, Sources};

const COMPLETE: [(&str, &str); 3] = [
    ("CONCIERGE_AI_BASE_URL", "https://api.provider.example/v1"),
    ("CONCIERGE_AI_REPLY_MODEL", "writer"),
    ("CONCIERGE_AI_SAFETY_MODEL", "judge"),
];

fn load(pairs: &[&[(&str, &str)]]) -> Result<Config, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    // The last of equal names wins.
    let environment = pairs.iter().rev().flat_map(|pairs| pairs.iter().map(owned)).collect();
    let sources = Sources {
        environment,
        ..Sources::default()
    };
    Config::load(&sources, Purpose::Tables).map_err(|error| error.to_string())
}

fn ai(more: &[(&str, &str)]) -> AiSettings {
    load(&[&COMPLETE, more]).unwrap().ai.unwrap()
}

#[test]
fn without_an_address_ai_is_off_and_nothing_is_asked_for() {
    let config = load(&[&[("CONCIERGE_AI_REPLY_MODEL", "writer")]]).unwrap();
    assert!(config.ai.is_none());
    assert_eq!(config.intents, IntentsMode::Embedded);
}

#[test]
fn an_address_and_two_models_are_enough() {
    let settings = ai(&[]);
    assert_eq!(settings.base_url.as_str(), "https://api.provider.example/v1");
    assert_eq!(
        (settings.reply_model.as_str(), settings.safety_model.as_str()),
        ("writer", "judge")
    );
    assert!(settings.api_key.is_none() && settings.embedding_model.is_none() && !settings.deny_data_collection);
    assert_eq!(settings.key_header, KeyHeader::Bearer);
    assert_eq!(
        (settings.timeout, settings.concurrency.get()),
        (Duration::from_secs(25), 16)
    );
    assert_eq!(
        (settings.context_tokens, settings.tokens_per_tenant_day),
        (8_192, 500_000)
    );
}

#[test]
fn everything_can_be_set() {
    let settings = ai(&[
        ("CONCIERGE_AI_BASE_URL", "https://openrouter.ai/api/v1"),
        ("CONCIERGE_AI_KEY_HEADER", "api-key"),
        ("CONCIERGE_AI_EMBEDDING_MODEL", "vectors"),
        ("CONCIERGE_AI_TIMEOUT_SECONDS", "5"),
        ("CONCIERGE_AI_CONCURRENCY", "2"),
        ("CONCIERGE_AI_CONTEXT_TOKENS", "4096"),
        ("CONCIERGE_AI_TOKENS_PER_TENANT_DAY", "0"),
    ]);
    assert!(settings.deny_data_collection);
    assert_eq!(settings.key_header, KeyHeader::Named("api-key".into()));
    assert_eq!(settings.embedding_model.as_deref(), Some("vectors"));
    assert_eq!(
        (settings.timeout, settings.concurrency.get()),
        (Duration::from_secs(5), 2)
    );
    assert_eq!((settings.context_tokens, settings.tokens_per_tenant_day), (4_096, 0));
}

#[test]
fn a_mistake_names_its_variable() {
    for (name, value) in [
        ("CONCIERGE_AI_BASE_URL", "api.provider.example"),
        ("CONCIERGE_AI_KEY_HEADER", "two words"),
        ("CONCIERGE_AI_REPLY_MODEL", ""),
        ("CONCIERGE_AI_SAFETY_MODEL", ""),
        ("CONCIERGE_AI_TIMEOUT_SECONDS", "0"),
        ("CONCIERGE_AI_CONCURRENCY", "0"),
        ("CONCIERGE_AI_CONTEXT_TOKENS", "100"),
        ("CONCIERGE_AI_TOKENS_PER_TENANT_DAY", "many"),
        ("CONCIERGE_AI_INTENTS", "yes"),
    ] {
        let error = load(&[&COMPLETE, &[(name, value)]]).unwrap_err();
        assert!(error.contains(name), "{name}: {error}");
    }
}

#[test]
fn intents_of_the_provider_need_its_embedding_model() {
    let provider = ("CONCIERGE_AI_INTENTS", "provider");
    let without_model = load(&[&COMPLETE, &[provider]]).unwrap_err();
    assert!(
        without_model.contains("CONCIERGE_AI_EMBEDDING_MODEL"),
        "{without_model}"
    );
    let without_provider = load(&[&[provider]]).unwrap_err();
    assert!(without_provider.contains("CONCIERGE_AI_BASE_URL"), "{without_provider}");
    let complete = load(&[&COMPLETE, &[provider, ("CONCIERGE_AI_EMBEDDING_MODEL", "vectors")]]).unwrap();
    assert_eq!(complete.intents, IntentsMode::Provider);
}
