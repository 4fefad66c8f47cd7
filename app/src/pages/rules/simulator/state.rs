//! The message in the simulator, and its outcome with the rules as the page shows them; where a Prompt rule is reached, and until the
//! browser has what matches, with the rules as the server has them.

use domain::decide::{Gate, WaitReason};
use domain::ids::{AccountId, RuleId};
use domain::matching::CompiledConfig;
use domain::rules::ReplyConfig;
use domain::simulate::{Altered, Comparison, ExampleOutcome, Known, Simulation, TriedMessage};
use domain::views::{ExampleRow, RulesPage, SimulatorData};
use domain::warnings::WarningFacts;
use leptos::prelude::*;

use super::ask_server::{Question, ask_server};
use super::tried_before::message_tried_before;
use crate::components::Announcer;
use crate::pages::rules::matching::{Matching, MatchingPart};
use crate::pages::rules::unsaved::{TriedRules, UnsavedRule};

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
    /// As saved.
    pub(super) config: Memo<ReplyConfig>,
    /// The rules of open editors, by the editor's name.
    unsaved: RwSignal<Vec<(String, UnsavedRule)>>,
    /// As they are tried: the saved ones, with what is being written.
    tried: Memo<TriedRules>,
    pub(super) matching: MatchingPart,
    /// `None` while the message is empty, or nobody has answered.
    pub(super) result: Memo<Option<Simulation>>,
    /// Whether the result is one of the rules as they are tried, not of the saved ones alone.
    of_tried: Memo<bool>,
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
        let unsaved = RwSignal::new(Vec::<(String, UnsavedRule)>::new());
        let tried = Memo::new(move |_| {
            let written: Vec<UnsavedRule> = unsaved.with(|all| all.iter().map(|(_, rule)| rule.clone()).collect());
            let line = simulator_data.with(|data| data.facts.disclosure.clone());
            config.with(|config| TriedRules::of(config, &written, line.as_deref()))
        });
        let compiled = compiled(tried, matching);
        let local = simulated_here(submitted, compiled, simulator_data);
        let answered = RwSignal::new(None::<(TriedMessage, Simulation)>);
        let found = Memo::new(move |_| {
            let of_server = || answered.with(|answered| answer_about(&submitted.read(), answered.as_ref()));
            match (local.get(), compiled.get()) {
                (Some(local), _) if !local.needs_scores => Some((local, true)),
                (local, compiled) => match of_server() {
                    Some(answer) => Some(with_scores_of(
                        answer,
                        tried,
                        compiled,
                        &submitted.read(),
                        simulator_data,
                    )),
                    None => local.map(|local| (local, true)),
                },
            }
        });
        let simulator = Self {
            account: data.with_untracked(|page| page.account.id),
            effect: effect_on_examples(config, simulator_data, matching),
            message: RwSignal::new(message_tried_before(FORM)),
            submitted,
            simulator_data,
            config,
            unsaved,
            tried,
            matching,
            local,
            answered,
            question: RwSignal::new(Question::default()),
            result: Memo::new(move |_| found.get().map(|(found, _)| without_question(found))),
            of_tried: Memo::new(move |_| found.with(|found| found.as_ref().is_some_and(|(_, of_tried)| *of_tried))),
            is_open: RwSignal::new(false),
            announcer: Announcer::expect(),
        };
        ask_server(simulator);
        simulator
    }

    /// Changes the message; it is simulated once typing pauses. What a change of the rules did is no longer looked for.
    pub(super) fn change(self, change: impl FnOnce(&mut TriedMessage)) {
        self.message.update(change);
        self.effect.set(None);
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
        self.effect.set(None);
        self.run(message);
    }

    /// Tries `rule` as it is written in `editor`.
    pub(in crate::pages::rules) fn try_unsaved(self, editor: &str, rule: UnsavedRule) {
        self.unsaved
            .update(|all| match all.iter_mut().find(|(name, _)| name == editor) {
                Some((_, there)) => *there = rule,
                None => all.push((editor.to_owned(), rule)),
            });
    }

    /// The editor is closed, or says what is saved. The page may be left by now.
    pub(in crate::pages::rules) fn forget_unsaved(self, editor: &str) {
        let is_there = |all: &Vec<(String, UnsavedRule)>| all.iter().any(|(name, _)| name == editor);
        if self.unsaved.try_with_untracked(is_there) == Some(true) {
            self.unsaved.update(|all| all.retain(|(name, _)| name != editor));
        }
    }

    /// Beside a result: whether what is being written counts.
    pub(super) fn unsaved_note(self) -> Option<String> {
        let has_result = self.result.with(Option::is_some);
        has_result.then(|| self.tried.with(|tried| tried.sentence(self.of_tried.get())))?
    }

    /// How many rules the result is about.
    pub(super) fn rule_count(self) -> usize {
        if self.of_tried.get_untracked() {
            self.tried.with_untracked(|tried| tried.config.rules.len())
        } else {
            self.config.with_untracked(|config| config.rules.len())
        }
    }

    /// What the last change of the rules did, as far as it is known by now.
    pub(super) fn effect_as_known(self) -> Option<Comparison> {
        let known = |altered: &Altered| match self.shown_outcome(&altered.message) {
            Some(outcome) => Some(Known::Now(outcome)),
            None => self.with_data(|data| known_of_row(data, altered)),
        };
        self.effect.get().map(|comparison| comparison.settled(known))
    }

    /// Who answers a saved example. One that depends on an intent is answered by the panel while it is tried there.
    pub(super) fn who_answers(self, row: &ExampleRow) -> String {
        let is_open = row.outcome.is_open();
        let shown = is_open.then(|| self.shown_outcome(&row.message)).flatten();
        shown.map_or_else(|| row.who.clone(), |outcome| outcome.who())
    }

    /// What the panel shows of this message; none where that is not sure, or not about the saved rules.
    fn shown_outcome(self, message: &TriedMessage) -> Option<ExampleOutcome> {
        let is_shown = self.submitted.with(|shown| shown == message);
        let is_saved = self.tried.with(|tried| tried.written == 0);
        self.result.with(|result| {
            let result = result.as_ref().filter(|_| is_shown && is_saved)?;
            let outcome = self.config.with(|config| ExampleOutcome::told(config, result));
            (!outcome.is_open()).then_some(outcome)
        })
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

/// What the server said about this message.
fn answer_about(message: &TriedMessage, answered: Option<&(TriedMessage, Simulation)>) -> Option<Simulation> {
    let (about, simulation) = answered?;
    (about == message).then(|| simulation.clone())
}

/// The server answers with the saved rules. What it found out about the message decides among the rules that are tried.
fn with_scores_of(
    answer: Simulation,
    tried: Memo<TriedRules>,
    compiled: Option<Compiled>,
    message: &TriedMessage,
    simulator_data: RwSignal<SimulatorData>,
) -> (Simulation, bool) {
    let Some(Compiled { matching, config }) = compiled.filter(|_| tried.with(|tried| tried.counted > 0)) else {
        return (answer, false);
    };
    let facts = simulator_data.with(|data| data.facts.clone());
    let found = (matching.simulate)(&config, &facts, message, &answer.scores());
    if found.needs_scores {
        (answer, false)
    } else {
        (found, true)
    }
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
        Some(simulator_data.with(|data| (matching.simulate)(&config, &data.facts, &message, &data.facts.unscored())))
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
                    let compare = |data: &SimulatorData| {
                        let found = (matching.compare)([&before, &now], data);
                        found.settled(|altered| known_of_row(data, altered))
                    };
                    effect.try_set(simulator_data.try_with_untracked(compare));
                });
            }
            _ => effect.set(None),
        }
        now
    });
    effect
}

/// What the server said about an example when it was last asked.
fn known_of_row(data: &SimulatorData, altered: &Altered) -> Option<Known> {
    let row = data.examples.iter().find(|row| row.id == altered.example)?;
    (!row.outcome.is_open()).then(|| Known::BeforeOrNow(row.outcome.clone()))
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

fn compiled(tried: Memo<TriedRules>, matching: MatchingPart) -> Memo<Option<Compiled>> {
    Memo::new_with_compare(
        move |_| {
            let matching = matching.get()?;
            let config = tried.with(|tried| (matching.compile)(&tried.config));
            Some(Compiled { matching, config })
        },
        |_, _| true,
    )
}
