//! A persona that is put together from fields, and the text the model reads of it.

use serde::{Deserialize, Serialize};

use crate::names::named_enum;

/// Topics that a fact is usually about; any other word may stand there too.
pub const FACT_TOPICS: [&str; 5] = ["Prices", "Shipping", "Returns", "Payment", "Other"];

named_enum! {
    /// How the replies sound.
    #[derive(Default)]
    pub enum Voice {
        /// Friendly and personal.
        #[default]
        Warm = "warm",
        /// As few words as it takes.
        Brief = "brief",
        /// Polite and distant.
        Formal = "formal",
        /// Light, with a wink.
        Playful = "playful",
    }
}

impl Voice {
    /// Its word on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Warm => "Warm",
            Self::Brief => "Brief",
            Self::Formal => "Formal",
            Self::Playful => "Playful",
        }
    }

    /// What the model reads.
    const fn instruction(self) -> &'static str {
        match self {
            Self::Warm => "warm and friendly, like somebody who enjoys helping",
            Self::Brief => "brief and to the point, without small talk",
            Self::Formal => "polite and formal, without slang and without emoji",
            Self::Playful => "playful and light, now and then an emoji, never at the customer's expense",
        }
    }
}

/// A persona in fields. All but the name may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonaBuilder {
    /// How the replies sound.
    pub voice: Voice,
    /// `Bloom & Stem`.
    pub business_name: String,
    /// `a florist`.
    pub business_kind: String,
    /// `Amsterdam`, or an address.
    pub city: String,
    /// `Tuesday to Saturday, 9:00–18:00`.
    pub opening_hours: String,
    /// What a good reply does.
    pub goal: String,
    /// Where it leads; an address that begins with `https://` or `http://`.
    pub goal_link: String,
    /// What may be said.
    pub facts: Vec<PersonaFact>,
    /// Phrases the owner likes.
    pub phrases: Vec<String>,
    /// Topics to avoid.
    pub avoid: Vec<String>,
    /// When a person takes over, as the rest of "Call a person when …".
    pub hand_over_when: String,
}

/// Something that may be said to customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaFact {
    /// One of [`FACT_TOPICS`], or any other word.
    pub topic: String,
    /// `Bouquets from 25 euros.`
    pub text: String,
}

impl PersonaBuilder {
    /// The text the model reads. Empty fields leave no line.
    #[must_use]
    pub fn render(&self) -> String {
        let mut lines = vec![format!("Voice: {}.", self.voice.instruction())];
        let mut line = |label: &str, value: String| {
            if !value.is_empty() {
                lines.push(format!("{label}: {value}"));
            }
        };
        line("Business", self.business());
        line("Opening hours", self.opening_hours.clone());
        line("A good reply", self.goal.clone());
        line("Link to offer", self.goal_link.clone());
        for fact in &self.facts {
            line(&format!("Fact, {}", fact.topic), fact.text.clone());
        }
        line("Phrases to use where they fit", self.phrases.join("; "));
        line("Topics to avoid", self.avoid.join("; "));
        line("Call a person when", self.hand_over_when.clone());
        lines.join("\n")
    }

    /// What customers may read word for word.
    #[must_use]
    pub fn public_parts(&self) -> Vec<String> {
        let fields = [self.business(), self.opening_hours.clone(), self.goal_link.clone()];
        let facts = self.facts.iter().map(|fact| fact.text.clone());
        let parts = fields.into_iter().chain(facts).chain(self.phrases.iter().cloned());
        parts.filter(|part| !part.is_empty()).collect()
    }

    fn business(&self) -> String {
        let parts = [&self.business_name, &self.business_kind, &self.city];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }
}
