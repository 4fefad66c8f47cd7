//! Asks the server where a Prompt rule is reached, as it alone can compare a message with an intent, and as long as the browser does
//! not have what matches.

use domain::simulate::Simulation;
use leptos::prelude::*;

use super::SimulatorState;
use crate::components::Reload;
use crate::queries::simulate_message;

/// How far the question to the server is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Question {
    /// On its way.
    #[default]
    Asked,
    /// The server answered.
    Answered,
    /// It could not be asked.
    Failed,
}

/// Asks about the message that is shown, and again when the rules changed and are saved. An answer about another message is dropped.
pub(super) fn ask_server(simulator: SimulatorState) {
    let reload = Reload::expect();
    let newest = StoredValue::new(0_u32);
    // What is being written changes the answer of the browser with every letter, and no answer of the server.
    let needs_server = Memo::new(move |_| {
        let is_open = |local: &Option<Simulation>| local.as_ref().is_none_or(|local| local.needs_scores);
        simulator.has_message() && simulator.local.with(is_open)
    });
    Effect::new(move |_| {
        let _ = reload.count();
        newest.update_value(|count| *count = count.wrapping_add(1));
        if !needs_server.get() {
            return;
        }
        let mine = newest.get_value();
        // Tracked: another message may look the same to the browser, which knows no confidences.
        let message = simulator.submitted.get();
        let is_first = simulator.answer_to(&message).is_none();
        if is_first {
            simulator.question.set(Question::Asked);
        }
        leptos::task::spawn_local(async move {
            let answer = simulate_message(simulator.account, &message).await;
            if newest.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(simulation) => {
                    simulator.answered.set(Some((message, simulation)));
                    simulator.question.set(Question::Answered);
                    if is_first {
                        simulator.announce();
                    }
                }
                Err(_) => simulator.question.set(Question::Failed),
            }
        });
    });
}
