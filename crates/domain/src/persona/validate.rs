//! Checks of what was typed, beside the field.

use super::{PersonaBuilder, PersonaContent, PersonaFact};
use crate::limits::{
    self, FieldError, LimitError, MAX_LINK_CHARS, MAX_PERSONA_CHARS, MAX_PERSONA_CHIPS, MAX_PERSONA_FACTS,
    MAX_PERSONA_FIELD_CHARS, MAX_PERSONA_NAME_CHARS, check_text,
};

impl PersonaContent {
    /// The content with everything trimmed, and without facts that are empty.
    ///
    /// # Errors
    /// Everything that is wrong, at most one error per field: `business_name`, `business_kind`, `city`, `opening_hours`, `goal`,
    /// `goal_link`, `facts`, `facts[0].topic`, `facts[0].text`, `phrases`, `avoid`, `hand_over_when`, `own_text`; and `persona`
    /// when the whole is too long.
    pub fn validate(&self) -> Result<Self, Vec<FieldError>> {
        match self {
            Self::Builder(builder) => builder.validate().map(Self::Builder),
            Self::OwnText(text) => match limits::check_persona(text) {
                Ok(text) => Ok(Self::OwnText(text)),
                Err(error) => Err(vec![FieldError::new("own_text", &error)]),
            },
        }
    }
}

impl PersonaBuilder {
    fn validate(&self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Errors::default();
        let checked = Self {
            voice: self.voice,
            business_name: errors.of("business_name", name(&self.business_name)),
            business_kind: errors.of("business_kind", short(&self.business_kind, "kind of business")),
            city: errors.of("city", short(&self.city, "city")),
            opening_hours: errors.of("opening_hours", field(&self.opening_hours, "opening hours")),
            goal: errors.of("goal", field(&self.goal, "goal")),
            goal_link: errors.of("goal_link", link(&self.goal_link)),
            facts: facts(&self.facts, &mut errors),
            phrases: errors.of("phrases", chips(&self.phrases, "phrase")),
            avoid: errors.of("avoid", chips(&self.avoid, "topic")),
            hand_over_when: errors.of("hand_over_when", field(&self.hand_over_when, "text")),
        };
        if errors.0.is_empty() {
            let whole = check_text(&checked.render(), "persona", MAX_PERSONA_CHARS);
            errors.of("persona", whole);
        }
        if errors.0.is_empty() {
            Ok(checked)
        } else {
            Err(errors.0)
        }
    }
}

fn name(text: &str) -> Result<String, LimitError> {
    match text.trim() {
        "" => Err(LimitError::BusinessNameMissing),
        name => short(name, "name"),
    }
}

fn short(text: &str, what: &'static str) -> Result<String, LimitError> {
    check_text(text, what, MAX_PERSONA_NAME_CHARS)
}

fn field(text: &str, what: &'static str) -> Result<String, LimitError> {
    check_text(text, what, MAX_PERSONA_FIELD_CHARS)
}

fn link(text: &str) -> Result<String, LimitError> {
    let link = check_text(text, "link", MAX_LINK_CHARS)?;
    let host = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let whole = host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace));
    if link.is_empty() || whole {
        Ok(link)
    } else {
        Err(LimitError::LinkForm)
    }
}

fn facts(facts: &[PersonaFact], errors: &mut Errors) -> Vec<PersonaFact> {
    let blank = |fact: &&PersonaFact| !fact.text.trim().is_empty() || !fact.topic.trim().is_empty();
    // The place is the one the page shows, empty rows included.
    let typed: Vec<(usize, &PersonaFact)> = facts.iter().enumerate().filter(|(_, fact)| blank(fact)).collect();
    if typed.len() > MAX_PERSONA_FACTS {
        errors.of("facts", Err::<(), _>(LimitError::TooManyFacts { count: typed.len() }));
    }
    let checked = |(index, fact): (usize, &PersonaFact)| PersonaFact {
        topic: errors.of(
            &format!("facts[{index}].topic"),
            needed(short(&fact.topic, "topic"), LimitError::TopicMissing),
        ),
        text: errors.of(
            &format!("facts[{index}].text"),
            needed(field(&fact.text, "fact"), LimitError::FactMissing),
        ),
    };
    typed.into_iter().map(checked).collect()
}

fn needed(text: Result<String, LimitError>, missing: LimitError) -> Result<String, LimitError> {
    text.and_then(|text| if text.is_empty() { Err(missing) } else { Ok(text) })
}

fn chips(chips: &[String], what: &'static str) -> Result<Vec<String>, LimitError> {
    let mut checked: Vec<String> = Vec::with_capacity(chips.len());
    for chip in chips {
        let chip = needed(short(chip, what), LimitError::ChipBlank { what })?;
        if checked.contains(&chip) {
            return Err(LimitError::ChipTwice { what, chip });
        }
        checked.push(chip);
    }
    if checked.len() > MAX_PERSONA_CHIPS {
        return Err(LimitError::TooManyChips {
            what,
            count: checked.len(),
        });
    }
    Ok(checked)
}

/// Collects the errors while the checked content is built.
#[derive(Default)]
struct Errors(Vec<FieldError>);

impl Errors {
    fn of<T: Default>(&mut self, field: &str, checked: Result<T, LimitError>) -> T {
        checked.unwrap_or_else(|error| {
            self.0.push(FieldError::new(field, &error));
            T::default()
        })
    }
}
