//! The message in the simulator, and its outcome with the rules as the page shows them; where a Prompt rule is reached, and until the
//! browser has what matches, with the rules as the server has them.

use domain::decide::{Gate, IntentModel, IntentScores, WaitReason};
use domain::ids::{AccountId, RuleId};
use domain::matching::CompiledConfig;
use domain::rules::ReplyConfig;
use domain::simulate::{Comparison, Simulation, TriedMessage};
use domain::views::{RulesPage, SimulatorData};
use domain::warnings::WarningFacts;
use leptos::prelude::*;

use super::ask_server::{Question, ask_server};
use super::tried_before::message_tried_before;
use crate::components::Announcer;
use crate::pages::rules::matching::{Matching, MatchingPart};

/// The id of the form.
pub(super) const FORM: &str = "try-form";

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
    pub(super) config: Memo<ReplyConfig>,
    pub(super) matching: MatchingPart,
    /// `None` while the message is empty, or nobody has answered.
    pub(super) result: Memo<Option<Simulation>>,
    /// What the last change of the rules did to the examples.
    pub(super) effect: RwSignal<Option<Comparison>>,
    /// On narrow screens: the sheet is up.
    pub(super) is_open: RwSignal<bool>,
    pub(super) announcer: Announcer,
}

impl SimulatorState {
    pub(in crate::pages::rules) fn new(
        data: RwSignal<RulesPage>,
        simulator_data: RwSignal<SimulatorData>,
        matching: MatchingPart,
    ) -> Self {
        let submitted = RwSignal::new(TriedMessage::text(""));
        let config = shown_rules(data);
        let local = simulated_here(submitted, compiled(config, matching), simulator_data);
        let answered = RwSignal::new(None::<(TriedMessage, Simulation)>);
        let simulator = Self {
            account: data.with_untracked(|page| page.account.id),
            effect: effect_on_examples(config, simulator_data, matching),
            message: RwSignal::new(message_tried_before(FORM)),
            submitted,
            simulator_data,
            config,
            matching,
            local,
            answered,
            question: RwSignal::new(Question::default()),
            result: Memo::new(move |_| {
                let of_server = || {
                    answered.with(|answered| {
                        let (message, simulation) = answered.as_ref()?;
                        let is_of_this = submitted.with(|shown| shown == message);
                        is_of_this.then(|| simulation.clone())
                    })
                };
                let result = match local.get() {
                    Some(local) if !local.needs_scores => Some(local),
                    local => of_server().or(local),
                };
                result.map(without_question)
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
        self.matching.prepare();
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
        self.submitted.set(message.clone());
        self.announce();
        if !self.matching.is_fetched() {
            self.matching.run(move |_| self.announce_unless_answered(&message));
        }
    }

    /// What the browser found out about `message` where the server did not.
    fn announce_unless_answered(self, message: &TriedMessage) {
        let is_shown = self.submitted.try_with_untracked(|shown| shown == message) == Some(true);
        if is_shown && self.question.get_untracked() != Question::Answered {
            self.announce();
        }
    }

    /// Whether there is something to simulate; follows the message.
    pub(super) fn has_message(self) -> bool {
        self.submitted.with(|message| !is_empty(message))
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

fn is_empty(message: &TriedMessage) -> bool {
    message.kind.carries_text() && message.text.trim().is_empty()
}

/// The outcome as far as the browser can tell.
fn simulated_here(
    submitted: RwSignal<TriedMessage>,
    compiled: Memo<Option<Compiled>>,
    simulator_data: RwSignal<SimulatorData>,
) -> Memo<Option<Simulation>> {
    Memo::new(move |_| {
        let message = submitted.get();
        if is_empty(&message) {
            return None;
        }
        let Compiled { matching, config } = compiled.get()?;
        Some(simulator_data.with(|data| {
            let scores = match data.facts.intents {
                IntentModel::Ready => IntentScores::Unavailable,
                IntentModel::Missing | IntentModel::Off => IntentScores::Off,
            };
            (matching.simulate)(&config, &data.facts, &message, &scores)
        }))
    })
}

/// Compares the examples after every change of the rules with the rules before it.
fn effect_on_examples(
    config: Memo<ReplyConfig>,
    simulator_data: RwSignal<SimulatorData>,
    matching: MatchingPart,
) -> RwSignal<Option<Comparison>> {
    let effect = RwSignal::new(None);
    Effect::new(move |before: Option<ReplyConfig>| {
        let now = config.get();
        let has_examples = simulator_data.with_untracked(|data| !data.examples.is_empty());
        match before {
            Some(before) if has_examples => {
                let now = now.clone();
                matching.run(move |matching| {
                    let compare = |data: &SimulatorData| (matching.compare)([&before, &now], data);
                    effect.try_set(simulator_data.try_with_untracked(compare));
                });
            }
            _ => effect.set(None),
        }
        now
    });
    effect
}

/// The same until the rules change, not at each reload of the page.
fn shown_rules(data: RwSignal<RulesPage>) -> Memo<ReplyConfig> {
    Memo::new_owning(move |before: Option<ReplyConfig>| {
        let config = data.with(RulesPage::config);
        match before {
            Some(before) if before.rules == config.rules && before.default_reply == config.default_reply => {
                (before, false)
            }
            _ => (config, true),
        }
    })
}

/// The rules, ready to match, and what matches them.
#[derive(Clone)]
struct Compiled {
    matching: Matching,
    config: CompiledConfig,
}

fn compiled(config: Memo<ReplyConfig>, matching: MatchingPart) -> Memo<Option<Compiled>> {
    Memo::new_with_compare(
        move |_| {
            let matching = matching.get()?;
            let config = config.with(matching.compile);
            Some(Compiled { matching, config })
        },
        |_, _| true,
    )
}
