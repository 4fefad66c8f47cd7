//! What is being written, as the simulator and the warnings take it.

use domain::rules::ReplyRule;
use leptos::prelude::*;

use super::state::EditorState;
use crate::pages::rules::state::NEW;
use crate::pages::rules::unsaved::UnsavedRule;

impl EditorState {
    /// The rule as typed.
    pub(super) fn as_unsaved(&self) -> UnsavedRule {
        UnsavedRule {
            rule: self.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id)),
            draft: self.values().draft(),
        }
    }

    /// Has the simulator try the rule as it is typed, as long as the editor is open.
    pub(super) fn show_to_simulator(self) {
        let name = self.rule.with_value(|rule: &Option<ReplyRule>| {
            rule.as_ref().map_or_else(|| NEW.to_owned(), |rule| rule.id.to_string())
        });
        let simulator = self.rules.simulator;
        let closed = name.clone();
        on_cleanup(move || simulator.forget_unsaved(&closed));
        Effect::new(move |_| {
            self.track_all();
            if self.is_dirty() {
                simulator.try_unsaved(&name, self.as_unsaved());
            } else {
                simulator.forget_unsaved(&name);
            }
        });
    }

    fn track_all(&self) {
        self.track_for_warnings();
        self.label.track();
        self.description.track();
        self.examples.track();
        self.threshold.track();
        self.reply.prompt.track();
        self.leave_to_person.track();
        // Changes with what is saved.
        self.version.track();
    }
}
