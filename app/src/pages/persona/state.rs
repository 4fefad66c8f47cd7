//! The state of the page: the persona as saved, what is typed, the draft in the browser, and the answer to a save.

use domain::persona::{PersonaContent, SafetyStatus};
use domain::rules::{split_examples, split_keywords};
use domain::views::{PersonaConflict, PersonaPage, PersonaSaved};
use leptos::prelude::*;

use crate::browser::{self, Unsaved};
use crate::components::{Announcer, Toasts, live_query};
use crate::endpoints;
use crate::error::AppError;
use crate::forms::{ChipInput, FormState, Outcome, PersonaForm, offer_undo_of_putting_away};
use crate::json;
use crate::queries::load_persona;
use crate::viewer::may_edit;

const EDITOR: &str = "persona";
const OWN_TEXT: &str = crate::forms::OWN_TEXT;

/// The state of the page. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PersonaState {
    pub(super) data: RwSignal<PersonaPage>,
    pub(super) form: FormState,
    /// What is typed, chips aside.
    pub(super) typed: RwSignal<PersonaForm>,
    pub(super) phrases: ChipInput,
    pub(super) avoid: ChipInput,
    /// Of which version it is a change.
    pub(super) version: RwSignal<i64>,
    /// When the kept draft was written.
    pub(super) draft: RwSignal<Option<String>>,
    /// What another person saved meanwhile.
    pub(super) conflict: RwSignal<Option<PersonaConflict>>,
    pub(super) announcer: Announcer,
    toasts: Toasts,
    /// On its way to the server.
    sent: StoredValue<PersonaForm>,
    key: StoredValue<String>,
    unsaved: Unsaved,
}

impl PersonaState {
    pub(super) fn new(first: PersonaPage) -> Self {
        let form = FormState::new("persona-form", endpoints::SAVE_PERSONA);
        let saved = PersonaForm::of(&first.content);
        let mut start = saved.clone();
        for name in PersonaForm::FIELDS {
            start.set(name, form.typed(name, saved.get(name)).replace("\r\n", "\n"));
        }
        let conflict = form
            .error()
            .with_untracked(|error| error.as_ref().and_then(AppError::current::<PersonaConflict>));
        let version = conflict.as_ref().map_or(first.version, |conflict| conflict.version);
        let chips = |name, words, split, lines: &str| ChipInput::new(form, name, words, split, split_examples(lines));
        // A phrase may have a comma; topics are listed with commas, as keywords are.
        let phrases = chips(
            "phrases",
            ("phrase", "this list"),
            split_examples as fn(&str) -> Vec<String>,
            &start.phrases,
        );
        let avoid = chips("avoid", ("topic", "this list"), split_keywords, &start.avoid);
        let typed = RwSignal::new(start);
        for name in PersonaForm::FIELDS {
            form.on_pre_hydration(name, move |value| typed.update(|typed| typed.set(name, value)));
        }
        Self {
            data: live_query(first, load_persona),
            form,
            typed,
            phrases,
            avoid,
            version: RwSignal::new(version),
            draft: RwSignal::new(None),
            conflict: RwSignal::new(conflict),
            announcer: Announcer::expect(),
            toasts: Toasts::expect(),
            sent: StoredValue::new(saved),
            key: StoredValue::new(browser::draft_key(EDITOR)),
            unsaved: use_context().unwrap_or_default(),
        }
    }

    /// As typed, chips included; follows every change.
    pub(super) fn values(&self) -> PersonaForm {
        let mut values = self.typed.get();
        values.phrases = self.phrases.items.with(|items| items.join("\n"));
        values.avoid = self.avoid.items.with(|items| items.join("\n"));
        values
    }

    fn values_untracked(&self) -> PersonaForm {
        untrack(|| self.values())
    }

    fn saved(&self) -> PersonaContent {
        self.data.with_untracked(|page| page.content.clone())
    }

    /// Types into the field `name`.
    pub(super) fn set(&self, name: &'static str, value: String) {
        self.typed.update(|typed| typed.set(name, value));
        self.save_draft();
    }

    /// Chooses the builder or the own text, which begins with what the builder says.
    pub(super) fn choose_kind(&self, kind: &'static str) {
        let built = self.values_untracked().content();
        self.typed.update(|typed| {
            if kind == OWN_TEXT && typed.own_text.trim().is_empty() && !built.is_blank() {
                typed.own_text = built.written();
            }
            typed.kind = kind.to_owned();
        });
        self.save_draft();
    }

    /// Whether something is typed that is not saved.
    pub(super) fn is_unsaved(&self) -> bool {
        may_edit() && self.values().content() != self.data.with(|page| page.content.clone())
    }

    /// Stores what is typed, after each change.
    pub(super) fn save_draft(&self) {
        let values = self.values_untracked();
        let dirty = values.content() != self.saved();
        self.unsaved.set(EDITOR, dirty);
        self.key.with_value(|key| {
            if dirty {
                let json = serde_json::to_string(&values).unwrap_or_default();
                browser::save_draft(key, self.version.get_untracked(), &json);
            } else {
                browser::remove_draft(key);
            }
        });
    }

