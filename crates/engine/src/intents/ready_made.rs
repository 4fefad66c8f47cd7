//! Intents to start a rule from, as pages show them.

use ::intents::library::{Language, ReadyIntent, ready_intents};
use domain::views::ReadyMadeIntent;

/// All of them, in the order in which they are offered: in English, with examples in all languages.
#[must_use]
pub fn ready_made_intents() -> Vec<ReadyMadeIntent> {
    ready_intents().map(for_page).collect()
}

fn for_page(intent: &ReadyIntent) -> ReadyMadeIntent {
    let starter = intent.starter(&Language::ALL);
    ReadyMadeIntent {
        id: intent.id.into(),
        label: intent.wording(Language::English).label.into(),
        description: starter.description.into(),
        examples: starter.examples.into_iter().map(Into::into).collect(),
    }
}
