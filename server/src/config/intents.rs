//! Where intents are recognised.

use std::path::PathBuf;

use super::reader::Reader;
use super::settings::{AI_INTENTS, INTENT_MODEL};

/// What turns messages into vectors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IntentsMode {
    /// The encoder that comes with Concierge: no customer's words leave this server.
    #[default]
    Embedded,
    /// The embedding model of the AI provider.
    Provider,
    /// Nothing: rules with intents match no message.
    Off,
}

impl IntentsMode {
    pub(super) fn read(reader: &mut Reader) -> Self {
        reader.parse(AI_INTENTS, "embedded, provider or off", mode, Self::Embedded)
    }
}

/// Where the embedded model is: as configured, else where `scripts/intent-model.sh` puts it.
pub(super) fn model_file(reader: &mut Reader) -> PathBuf {
    let configured = reader.text(INTENT_MODEL);
    if !configured.is_empty() {
        return configured.into();
    }
    let folder = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    let cache = folder("CONCIERGE_CACHE")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("concierge")))
        .or_else(|| folder("HOME").map(|home| home.join(".cache/concierge")));
    cache
        .unwrap_or_default()
        .join("intent-model")
        .join(engine::intents::MODEL_FILE)
}

fn mode(text: &str) -> Option<IntentsMode> {
    match text {
        "embedded" => Some(IntentsMode::Embedded),
        "provider" => Some(IntentsMode::Provider),
        "off" => Some(IntentsMode::Off),
        _ => None,
    }
}
