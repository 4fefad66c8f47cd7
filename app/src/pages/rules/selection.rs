//! Several rules at once: which are chosen, and what is done to them. Each act is one change on the server; nothing is shown before it is
//! saved there.

use domain::ids::RuleId;
use domain::views::{ListConflict, RulesChange};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use web_sys::FormData;

use super::state::RulesState;
use crate::browser;
use crate::endpoints;
use crate::error::AppError;
use crate::forms::{FormState, SLOW};
use crate::json;

/// The id of the form that the boxes of the rows belong to.
pub(super) const FORM: &str = "chosen-rules";

/// The chosen rules. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    pub(super) is_on: RwSignal<bool>,
    pub(super) form: FormState,
    chosen: RwSignal<Vec<RuleId>>,
    /// Where a range begins.
    last: StoredValue<Option<RuleId>>,
}

impl Selection {
    /// On when the address asks for it, or a plain form about chosen rules failed.
    pub(super) fn new() -> Self {
        let form = FormState::new(FORM, endpoints::SWITCH_CHOSEN);
        let asked_for = use_query_map().with_untracked(|query| query.get("select").is_some());
        Self {
            is_on: RwSignal::new(asked_for || form.was_restored()),
            form,
            chosen: RwSignal::new(Vec::new()),
            last: StoredValue::new(None),
        }
    }

    pub(super) fn has(self, rule: RuleId) -> bool {
        self.chosen.with(|chosen| chosen.contains(&rule))
    }

    /// What a row's box had before a redirect.
    pub(super) fn restore(self, rule: RuleId, field: &str) {
        if self.form.typed(field, "") == rule.to_string() {
            self.chosen.update_untracked(|chosen| chosen.push(rule));
        }
    }

    fn set(self, rules: &[RuleId], wanted: bool) {
        self.chosen.update(|chosen| {
            chosen.retain(|there| !rules.contains(there));
            if wanted {
                chosen.extend(rules);
            }
        });
    }
}

impl RulesState {
    /// Chosen and shown: what a search hides is not acted on.
    pub(super) fn chosen_count(self) -> usize {
        let shown = self.ids();
        self.selection
            .chosen
            .with(|chosen| shown.iter().filter(|id| chosen.contains(id)).count())
    }

    /// A box was ticked or cleared; with a range, all from the last one to it.
    pub(super) fn choose(self, rule: RuleId, wanted: bool, range: bool) {
        let shown = untrack(|| self.ids());
        let place = |id| shown.iter().position(|there| *there == id);
        let selection = self.selection;
        let from = selection.last.get_value().filter(|_| range).and_then(place);
        let rules = match (from, place(rule)) {
            (Some(from), Some(to)) => shown[from.min(to)..=from.max(to)].to_vec(),
            _ => vec![rule],
        };
        selection.last.set_value(Some(rule));
        selection.set(&rules, wanted);
        self.say_how_many();
    }

    pub(super) fn choose_all(self, wanted: bool) {
        self.selection.set(&untrack(|| self.ids()), wanted);
        self.say_how_many();
    }

    fn say_how_many(self) {
        let (chosen, of) = untrack(|| (self.chosen_count(), self.count()));
        self.announcer.say(format!("{chosen} of {of} rules selected."));
    }

    pub(super) fn end_selection(self) {
        self.selection.set(&untrack(|| self.ids()), false);
        self.selection.form.error().set(None);
        self.selection.is_on.set(false);
        browser::focus("#select-rules");
    }

    /// Sends what the bar asks for: `action` with the fields of its form.
    pub(super) fn change_chosen(self, action: String, data: FormData) {
        let form = self.selection.form;
        if self.saving.get_untracked() {
            self.announcer.say("Still saving the change before.");
            return;
        }
        if untrack(|| self.chosen_count()) == 0 {
            let message = "Choose at least one rule.";
            form.error().set(Some(AppError::invalid("chosen", message)));
            self.announcer.failed(message);
            return;
        }
        self.saving.set(true);
        self.toasts.forget_change();
        form.begin_sending(move || self.announcer.say(SLOW));
        self.reload.begin_change();
        leptos::task::spawn_local(async move {
            let outcome = post(&action, &data).await;
            let _ = self.saving.try_set(false);
            let is_shown = form.end_sending();
            match &outcome {
                Ok(change) => self.on_chosen_changed(&action, &data, change),
                Err(error) if is_shown => self.on_chosen_failed(error),
                Err(error) => self.toasts.failed(error.to_string()),
            }
            self.reload.end_change(outcome.is_ok());
        });
    }

