//! Moving, deleting and bringing back: shown at once, saved behind it one after the other, undone in one place. What happens after
//! an answer may happen on another page: nothing there relies on this one.

use domain::ids::{AccountId, RuleId};
use domain::views::{ListConflict, RuleChange};
use leptos::prelude::*;
use web_sys::FormData;

use super::moves::{Cause, Move};
use super::queue::{Change, Queue, What};
use super::state::Rules;
use crate::browser;
use crate::error::AppError;

impl Rules {
    /// The one way to move a rule: the list changes at once, and goes back if it cannot be saved.
    pub(super) fn move_rule(self, wish: Move) {
        match self.place(wish.rule) {
            Some((label, from)) if from != wish.to => self.make(What::Move(wish), label, from),
            _ => {}
        }
    }

    /// One step up or down; says so at the ends.
    pub(super) fn step(self, rule: RuleId, up: bool) {
        if let Some(reason) = self.order_locked() {
            self.announcer.say(reason);
            return;
        }
        let Some((_, from)) = self.place(rule) else { return };
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
        let Some((label, position)) = self.place(rule) else {
            return;
        };
        self.make(What::Delete(rule), label, position);
        self.focus_near(position);
    }

    /// Brings a deleted rule back to its place.
    pub(super) fn restore(self, rule: RuleId) {
        self.make(What::Restore(rule), String::new(), 0);
    }

    /// Shows it, and saves it after those before it.
    fn make(self, what: What, label: String, from: u32) {
        let (version, before) = self.data.with_untracked(|page| (page.list_version, page.rules.clone()));
        self.data.update(|page| what.show_in(&mut page.rules));
        let queue = self.queue.get_value();
        queue.heard_of(version);
        let change = Change {
            what,
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

    async fn save_all(self, queue: Queue) {
        while let Some(change) = queue.first() {
            let seen = self.data.try_with_untracked(|page| page.list_version);
            let list_version = queue.heard_of(seen.unwrap_or_default());
            match send(change.what, self.account, list_version).await {
                Ok(saved) => {
                    queue.heard_of(saved.list_version);
                    self.data.update(|page| page.list_version = saved.list_version);
                    self.saved(&change, &saved);
                    queue.first_is_done();
                }
                Err(error) => self.not_saved(&queue, change, &error),
            }
        }
        self.saving.set(false);
        self.reload.end_change(true);
    }

    fn saved(self, change: &Change, saved: &RuleChange) {
        let rule = saved.rule;
        match change.what {
            What::Move(wish) => self.moved(change, wish, saved),
            What::Delete(_) => {
                let label = &change.label;
                self.announcer.say(format!("{label} deleted. Undo available."));
                self.offer_undo(format!("“{label}” is deleted."), What::Restore(rule), saved);
            }
            What::Restore(_) => {
                self.announcer.say("Undone. The rule is back in its place.");
                browser::focus_when_there(format!("#open-{rule}"));
            }
        }
    }

    fn moved(self, change: &Change, wish: Move, saved: &RuleChange) {
        self.conflict.set(None);
        self.failed.set(None);
        let (label, to, count) = (&change.label, wish.to, saved.of);
        self.announcer.say(match wish.cause {
            Cause::Undo => format!("Undone. {label} is back at {to} of {count}."),
            Cause::Drop => format!("Dropped. {label} is now rule {to} of {count}. Saved."),
            Cause::Step => format!("{label} moved to {to} of {count}. Saved."),
        });
        if wish.cause != Cause::Undo {
            let back = Move {
                to: change.from,
                cause: Cause::Undo,
                ..wish
            };
            self.offer_undo(
                format!("“{label}” is now rule {to} of {count}."),
                What::Move(back),
                saved,
            );
        }
    }

    fn not_saved(self, queue: &Queue, change: Change, error: &AppError) {
        let (label, from) = (&change.label, change.from);
        if let What::Move(_) = change.what {
            let count = change.before.len();
            self.announcer
                .failed(format!("Not saved. {label} is back at {from} of {count}."));
        }
        let sentence = match change.what {
            // The list says it.
            What::Move(_) if !self.is_left() => None,
            What::Move(_) => Some(format!("“{label}” was not moved. {error}")),
            What::Delete(_) => Some(format!("“{label}” was not deleted. {error}")),
            What::Restore(_) => Some(format!("The rule was not brought back. {error}")),
        };
        if let Some(sentence) = sentence {
            self.announcer.failed(sentence.clone());
            self.toasts.failed(sentence);
        }
        if let What::Restore(_) = change.what {
            return queue.first_is_done();
        }
        let wish = queue.give_up();
        self.data.update(|page| page.rules = change.before);
        match (wish, theirs(error)) {
            (Some(wish), Some(conflict)) => {
                self.data.set(conflict.current.clone());
                self.conflict.set(Some((conflict, wish)));
            }
            (Some(wish), None) => self.failed.set(Some((error.to_string(), wish))),
            (None, _) => {}
        }
    }

    /// Undo works as long as it is offered, wherever the reader is by then.
    fn offer_undo(self, text: String, back: What, saved: &RuleChange) {
        let list_version = saved.list_version;
        let undo = move || match back {
            _ if self.is_left() => self.undo_from_elsewhere(back, list_version),
            What::Move(back) => {
                self.move_rule(back);
                browser::focus(format!("#open-{}", back.rule));
            }
            What::Restore(rule) | What::Delete(rule) => self.restore(rule),
        };
        self.toasts.undoable(text, undo);
    }

    fn undo_from_elsewhere(self, back: What, list_version: i64) {
        leptos::task::spawn_local(async move {
            match send(back, self.account, list_version).await {
                Ok(change) => {
                    let place = match back {
                        What::Move(_) => format!("at {} of {}", change.position, change.of),
                        What::Delete(_) | What::Restore(_) => "in its place".to_owned(),
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

    /// Whether the reader is on another page by now, and what this one showed is gone.
    fn is_left(self) -> bool {
        self.data.is_disposed()
    }

    /// Name and present place of a rule.
    pub(super) fn place(self, rule: RuleId) -> Option<(String, u32)> {
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

fn theirs(error: &AppError) -> Option<ListConflict> {
    match error {
        AppError::Conflict {
            current: Some(current), ..
        } => serde_json::from_str(current).ok(),
        _ => None,
    }
}

async fn send(what: What, account: AccountId, list_version: i64) -> Result<RuleChange, AppError> {
    let (action, rule, to) = match what {
        What::Move(wish) => ("/api/rules/move", wish.rule, Some(wish.to)),
        What::Delete(rule) => ("/api/rules/delete", rule, None),
        What::Restore(rule) => ("/api/rules/restore", rule, None),
    };
    let data = FormData::new().map_err(|_| AppError::unavailable("This browser cannot send the change."))?;
    let _ = data.append_with_str("rule", &rule.to_string());
    let _ = data.append_with_str("account", &account.to_string());
    if let Some(to) = to {
        let _ = data.append_with_str("to", &to.to_string());
        let _ = data.append_with_str("list_version", &list_version.to_string());
    }
    let json = browser::post_form(action, &data).await?;
    serde_json::from_str(&json)
        .map_err(|_| AppError::unavailable("Reload the page to see the rules as they are saved."))
}
