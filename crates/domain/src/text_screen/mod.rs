//! What can be seen in a persona or prompt without a model, each with its place: length, invisible characters, links, addresses and
//! orders to leave the fixed rules. It uses the finders that hold back answers, so that what an owner is told about is exactly
//! what an answer may later say.

mod orders;

use crate::answer_checks::{Text, contacts_of, hides};
use crate::names::named_enum;

/// Which text is looked at: each has its own length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenedText {
    /// Up to 4,000 characters.
    Persona,
    /// Up to 2,000 characters.
    Prompt,
}

named_enum! {
    /// How much a place weighs.
    pub enum ScreenSeverity {
        /// The text must not be used.
        Block = "block",
        /// The owner should look; the text may be used.
        Warn = "warn",
    }
}

named_enum! {
    /// What was seen.
    pub enum ScreenCategory {
        /// Longer than a model should read.
        TooLong = "too_long",
        /// Characters that nobody sees but a model reads.
        InvisibleCharacters = "invisible_characters",
        /// A link.
        Link = "link",
        /// An e-mail address.
        Email = "email",
        /// A phone, card or account number.
        LongNumber = "long_number",
        /// An order to leave the rules, in the owner's own words to the model.
        DisableSafety = "disable_safety",
        /// Words that are such an order only in some contexts.
        RoleChange = "role_change",
    }
}

/// One place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenFinding {
    /// How much it weighs.
    pub severity: ScreenSeverity,
    /// What it is.
    pub category: ScreenCategory,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

impl ScreenCategory {
    /// What the owner can do, as a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TooLong => "The text is too long. Shorten it to what a reply needs.",
            Self::InvisibleCharacters => {
                "Here are characters that nobody can see. Type this part anew, or paste it as plain text."
            }
            Self::Link => "Replies may send this link to customers. Check that it is right.",
            Self::Email => "Replies may tell customers this e-mail address. Check that it is right and public.",
            Self::LongNumber => {
                "Replies may tell customers this number. Leave it only if it is a public phone number; take out card and account numbers."
            }
            Self::DisableSafety => {
                "This tells the AI to leave the fixed rules. Take it out: they stand above every text."
            }
            Self::RoleChange => "This reads like an order to change roles. Describe how replies should sound instead.",
        }
    }

    const fn severity(self) -> ScreenSeverity {
        match self {
            Self::TooLong | Self::InvisibleCharacters | Self::DisableSafety => ScreenSeverity::Block,
            Self::Link | Self::Email | Self::LongNumber | Self::RoleChange => ScreenSeverity::Warn,
        }
    }
}

impl ScreenedText {
    const fn max_chars(self) -> usize {
        match self {
            Self::Persona => crate::limits::MAX_PERSONA_CHARS,
            Self::Prompt => crate::limits::MAX_PROMPT_CHARS,
        }
    }
}

/// All places of `text` that the owner should know about, in the order of the text.
#[must_use]
pub fn screen_text(text: &str, kind: ScreenedText) -> Vec<ScreenFinding> {
    let mut found = Vec::new();
    let mut add = |category: ScreenCategory, start: usize, end: usize| {
        found.push(ScreenFinding {
            severity: category.severity(),
            category,
            start,
            end,
        });
    };
    if let Some((start, _)) = text.char_indices().nth(kind.max_chars()) {
        add(ScreenCategory::TooLong, start, text.len());
    }
    if let Some((start, hidden)) = hides(text) {
        add(ScreenCategory::InvisibleCharacters, start, start + hidden.len_utf8());
    }
    let folded = Text::new(text);
    let contacts = contacts_of(&folded);
    for (category, places) in [
        (ScreenCategory::Link, contacts.links),
        (ScreenCategory::Email, contacts.emails),
        (ScreenCategory::LongNumber, contacts.phones),
    ] {
        for place in places {
            let (start, end) = folded.original(place.0, place.1);
            add(category, start, end);
        }
    }
    for (category, (start, end)) in orders::orders_in(&folded) {
        let (start, end) = folded.original(start, end);
        add(category, start, end);
    }
    found.sort_by_key(|finding| (finding.start, finding.end));
    found
}

#[cfg(test)]
mod tests;
