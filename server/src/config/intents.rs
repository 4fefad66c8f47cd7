//! Where intents are recognised.

use super::reader::Reader;
use super::settings::AI_INTENTS;

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

fn mode(text: &str) -> Option<IntentsMode> {
    match text {
        "embedded" => Some(IntentsMode::Embedded),
        "provider" => Some(IntentsMode::Provider),
        "off" => Some(IntentsMode::Off),
        _ => None,
    }
}
