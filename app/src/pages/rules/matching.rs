//! Folding, matching and what needs them, in a part of the WebAssembly of its own: with their tables of Unicode they weigh as much as
//! the rest of the page. Fetched when a message is tried or a rule is edited; until then the server answers and warns.

use std::sync::OnceLock;

use domain::decide::IntentScores;
use domain::matching::CompiledConfig;
use domain::rules::ReplyConfig;
use domain::simulate::{Comparison, Simulation, SimulatorFacts, TriedMessage, compare, simulate};
use domain::views::{RuleWarning, SimulatorData};
use domain::warnings::{WarningFacts, warnings};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_query_map;

use crate::forms::RestoredForm;

/// What the part can do. Pointers, so that nothing else refers to its code.
#[derive(Clone, Copy)]
pub(super) struct Matching {
    pub(super) compile: fn(&ReplyConfig) -> CompiledConfig,
    pub(super) simulate: fn(&CompiledConfig, &SimulatorFacts, &TriedMessage, &IntentScores) -> Simulation,
    pub(super) compare: fn([&ReplyConfig; 2], &SimulatorData) -> Comparison,
    pub(super) warn: fn(&ReplyConfig, &WarningFacts) -> Vec<RuleWarning>,
}

#[wasm_split(matching, wasm_split_path = ::leptos::wasm_split, fallible)]
fn load_matching() -> Result<Matching, SplitLoaderError> {
    Ok(Matching {
        compile: CompiledConfig::compile,
        simulate,
        compare: |[before, now], data| {
            let [before, now] = [before, now].map(CompiledConfig::compile);
            let examples = data.examples.iter().map(|row| (row.id, &row.message));
            compare(&before, &now, &data.facts, examples)
        },
        warn: |config, facts| warnings(config, facts).in_words(),
    })
}

static FETCHED: OnceLock<Matching> = OnceLock::new();

async fn fetch() -> Result<Matching, SplitLoaderError> {
    let matching = load_matching().await?;
    Ok(*FETCHED.get_or_init(|| matching))
}

/// Before the page renders: an editor with what nobody saved yet shows warnings from the start, in the browser as on the server.
pub(in crate::pages) async fn fetch_if_unsaved() -> Result<(), SplitLoaderError> {
    if has_unsaved() {
        #[cfg(feature = "ssr")]
        crate::package::name_files_of("matching");
        fetch().await?;
    }
    Ok(())
}

/// Whether the page opens with a form that failed, or with a suggested rule.
fn has_unsaved() -> bool {
    let suggests = use_query_map().with_untracked(|query| query.get("starter").is_some());
    suggests || RestoredForm::expect().has_failure()
}

/// The part as one page uses it. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct MatchingPart {
    fetched: RwSignal<Option<Matching>>,
    is_asked_for: StoredValue<bool>,
}

impl MatchingPart {
    /// There from the start where the page waited for it. The server has it always, and renders as the browser will.
    pub(super) fn new() -> Self {
        let waited = !cfg!(feature = "ssr") || has_unsaved();
        Self {
            fetched: RwSignal::new(FETCHED.get().copied().filter(|_| waited)),
            is_asked_for: StoredValue::new(false),
        }
    }

    /// None until it is fetched; follows it.
    pub(super) fn get(self) -> Option<Matching> {
        self.fetched.get()
    }

    pub(super) fn is_fetched(self) -> bool {
        self.fetched.with_untracked(Option::is_some)
    }

    /// Fetches it in the background. After a failure the next call tries again.
    pub(super) fn prepare(self) {
        if self.is_fetched() || self.is_asked_for.get_value() {
            return;
        }
        self.is_asked_for.set_value(true);
        leptos::task::spawn_local(async move {
            match fetch().await {
                Ok(matching) => drop(self.fetched.try_set(Some(matching))),
                Err(_) => drop(self.is_asked_for.try_set_value(false)),
            }
        });
    }

    /// Runs `then` at once where the part is there, and else when it is.
    pub(super) fn run(self, then: impl FnOnce(Matching) + 'static) {
        match self.fetched.get_untracked() {
            Some(matching) => then(matching),
            None => leptos::task::spawn_local(async move {
                if let Ok(matching) = fetch().await {
                    then(matching);
                }
            }),
        }
    }
}
