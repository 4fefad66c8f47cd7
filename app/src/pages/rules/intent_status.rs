//! Whether a Prompt rule can match now, as a pill with the next step.

use domain::decide::IntentModel;
use domain::ids::RuleId;
use domain::views::{Pill, Tone};
use leptos::prelude::*;

use super::state::RulesState;
use crate::components::PillView;

/// What keeps a rule from matching, or that nothing does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IntentStatus {
    Ready,
    Computing,
    Missing,
    Off,
}

impl IntentStatus {
    /// Of a saved rule.
    pub(super) fn of(rules: RulesState, rule: RuleId) -> Self {
        rules.simulator.with_data(|data| match data.facts.intents {
            IntentModel::Missing => Self::Missing,
            IntentModel::Off => Self::Off,
            IntentModel::Ready if data.intents.computing.contains(&rule) => Self::Computing,
            IntentModel::Ready => Self::Ready,
        })
    }

    const fn words(self) -> (Tone, &'static str, &'static str) {
        match self {
            Self::Ready => (Tone::Ok, "Ready", "Messages are compared with this intent."),
            Self::Computing => (
                Tone::Info,
                "Computing",
                "The new text is being read; it takes seconds. Until then messages that get this far wait.",
            ),
            Self::Missing => (
                Tone::Warn,
                "Intent model missing",
                "The rule is passed over; keywords go on. Your operator finds in docs/ai.md how to get the model.",
            ),
            Self::Off => (
                Tone::Idle,
                "Intents off",
                "The rule is passed over. Your operator can switch intents on with CONCIERGE_AI_INTENTS.",
            ),
        }
    }

    /// The pill alone, with the next step on hover.
    pub(super) fn pill(self) -> AnyView {
        let (tone, label, _) = self.words();
        view! { <PillView pill=Pill { tone, label: label.into() } /> }.into_any()
    }

    /// The pill and the next step.
    pub(super) fn line(self) -> AnyView {
        let (.., next) = self.words();
        view! { <p class="field__hint cluster cluster--tight">{self.pill()} <span>{next}</span></p> }.into_any()
    }
}
