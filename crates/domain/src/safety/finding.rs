//! One thing that is wrong with a text, or worth a second look.

use serde::{Deserialize, Serialize};

use super::Category;
use crate::names::named_enum;

named_enum! {
    /// How much it weighs.
    pub enum Severity {
        /// The text must not be used.
        Block = "block",
        /// The owner should look; the text may be used.
        Warn = "warn",
    }
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub category: Category,
    /// How much it weighs.
    pub severity: Severity,
    /// The words that were found; they occur in the text, unless nothing can be shown of them.
    pub quote: String,
}

impl Finding {
    /// A finding that forbids the text.
    #[must_use]
    pub fn block(category: Category, quote: &str) -> Self {
        Self {
            category,
            severity: Severity::Block,
            quote: shown(quote),
        }
    }

    /// A finding that the owner should look at.
    #[must_use]
    pub fn warn(category: Category, quote: &str) -> Self {
        Self {
            severity: Severity::Warn,
            ..Self::block(category, quote)
        }
    }

    /// Whether it forbids the text.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Block
    }
}

/// All findings of one check. Stored as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Whether one of them forbids the text.
    #[must_use]
    pub fn block(&self) -> bool {
        self.0.iter().any(Finding::blocks)
    }
}

/// A quote as pages show it: on one line, 80 characters at most.
fn shown(quote: &str) -> String {
    const CHARS: usize = 80;
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    match quote.char_indices().nth(CHARS) {
        Some((end, _)) => format!("{}…", quote[..end].trim_end()),
        None => quote,
    }
}