    fn on_chosen_changed(self, action: &str, data: &FormData, change: &RulesChange) {
        let _ = self.selection.form.error().try_set(None);
        let _ = self
            .data
            .try_update(|page| page.list_version = page.list_version.max(change.list_version));
        if action == endpoints::DELETE_CHOSEN {
            let _ = self
                .selection
                .chosen
                .try_update(|chosen| chosen.retain(|id| !change.rules.contains(id)));
        }
        self.announcer.say(format!("{} Undo available.", change.sentence));
        match undo_of(self, action, data, change) {
            Some((action, fields)) => {
                let undo = move || self.undo_chosen(action, fields.clone());
                self.toasts.undoable_change(change.sentence.clone(), undo);
            }
            None => self.toasts.done(change.sentence.clone()),
        }
    }

    /// The choice stays, so that the button can be pressed again on the list as it is now.
    fn on_chosen_failed(self, error: &AppError) {
        if *error == AppError::NotSignedIn {
            browser::sign_in_again(false);
            return;
        }
        if let Some(conflict) = error.current::<ListConflict>() {
            self.data.set(conflict.current);
        }
        self.selection.form.error().set(Some(error.clone()));
    }

    /// Works on whichever page the reader is by then.
    fn undo_chosen(self, action: &'static str, fields: Fields) {
        self.reload.begin_change();
        leptos::task::spawn_local(async move {
            let outcome = match form_data(&fields) {
                Some(data) => browser::post_form(action, &data).await.map(drop),
                None => Err(AppError::unavailable("This browser cannot send the change.")),
            };
            match &outcome {
                Ok(()) => {
                    self.announcer.say("Undone.");
                    self.toasts.done("Undone. The rules are as they were.");
                }
                Err(error) => {
                    let sentence = format!("Not undone. {error}");
                    self.announcer.failed(sentence.clone());
                    self.toasts.failed(sentence);
                }
            }
            self.reload.end_change(outcome.is_ok());
        });
    }
}

type Fields = Vec<(String, String)>;

/// What undoes a change: of what changed, and of nothing else.
fn undo_of(rules: RulesState, action: &str, data: &FormData, change: &RulesChange) -> Option<(&'static str, Fields)> {
    let id = change.change?;
    let sent = |name: &str| data.get(name).as_string().unwrap_or_default();
    let of = |account: String| {
        let chosen = change.rules.iter().enumerate();
        let chosen = chosen.map(|(index, rule)| (format!("chosen[{index}]"), rule.to_string()));
        std::iter::once(("account".to_owned(), account))
            .chain(chosen)
            .collect::<Fields>()
    };
    let here = rules.account.to_string();
    let more = |mut fields: Fields, (name, value): (&str, &str)| {
        fields.push((name.to_owned(), value.to_owned()));
        fields
    };
    match action {
        endpoints::SWITCH_CHOSEN => {
            let back = if sent("enabled") == "true" { "false" } else { "true" };
            Some((endpoints::SWITCH_CHOSEN, more(of(here), ("enabled", back))))
        }
        endpoints::DELETE_CHOSEN => Some((endpoints::RESTORE_CHOSEN, of(here))),
        endpoints::COPY_CHOSEN => Some((endpoints::DELETE_CHOSEN, of(sent("into")))),
        _ => {
            let (id, revision) = (id.to_string(), change.revision.to_string());
            let fields = [
                ("account", here.as_str()),
                ("change", &id),
                ("side", "before"),
                ("revision", &revision),
            ];
            let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
            Some((endpoints::GO_BACK, fields.to_vec()))
        }
    }
}

fn form_data(fields: &Fields) -> Option<FormData> {
    let data = FormData::new().ok()?;
    for (name, value) in fields {
        data.append_with_str(name, value).ok()?;
    }
    Some(data)
}

async fn post(action: &str, data: &FormData) -> Result<RulesChange, AppError> {
    let text = browser::post_form(action, data).await?;
    json::read(&text).map_err(|_| AppError::unavailable("Reload the page to see the rules as they are saved."))
}
