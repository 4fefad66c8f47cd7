//! Moves, deletes and restores of rules: shown at once, saved one after the other, undone in one place. An answer may arrive when the
//! reader is on another page, so its handling uses nothing of this one.

use domain::ids::{AccountId, RuleId};
use domain::views::{ListConflict, RuleChange};
use leptos::prelude::*;
use web_sys::FormData;

use super::moves::{Cause, Move};
use super::queue::{EditQueue, ListEdit, QueuedEdit};
use super::state::RulesState;
use crate::browser;
use crate::endpoints;
use crate::error::AppError;
use crate::forms::SLOW;
use crate::json;

impl RulesState {
    /// Every move goes through here: the list changes at once, and is restored if the move cannot be saved.
    pub(super) fn move_rule(self, request: Move) {
        match self.label_and_position(request.rule) {
            Some((label, from)) if from != request.to => self.enqueue(ListEdit::Move(request), label, from),
            _ => {}
        }
    }

    /// One step up or down; at the ends it announces that there is none.
    pub(super) fn step(self, rule: RuleId, up: bool) {
        if let Some(reason) = self.order_locked() {
            self.announcer.say(reason);
            return;
        }
        let Some((_, from)) = self.label_and_position(rule) else {
            return;
        };
        let last = self.count();
        match (up, from) {
            (true, 1) => self.announcer.say("Already first."),
            (false, from) if from >= last => self.announcer.say("Already last."),
            (up, from) => self.move_rule(Move {
                rule,
                to: if up { from - 1 } else { from + 1 },
                cause: Cause::Step,
            }),
        }
    }

    /// Deletes at once, with Undo.
    pub(super) fn delete(self, rule: RuleId) {
        let Some((label, position)) = self.label_and_position(rule) else {
            return;
        };
        self.enqueue(ListEdit::Delete(rule), label, position);
        self.focus_near(position);
    }

    /// Restores a deleted rule at its position.
    pub(super) fn restore(self, rule: RuleId) {
        self.enqueue(ListEdit::Restore(rule), String::new(), 0);
    }

    /// Shows the edit, and saves it after those before it.
    fn enqueue(self, edit: ListEdit, label: String, from: u32) {
        self.toasts.forget_change();
        let (version, before) = self.data.with_untracked(|page| (page.list_version, page.rules.clone()));
        self.data.update(|page| edit.apply_to(&mut page.rules));
        let queue = self.queue.get_value();
        queue.observe_version(version);
        let change = QueuedEdit {
            edit,
            label,
            from,
            before,
        };
        if queue.push(change) {
            self.saving.set(true);
            self.reload.begin_change();
            leptos::task::spawn_local(self.save_all(queue));
        }
    }

    async fn save_all(self, queue: EditQueue) {
        while let Some(change) = queue.front() {
            let seen = self.data.try_with_untracked(|page| page.list_version);
            let list_version = queue.observe_version(seen.unwrap_or_default());
            if self.sending.is_mounted() {
                self.sending.begin_sending(move || self.announcer.say(SLOW));
            }
            let outcome = send(change.edit, self.account, list_version).await;
            self.sending.end_sending();
            match outcome {
                Ok(saved) => {
                    queue.observe_version(saved.list_version);
                    self.data.update(|page| page.list_version = saved.list_version);
                    self.on_saved(&change, &saved);
                    queue.pop_front();
                }
                Err(error) => self.on_failed(&queue, change, &error),
            }
        }
        self.saving.set(false);
        self.reload.end_change(true);
    }

    fn on_saved(self, change: &QueuedEdit, saved: &RuleChange) {
        let rule = saved.rule;
        match change.edit {
            ListEdit::Move(request) => self.on_moved(change, request, saved),
            ListEdit::Delete(_) => {
                let label = &change.label;
                self.announcer.say(format!("{label} deleted. Undo available."));
                self.offer_undo(format!("“{label}” is deleted."), ListEdit::Restore(rule), saved);
            }
            ListEdit::Restore(_) => {
                self.announcer.say("Undone. The rule is back in its place.");
                browser::focus_when_present(format!("#open-{rule}"));
            }
        }
    }

    fn on_moved(self, change: &QueuedEdit, request: Move, saved: &RuleChange) {
        self.conflict.set(None);
        self.failed.set(None);
        let (label, to, count) = (&change.label, request.to, saved.of);
        self.announcer.say(match request.cause {
            Cause::Undo => format!("Undone. {label} is back at {to} of {count}."),
            Cause::Drop => format!("Dropped. {label} is now rule {to} of {count}. Saved."),
            Cause::Step => format!("{label} moved to {to} of {count}. Saved."),
        });
        if request.cause != Cause::Undo {
            let back = Move {
                to: change.from,
                cause: Cause::Undo,
                ..request
            };
            self.offer_undo(
                format!("“{label}” is now rule {to} of {count}."),
                ListEdit::Move(back),
                saved,
            );
        }
    }

