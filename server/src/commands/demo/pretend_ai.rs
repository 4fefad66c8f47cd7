//! The AI of the demo: the visitor's own provider if one is configured, else the pretend one of the sandbox.

use std::num::NonZeroUsize;
use std::time::Duration;

use ::sandbox::Sandbox;
use engine::ai::{AiSettings, KeyHeader};

use crate::cli::DemoArgs;

/// Chooses it; none with `--without-ai`.
pub(super) fn choose(configured: Option<AiSettings>, args: &DemoArgs, sandbox: &Sandbox) -> Option<AiSettings> {
    if args.without_ai {
        return None;
    }
    configured.or_else(|| settings(sandbox))
}

/// The sandbox answers at once, and reads as much as it is sent.
fn settings(sandbox: &Sandbox) -> Option<AiSettings> {
    Some(AiSettings {
        base_url: format!("{}/v1", sandbox.base_url()).parse().ok()?,
        api_key: None,
        key_header: KeyHeader::Bearer,
        reply_model: "pretend-reply".into(),
        safety_model: "pretend-safety".into(),
        embedding_model: Some("pretend-embedding".into()),
        timeout: Duration::from_secs(25),
        concurrency: NonZeroUsize::new(16)?,
        context_tokens: 8_192,
        tokens_per_tenant_day: 0,
        deny_data_collection: false,
    })
}
