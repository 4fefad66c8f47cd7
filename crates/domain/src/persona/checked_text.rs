//! The exact text that an approval belongs to.

use unicode_normalization::UnicodeNormalization;

use crate::names::named_enum;

named_enum! {
    /// Which kind of text is checked.
    pub enum CheckedText {
        /// What the model reads of a persona.
        Persona = "persona",
        /// The AI prompt of a rule or of a default reply. Equal prompts of a tenant are one text.
        Prompt = "prompt",
    }
}

impl CheckedText {
    /// The text as the subject of a sentence.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Persona => "The persona",
            Self::Prompt => "The prompt",
        }
    }
}

/// The form in which a text is hashed, judged, stored and given to the model: NFC, with line feeds between lines.
#[must_use]
pub fn canonical_text(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect()
}

/// What is hashed to name a text. The kind and the envelope belong to it: the same words are judged anew where they mean
/// something else. No part can run into the next one.
#[must_use]
pub fn hash_input(kind: CheckedText, envelope_version: u32, text: &str) -> Vec<u8> {
    format!("concierge text\0{kind}\0{envelope_version}\0{}", canonical_text(text)).into_bytes()
}
