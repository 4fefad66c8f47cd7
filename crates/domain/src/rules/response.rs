//! What a rule answers. Stored as tagged JSON: `{"kind":"canned","text":"…"}` or `{"kind":"ai_prompt","text":"…"}`.

use serde::{Deserialize, Serialize};

use crate::names::named_enum;

/// What a rule, or the default reply, answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
pub enum Response {
    /// This text, verbatim.
    Canned(String),
    /// The AI writes, guided by this prompt and the persona.
    AiPrompt(String),
}

named_enum! {
    /// Which kind of response.
    pub enum ResponseKind {
        /// Fixed text.
        Canned = "canned",
        /// Written by the AI.
        AiPrompt = "ai_prompt",
    }
}

impl Response {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> ResponseKind {
        match self {
            Self::Canned(_) => ResponseKind::Canned,
            Self::AiPrompt(_) => ResponseKind::AiPrompt,
        }
    }

    /// The canned text or the prompt.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Canned(text) | Self::AiPrompt(text) => text,
        }
    }
}
