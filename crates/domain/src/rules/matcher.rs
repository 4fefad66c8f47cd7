//! What a rule listens for. Stored as tagged JSON: `{"kind":"keywords","keywords":["price"],"mode":"whole_word"}` or
//! `{"kind":"prompt","description":"wants to book","examples":["a table for two?"],"threshold":0.72}`.

use serde::{Deserialize, Serialize};

use crate::limits::{DEFAULT_THRESHOLD, MAX_THRESHOLD, MIN_THRESHOLD};
use crate::names::named_enum;

/// What a rule listens for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
pub enum Matcher {
    /// Any of these words.
    Keywords(KeywordMatcher),
    /// What the customer means, by comparing embeddings.
    Prompt(IntentMatcher),
}

/// Matches when any keyword occurs in the message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeywordMatcher {
    /// As the admin spelled them; folded only for comparison.
    pub keywords: Vec<String>,
    /// How a keyword must sit in the message.
    #[serde(default)]
    pub mode: MatchMode,
}

named_enum! {
    /// How a keyword must sit in the message.
    #[derive(Default)]
    pub enum MatchMode {
        /// Between word edges.
        #[default]
        WholeWord = "whole_word",
        /// Anywhere.
        Contains = "contains",
        /// The keyword is the whole message.
        Exact = "exact",
        /// The message begins with it.
        StartsWith = "starts_with",
    }
}

/// Matches when the message means what the description says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentMatcher {
    /// What the customer wants, in the admin's words.
    pub description: String,
    /// How customers say it; at most [`MAX_INTENT_EXAMPLES`](crate::limits::MAX_INTENT_EXAMPLES).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// How close the message must come.
    #[serde(default)]
    pub threshold: Threshold,
}

/// A confidence from 0.50 to 0.95, the same for every encoder. Holds any number until a draft is validated; not-a-number becomes 0, which no draft
/// passes.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Threshold(f64);

// Never NaN, see `new`.
impl Eq for Threshold {}

impl Threshold {
    /// Takes any number; ask [`is_valid`](Self::is_valid).
    #[must_use]
    pub const fn new(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value })
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.0
    }

    /// Within the limits.
    #[must_use]
    pub fn is_valid(self) -> bool {
        (MIN_THRESHOLD..=MAX_THRESHOLD).contains(&self.0)
    }
}

impl Default for Threshold {
    fn default() -> Self {
        Self(DEFAULT_THRESHOLD)
    }
}

impl From<f64> for Threshold {
    fn from(value: f64) -> Self {
        Self::new(value)
    }
}

impl From<Threshold> for f64 {
    fn from(threshold: Threshold) -> Self {
        threshold.0
    }
}

/// Two digits, as the rule list shows it: `0.72`.
impl std::fmt::Display for Threshold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}
