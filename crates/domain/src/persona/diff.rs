//! How one version of a persona became another.

use serde::{Deserialize, Serialize};

use super::{PersonaBuilder, PersonaContent};

/// Everything that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaDiff {
    /// One line per thing that differs, in the order of the form.
    pub changes: Vec<PersonaChange>,
}

/// One thing that differs; an empty side means that it was not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaChange {
    /// `Opening hours`, `Topic to avoid`, `Text`.
    pub what: String,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

impl PersonaDiff {
    /// From `before` to `after`.
    #[must_use]
    pub fn between(before: &PersonaContent, after: &PersonaContent) -> Self {
        let changes = match (before, after) {
            (PersonaContent::Builder(before), PersonaContent::Builder(after)) => of_fields(before, after),
            _ => of_lines(&before.render(), &after.render()),
        };
        Self { changes }
    }

    /// Nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// `adds “80 guests”`, `changes the opening hours`, `changes 3 things`; the words behind a name.
    #[must_use]
    pub fn summary(&self) -> String {
        match self.changes.as_slice() {
            [] => "changes nothing".into(),
            [one] if one.before.is_empty() => format!("adds “{}”", shortened(&one.after)),
            [one] if one.after.is_empty() => format!("takes out “{}”", shortened(&one.before)),
            [one] => format!("changes {}", lower_first(&one.what)),
            more => format!("changes {} things", more.len()),
        }
    }
}

fn of_fields(before: &PersonaBuilder, after: &PersonaBuilder) -> Vec<PersonaChange> {
    let fields = [
        ("Voice", before.voice.label(), after.voice.label()),
        ("Name", before.business_name.as_str(), after.business_name.as_str()),
        ("Kind of business", &before.business_kind, &after.business_kind),
        ("City", &before.city, &after.city),
        ("Opening hours", &before.opening_hours, &after.opening_hours),
        ("What a good reply does", &before.goal, &after.goal),
        ("Link", &before.goal_link, &after.goal_link),
    ];
    let changes = fields
        .into_iter()
        .filter_map(|(what, before, after)| change(what, before, after));
    let mut changes: Vec<PersonaChange> = changes.collect();
    let facts = |builder: &PersonaBuilder| -> Vec<String> {
        let said = builder
            .facts
            .iter()
            .map(|fact| format!("{}: {}", fact.topic, fact.text));
        said.collect()
    };
    changes.extend(of_list("Fact", &facts(before), &facts(after)));
    changes.extend(of_list("Phrase", &before.phrases, &after.phrases));
    changes.extend(of_list("Topic to avoid", &before.avoid, &after.avoid));
    changes.extend(change(
        "When to call a person",
        &before.hand_over_when,
        &after.hand_over_when,
    ));
    changes
}

fn of_lines(before: &str, after: &str) -> Vec<PersonaChange> {
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    of_list("Text", &lines(before), &lines(after))
}

/// What stands on one side only. Another order alone is a change too.
fn of_list(what: &str, before: &[String], after: &[String]) -> Vec<PersonaChange> {
    let gone = before.iter().filter(|item| !after.contains(item));
    let new = after.iter().filter(|item| !before.contains(item));
    let gone = gone.filter_map(|item| change(what, item, ""));
    let changes: Vec<PersonaChange> = gone.chain(new.filter_map(|item| change(what, "", item))).collect();
    if changes.is_empty() && before != after {
        return change(what, &before.join("; "), &after.join("; "))
            .into_iter()
            .collect();
    }
    changes
}

fn change(what: &str, before: &str, after: &str) -> Option<PersonaChange> {
    (before != after).then(|| PersonaChange {
        what: what.into(),
        before: before.into(),
        after: after.into(),
    })
}

fn shortened(text: &str) -> String {
    const CHARS: usize = 40;
    match text.char_indices().nth(CHARS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| format!("{}{}", first.to_lowercase(), letters.as_str()))
        .unwrap_or_default()
}
