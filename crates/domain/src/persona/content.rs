//! What an admin writes. Stored as tagged JSON: `{"kind":"builder","content":{…}}` or `{"kind":"own_text","content":"…"}`.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::{PersonaBuilder, canonical_text};

/// What an admin writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "there are one or two of them at a time, never a list"
    )
)]
pub enum PersonaContent {
    /// Fields.
    Builder(PersonaBuilder),
    /// A text of the owner's.
    OwnText(String),
}

impl Default for PersonaContent {
    fn default() -> Self {
        Self::Builder(PersonaBuilder::default())
    }
}

impl PersonaContent {
    /// The text the model reads, in canonical form: the same content always gives the same text.
    #[must_use]
    pub fn render(&self) -> String {
        canonical_text(&self.written())
    }

    /// The text as it was written. Pages show and count this one: the tables that make it canonical stay on the server.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Builder(builder) => builder.render(),
            Self::OwnText(text) => text.clone(),
        }
    }

    /// What customers may read word for word. Of an own text, whose instructions and facts nobody told apart, these are the
    /// sentences with a figure or a link: those are what customers ask for, and instructions rarely have one.
    #[must_use]
    pub fn public_parts(&self) -> Vec<String> {
        match self {
            Self::Builder(builder) => builder.public_parts(),
            Self::OwnText(text) => {
                let sentences = text.unicode_sentences().map(str::trim);
                let tells = |sentence: &&str| sentence.chars().any(char::is_numeric) || sentence.contains("://");
                sentences.filter(tells).map(str::to_owned).collect()
            }
        }
    }

    /// Nothing is written yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::default() || matches!(self, Self::OwnText(text) if text.trim().is_empty())
    }
}