    fn on_failed(self, queue: &EditQueue, change: QueuedEdit, error: &AppError) {
        let (label, from) = (&change.label, change.from);
        if let ListEdit::Move(_) = change.edit {
            let count = change.before.len();
            self.announcer
                .failed(format!("Not saved. {label} is back at {from} of {count}."));
        }
        let sentence = match change.edit {
            // The banner above the list says it.
            ListEdit::Move(_) if !self.is_page_gone() => None,
            ListEdit::Move(_) => Some(format!("“{label}” was not moved. {error}")),
            ListEdit::Delete(_) => Some(format!("“{label}” was not deleted. {error}")),
            ListEdit::Restore(_) => Some(format!("The rule was not brought back. {error}")),
        };
        if let Some(sentence) = sentence {
            self.announcer.failed(sentence.clone());
            self.toasts.failed(sentence);
        }
        if let ListEdit::Restore(_) = change.edit {
            return queue.pop_front();
        }
        let request = queue.clear_failed();
        self.data.update(|page| page.rules = change.before);
        if let Some(request) = &request {
            browser::focus_if_lost(format!("#open-{}", request.rule));
        }
        match (request, error.current::<ListConflict>()) {
            (Some(request), Some(conflict)) => {
                self.data.set(conflict.current.clone());
                self.conflict.set(Some((conflict, request)));
            }
            (Some(request), None) => self.failed.set(Some((error.to_string(), request))),
            (None, _) => {}
        }
    }

    /// Undo works as long as it is offered, on whichever page the reader is then.
    fn offer_undo(self, text: String, back: ListEdit, saved: &RuleChange) {
        let list_version = saved.list_version;
        let undo = move || match back {
            _ if self.is_page_gone() => self.undo_from_elsewhere(back, list_version),
            ListEdit::Move(back) => {
                self.move_rule(back);
                browser::focus(format!("#open-{}", back.rule));
            }
            ListEdit::Restore(rule) | ListEdit::Delete(rule) => self.restore(rule),
        };
        self.toasts.undoable_change(text, undo);
    }

    fn undo_from_elsewhere(self, back: ListEdit, list_version: i64) {
        leptos::task::spawn_local(async move {
            match send(back, self.account, list_version).await {
                Ok(change) => {
                    let place = match back {
                        ListEdit::Move(_) => format!("at {} of {}", change.position, change.of),
                        ListEdit::Delete(_) | ListEdit::Restore(_) => "in its place".to_owned(),
                    };
                    let done = format!("“{}” is back {place}.", change.label);
                    self.announcer.say(format!("Undone. {done}"));
                    self.toasts.done(done);
                    self.reload.now();
                }
                Err(error) => {
                    let sentence = format!("Not undone. {error}");
                    self.announcer.failed(sentence.clone());
                    self.toasts.failed(sentence);
                }
            }
        });
    }

    /// Whether the reader has left the page, so that its signals are disposed.
    fn is_page_gone(self) -> bool {
        self.data.is_disposed()
    }

    /// Name and current position of a rule.
    pub(super) fn label_and_position(self, rule: RuleId) -> Option<(String, u32)> {
        self.data.with_untracked(|page| {
            let row = page.rules.iter().find(|row| row.rule.id == rule)?;
            Some((row.rule.label.clone(), row.position))
        })
    }

    /// After a delete: the rule that took the place, else the one before, else the button that adds one.
    fn focus_near(self, position: u32) {
        let next = self.data.with_untracked(|page| {
            let at = (position.max(1) as usize - 1).min(page.rules.len().saturating_sub(1));
            page.rules.get(at).map(|row| row.rule.id)
        });
        browser::focus(next.map_or("#add-rule".to_owned(), |id| format!("#open-{id}")));
    }
}

async fn send(edit: ListEdit, account: AccountId, list_version: i64) -> Result<RuleChange, AppError> {
    let (action, rule, to) = match edit {
        ListEdit::Move(request) => (endpoints::MOVE_RULE, request.rule, Some(request.to)),
        ListEdit::Delete(rule) => (endpoints::DELETE_RULE, rule, None),
        ListEdit::Restore(rule) => (endpoints::RESTORE_RULE, rule, None),
    };
    let data = FormData::new().map_err(|_| AppError::unavailable("This browser cannot send the change."))?;
    let _ = data.append_with_str("rule", &rule.to_string());
    let _ = data.append_with_str("account", &account.to_string());
    if let Some(to) = to {
        let _ = data.append_with_str("to", &to.to_string());
        let _ = data.append_with_str("list_version", &list_version.to_string());
    }
    let json = browser::post_form(action, &data).await?;
    json::read(&json).map_err(|_| AppError::unavailable("Reload the page to see the rules as they are saved."))
}