    /// Fills the form with the draft that a reload left behind.
    pub(super) fn restore_draft(self) {
        self.unsaved.keep_by(EDITOR, Callback::new(move |()| self.save_draft()));
        on_cleanup(move || self.unsaved.leave(EDITOR));
        Effect::new(move |_| {
            let Some(draft) = self.key.with_value(|key| browser::load_draft(key)) else {
                if self.form.has_pre_hydration_input() {
                    self.save_draft();
                }
                return;
            };
            let Ok(values) = json::read::<PersonaForm>(&draft.text) else {
                return;
            };
            if values.content() == self.saved() {
                return self.discard_draft();
            }
            self.fill(values);
            self.version.set(draft.version);
            self.draft.set(Some(draft.when));
            self.unsaved.set(EDITOR, true);
        });
    }

    /// Shows what somebody saved or restored, unless the reader is writing: then both meet at the save.
    pub(super) fn follow_saved(self) {
        Effect::new(move |before: Option<PersonaContent>| {
            let (version, saved) = self.data.with(|page| (page.version, page.content.clone()));
            let typed = self.values_untracked().content();
            let is_as_before = |before: &PersonaContent| typed == *before || typed.validate().as_ref() == Ok(before);
            if before.is_some_and(|before| before != saved && is_as_before(&before)) {
                self.fill(PersonaForm::of(&saved));
                self.version.set(version);
            }
            saved
        });
    }

    /// Says when the check ends.
    pub(super) fn announce_status(self) {
        Effect::new(move |before: Option<SafetyStatus>| {
            let (status, title) = self.data.with(|page| (page.status.status, page.status.title.clone()));
            if before.is_some_and(|before| before != status) {
                self.announcer.say(title);
            }
            status
        });
    }

    /// Back to what is saved; *Undo* brings back what was typed.
    pub(super) fn discard(&self) {
        if self.is_dirty() {
            self.offer_undo();
        }
        self.fill(PersonaForm::of(&self.saved()));
        self.version.set(self.data.with_untracked(|page| page.version));
        self.conflict.set(None);
        self.form.error().set(None);
        self.discard_draft();
    }

    fn is_dirty(&self) -> bool {
        self.values_untracked().content() != self.saved()
    }

    fn offer_undo(&self) {
        let (persona, values) = (*self, self.values_untracked());
        let (key, version) = (self.key.get_value(), self.version.get_untracked());
        offer_undo_of_putting_away(self.toasts, self.announcer, move || {
            let json = serde_json::to_string(&values).unwrap_or_default();
            browser::save_draft(&key, version, &json);
            persona.return_to_draft(&values, version);
        });
    }

    /// On another page the draft waits for the reader to come back. What was typed since can be brought back in turn.
    fn return_to_draft(&self, values: &PersonaForm, version: i64) {
        if self.typed.try_get_untracked().is_some() {
            if self.is_dirty() {
                self.offer_undo();
            }
            self.fill(values.clone());
            self.version.set(version);
            self.save_draft();
        }
    }

    pub(super) fn use_theirs(&self) {
        if let Some(conflict) = self.conflict.get_untracked() {
            self.fill(PersonaForm::of(&conflict.theirs));
            self.version.set(conflict.version);
        }
        self.conflict.set(None);
        self.form.error().set(None);
        self.save_draft();
        browser::focus("#persona-title");
    }

    /// Shows field errors by the limits that the server applies.
    pub(super) fn check(&self) -> bool {
        self.phrases.commit();
        self.avoid.commit();
        let values = self.values_untracked();
        let errors = values.content().validate().err().unwrap_or_default();
        let errors = values.errors_at_fields(errors);
        let is_valid = errors.is_empty();
        self.form
            .error()
            .set((!is_valid).then_some(AppError::Invalid { fields: errors }));
        is_valid
    }

    /// Runs when the form is sent: what is typed from now on is not in it.
    pub(super) fn remember_sent(&self) {
        self.sent.set_value(self.values_untracked());
    }

    /// The answer to a save.
    pub(super) fn handle_answer(&self, outcome: &Outcome) {
        match outcome {
            Ok(json) => self.handle_saved(json::read(json).ok()),
            Err(error) => {
                if let Some(conflict) = error.current::<PersonaConflict>() {
                    self.version.set(conflict.version);
                    self.conflict.set(Some(conflict));
                }
            }
        }
    }

    fn handle_saved(&self, saved: Option<PersonaSaved>) {
        let sent = self.sent.get_value();
        let typed_since = sent != self.values_untracked();
        if let Some(saved) = saved {
            self.version.set(saved.version);
            self.data.update(|page| {
                page.content = sent.content().validate().unwrap_or_else(|_| sent.content());
                page.version = saved.version;
            });
        }
        self.conflict.set(None);
        self.draft.set(None);
        if typed_since {
            self.announcer
                .say("The persona is saved. What you wrote since then is not saved yet.");
            return self.save_draft();
        }
        self.announcer.say("The persona is saved.");
        self.discard_draft();
        // The button is at the end of a long form, and what became of the text stands above it.
        browser::scroll_to("#status");
    }

    fn fill(&self, values: PersonaForm) {
        self.phrases.items.set(split_examples(&values.phrases));
        self.avoid.items.set(split_examples(&values.avoid));
        self.typed.set(values);
    }

    fn discard_draft(&self) {
        self.key.with_value(|key| browser::remove_draft(key));
        self.unsaved.set(EDITOR, false);
        self.draft.set(None);
    }
}
