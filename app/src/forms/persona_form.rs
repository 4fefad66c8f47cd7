//! What the form of the persona says, as text: the page types into it, the server function reads it, the browser keeps it as a draft.

use domain::limits::FieldError;
use domain::persona::{FACT_TOPICS, PersonaBuilder, PersonaContent, PersonaFact};
use domain::rules::split_examples;
use serde::{Deserialize, Serialize};

/// The value of `kind` for an own text; anything else is the builder.
pub const OWN_TEXT: &str = "own_text";

/// The fields of the facts, in the order of [`FACT_TOPICS`]. Each holds one fact a line.
pub const FACT_FIELDS: [&str; 5] = [
    "fact_prices",
    "fact_shipping",
    "fact_returns",
    "fact_payment",
    "fact_other",
];

macro_rules! persona_form {
    ($( $(#[$meta:meta])* $name:ident, )+) => {
        /// Everything that can be typed. What the kind that is not chosen needs is kept, so that changing the kind and back loses no word.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct PersonaForm {
            $( $(#[$meta])* pub $name: String, )+
        }

        impl PersonaForm {
            /// The names of the fields.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($name)),+];

            /// What the field `name` says.
            #[must_use]
            pub fn get(&self, name: &str) -> &str {
                match name {
                    $( stringify!($name) => &self.$name, )+
                    _ => "",
                }
            }

            /// Types `value` into the field `name`.
            pub fn set(&mut self, name: &str, value: String) {
                match name {
                    $( stringify!($name) => self.$name = value, )+
                    _ => {}
                }
            }
        }
    };
}

persona_form! {
    /// `builder` (also when empty) or `own_text`.
    kind,
    /// `warm` (also when empty), `brief`, `formal` or `playful`.
    voice,
    /// As in the builder.
    business_name,
    /// As in the builder.
    business_kind,
    /// As in the builder.
    city,
    /// As in the builder.
    opening_hours,
    /// As in the builder.
    goal,
    /// As in the builder.
    goal_link,
    /// One a line.
    fact_prices,
    /// One a line.
    fact_shipping,
    /// One a line.
    fact_returns,
    /// One a line.
    fact_payment,
    /// One a line.
    fact_other,
    /// One a line.
    phrases,
    /// One a line.
    avoid,
    /// As in the builder.
    hand_over_when,
    /// The own text.
    own_text,
}

impl PersonaForm {
    /// As saved.
    #[must_use]
    pub fn of(content: &PersonaContent) -> Self {
        match content {
            PersonaContent::OwnText(text) => Self {
                kind: OWN_TEXT.into(),
                voice: domain::persona::Voice::default().as_str().into(),
                own_text: text.clone(),
                ..Self::default()
            },
            PersonaContent::Builder(builder) => Self::of_builder(builder),
        }
    }

    fn of_builder(builder: &PersonaBuilder) -> Self {
        let mut form = Self {
            kind: "builder".into(),
            voice: builder.voice.as_str().into(),
            business_name: builder.business_name.clone(),
            business_kind: builder.business_kind.clone(),
            city: builder.city.clone(),
            opening_hours: builder.opening_hours.clone(),
            goal: builder.goal.clone(),
            goal_link: builder.goal_link.clone(),
            phrases: builder.phrases.join("\n"),
            avoid: builder.avoid.join("\n"),
            hand_over_when: builder.hand_over_when.clone(),
            ..Self::default()
        };
        for fact in &builder.facts {
            let topic = FACT_TOPICS.iter().position(|topic| *topic == fact.topic);
            let (field, line) = match topic {
                Some(index) => (FACT_FIELDS[index], fact.text.clone()),
                None => (
                    FACT_FIELDS[FACT_FIELDS.len() - 1],
                    format!("{}: {}", fact.topic, fact.text),
                ),
            };
            let before = form.get(field);
            let lines = if before.is_empty() {
                line
            } else {
                format!("{before}\n{line}")
            };
            form.set(field, lines);
        }
        form
    }

    /// As content, checked or not.
    #[must_use]
    pub fn content(&self) -> PersonaContent {
        if self.kind == OWN_TEXT {
            return PersonaContent::OwnText(plain(&self.own_text));
        }
        PersonaContent::Builder(PersonaBuilder {
            voice: self.voice.parse().unwrap_or_default(),
            business_name: plain(&self.business_name),
            business_kind: plain(&self.business_kind),
            city: plain(&self.city),
            opening_hours: plain(&self.opening_hours),
            goal: plain(&self.goal),
            goal_link: plain(&self.goal_link),
            facts: self.facts().map(|(_, fact)| fact).collect(),
            phrases: split_examples(&self.phrases),
            avoid: split_examples(&self.avoid),
            hand_over_when: plain(&self.hand_over_when),
        })
    }

    /// Each fact with its field.
    fn facts(&self) -> impl Iterator<Item = (&'static str, PersonaFact)> + '_ {
        FACT_TOPICS.into_iter().zip(FACT_FIELDS).flat_map(|(topic, field)| {
            let facts = split_examples(self.get(field)).into_iter().map(|text| PersonaFact {
                topic: topic.to_owned(),
                text,
            });
            facts.map(move |fact| (field, fact)).collect::<Vec<_>>()
        })
    }

    /// Errors about the content, at the fields of this form; at most one a field.
    #[must_use]
    pub fn errors_at_fields(&self, errors: Vec<FieldError>) -> Vec<FieldError> {
        let fields: Vec<&str> = self.facts().map(|(field, _)| field).collect();
        let mut placed: Vec<FieldError> = Vec::new();
        for error in errors {
            let field = match fact_index(&error.field) {
                Some(index) => fields.get(index).copied().unwrap_or(FACT_FIELDS[0]).to_owned(),
                None if error.field == "facts" => FACT_FIELDS[FACT_FIELDS.len() - 1].to_owned(),
                None => error.field.clone(),
            };
            if !placed.iter().any(|there| there.field == field) {
                placed.push(FieldError { field, ..error });
            }
        }
        placed
    }

    /// The field that holds these words, line ends aside.
    #[must_use]
    pub fn field_with(&self, quote: &str) -> Option<&'static str> {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let quote = flat(quote.trim_end_matches('…'));
        let is_own = self.kind == OWN_TEXT;
        let of_kind = Self::FIELDS.iter().filter(|name| (**name == OWN_TEXT) == is_own);
        let mut fields = of_kind.filter(|name| **name != "kind" && **name != "voice");
        fields
            .find(|name| !quote.is_empty() && flat(self.get(name)).contains(&quote))
            .copied()
    }
}

/// `facts[3].text` is about the fact 3.
fn fact_index(field: &str) -> Option<usize> {
    field.strip_prefix("facts[")?.split(']').next()?.parse().ok()
}

/// Forms send line ends as two characters.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests;
