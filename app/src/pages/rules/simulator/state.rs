//! The message in the simulator, and its outcome with the rules as the page shows them; where a Prompt rule is reached, with the
//! rules as the server has them.

use domain::decide::{Gate, IntentModel, IntentScores, WaitReason};
use domain::ids::{AccountId, RuleId};
use domain::matching::CompiledConfig;
use domain::simulate::{Comparison, Simulation, TriedMessage, compare, simulate};
use domain::views::{RulesPage, SimulatorData};
use domain::warnings::WarningFacts;
use leptos::prelude::*;

use super::ask_server::{Question, ask_server};
use crate::components::Announcer;

/// The pause after typing: an answer that changes with every letter cannot be read.
const AFTER_TYPING: std::time::Duration = std::time::Duration::from_millis(250);

/// The state of the simulator. Cheap to copy.
#[derive(Clone, Copy)]
pub(in crate::pages::rules) struct SimulatorState {
    pub(super) account: AccountId,
    /// As typed.
    pub(super) message: RwSignal<TriedMessage>,
    /// As last simulated.
    pub(super) submitted: RwSignal<TriedMessage>,
    /// The outcome as far as the browser can tell.
    pub(super) local: Memo<Option<Simulation>>,
    /// The server's answer about a message.
    pub(super) answered: RwSignal<Option<(TriedMessage, Simulation)>>,
    pub(super) question: RwSignal<Question>,
    pub(super) simulator_data: RwSignal<SimulatorData>,
    pub(super) config: Memo<CompiledConfig>,
    /// `None` while the message is empty.
    pub(super) result: Memo<Option<Simulation>>,
    /// What the last change of the rules did to the examples.
    pub(super) effect: RwSignal<Option<Comparison>>,
    /// On narrow screens: the sheet is up.
    pub(super) is_open: RwSignal<bool>,
    pub(super) announcer: Announcer,
}

impl SimulatorState {
    pub(in crate::pages::rules) fn new(data: RwSignal<RulesPage>, simulator_data: RwSignal<SimulatorData>) -> Self {
        let submitted = RwSignal::new(TriedMessage::text(""));
        let config = compiled(data);
        let local = simulated_here(submitted, config, simulator_data);
        let answered = RwSignal::new(None::<(TriedMessage, Simulation)>);
        let simulator = Self {
            account: data.with_untracked(|page| page.account.id),
            effect: effect_on_examples(config, simulator_data),
            message: RwSignal::new(TriedMessage::text("")),
            submitted,
            simulator_data,
            config,
            local,
            answered,
            question: RwSignal::new(Question::default()),
            result: Memo::new(move |_| {
                let local = local.get()?;
                let of_server = answered.with(|answered| {
                    let (message, simulation) = answered.as_ref()?;
                    let is_of_this = local.needs_scores && submitted.with(|shown| shown == message);
                    is_of_this.then(|| simulation.clone())
                });
                Some(without_question(of_server.unwrap_or(local)))
            }),
            is_open: RwSignal::new(false),
            announcer: Announcer::expect(),
        };
        ask_server(simulator);
        simulator
    }

    /// Changes the message; it is simulated once typing pauses.
    pub(super) fn change(self, change: impl FnOnce(&mut TriedMessage)) {
        self.message.update(change);
        let typed = self.message.get_untracked();
        set_timeout(
            move || {
                if self.message.try_get_untracked().as_ref() == Some(&typed) {
                    self.run(typed);
                }
            },
            AFTER_TYPING,
        );
    }

    /// Reads what the server said, and follows it.
    pub(in crate::pages::rules) fn with_data<T>(self, read: impl FnOnce(&SimulatorData) -> T) -> T {
        self.simulator_data.with(read)
    }

    /// What warnings depend on besides the rules.
    pub(in crate::pages::rules) fn warning_facts(self) -> WarningFacts {
        self.simulator_data
            .with(|simulator_data| simulator_data.facts.for_warnings())
    }

    /// Simulates a saved example.
    pub(super) fn load_example(self, message: TriedMessage) {
        self.message.set(message.clone());
        self.run(message);
    }

    fn run(self, message: TriedMessage) {
        self.submitted.set(message);
        self.announce();
    }

    /// What the server said about `message`.
    pub(super) fn answer_to(self, message: &TriedMessage) -> Option<Simulation> {
        self.answered.with_untracked(|answered| {
            let (about, simulation) = answered.as_ref()?;
            (about == message).then(|| simulation.clone())
        })
    }

    /// Says the result; one that the server still has to give is said when it arrives.
    pub(super) fn announce(self) {
        if let Some(result) = self.result.get_untracked().filter(|result| !result.needs_scores) {
            self.announcer
                .say(format!("{} {}", result.sentence(), result.cost_sentence()));
        }
    }

    /// Whether this rule would answer; the second: whether something would stop the reply.
    pub(in crate::pages::rules) fn verdict_on(self, rule: RuleId) -> Option<bool> {
        self.result.with(|result| {
            let result = result.as_ref()?;
            let wins = result.winner.as_ref().is_some_and(|place| place.rule == rule);
            wins.then_some(result.obstacles.is_empty())
        })
    }
}

/// That a confidence is not known yet is said by the verdict; it stops nothing.
fn without_question(mut simulation: Simulation) -> Simulation {
    if simulation.needs_scores {
        let open = Gate::Wait(WaitReason::AiUnavailable);
        simulation.obstacles.retain(|obstacle| obstacle.gate != open);
    }
    simulation
}

/// The outcome as far as the browser can tell.
fn simulated_here(
    submitted: RwSignal<TriedMessage>,
    config: Memo<CompiledConfig>,
    simulator_data: RwSignal<SimulatorData>,
) -> Memo<Option<Simulation>> {
    Memo::new(move |_| {
        let message = submitted.get();
        let nothing = message.kind.carries_text() && message.text.trim().is_empty();
        (!nothing).then(|| {
            let config = config.get();
            simulator_data.with(|data| {
                let scores = match data.facts.intents {
                    IntentModel::Ready => IntentScores::Unavailable,
                    IntentModel::Missing | IntentModel::Off => IntentScores::Off,
                };
                simulate(&config, &data.facts, &message, &scores)
            })
        })
    })
}

/// Compares the examples after every change of the rules with the rules before it.
fn effect_on_examples(
    config: Memo<CompiledConfig>,
    simulator_data: RwSignal<SimulatorData>,
) -> RwSignal<Option<Comparison>> {
    let effect = RwSignal::new(None);
    Effect::new(move |before: Option<CompiledConfig>| {
        let now = config.get();
        if let Some(before) = before {
            let comparison = simulator_data.with_untracked(|simulator_data| {
                let examples = simulator_data.examples.iter().map(|row| (row.id, &row.message));
                compare(&before, &now, &simulator_data.facts, examples)
            });
            effect.set((comparison.total > 0).then_some(comparison));
        }
        now
    });
    effect
}

/// Recompiled when the rules change, not at each reload of the page.
fn compiled(data: RwSignal<RulesPage>) -> Memo<CompiledConfig> {
    Memo::new_owning(move |before: Option<CompiledConfig>| {
        let config = data.with(RulesPage::config);
        match before {
            Some(before)
                if before.config().rules == config.rules && before.config().default_reply == config.default_reply =>
            {
                (before, false)
            }
            _ => (CompiledConfig::compile(&config), true),
        }
    })
}
