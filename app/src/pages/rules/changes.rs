//! Moving, deleting and bringing back: shown at once, saved behind it, undone in one place.

use domain::ids::RuleId;
use domain::views::{ListConflict, RuleChange, RuleRow};
use leptos::prelude::*;
use web_sys::FormData;

use super::store::{Cause, Move, Rules};
use crate::browser;
use crate::error::AppError;

impl Rules {
    /// The one way to move a rule: the list changes at once, and goes back if it cannot be saved.
    pub(super) fn move_rule(self, wish: Move) {
        if self.saving.get_untracked() {
            self.queued.set_value(Some(wish));
            return;
        }
        let Some((label, from)) = self.place(wish.rule) else {
            return;
        };
        if from == wish.to {
            return;
        }
        let before = self.data.with_untracked(|page| page.rules.clone());
        self.reorder(wish);
        self.start();
        leptos::task::spawn_local(async move {
            match self.post_move(wish).await {
                Ok(saved) => self.moved(&saved, wish, &label, from),
                Err(error) => self.not_moved(error, wish, before, &label, from),
            }
        });
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
        let before = self.data.with_untracked(|page| page.rules.clone());
        self.data.update(|page| {
            page.rules.retain(|row| row.rule.id != rule);
            number(&mut page.rules);
        });
        self.focus_near(position);
        self.start();
        leptos::task::spawn_local(async move {
            match post(
                "/api/rules/delete",
                &[("rule", rule.to_string()), ("account", self.account().to_string())],
            )
            .await
            {
                Ok(_) => {
                    self.announcer.say(format!("{label} deleted. Undo available."));
                    let undo = Callback::new(move |()| self.restore(rule));
                    self.toasts.undoable(format!("“{label}” is deleted."), undo);
                }
                Err(error) => {
                    self.data.update(|page| page.rules = before);
                    self.announcer.failed(format!("Not deleted. {error}"));
                }
            }
            self.end();
        });
    }

    /// Brings a deleted rule back to its place.
    pub(super) fn restore(self, rule: RuleId) {
        self.start();
        leptos::task::spawn_local(async move {
            match post(
                "/api/rules/restore",
                &[("rule", rule.to_string()), ("account", self.account().to_string())],
            )
            .await
            {
                Ok(_) => {
                    self.announcer.say("Undone. The rule is back in its place.");
                    self.reload.now();
                    browser::focus_when_there(format!("#open-{rule}"));
                }
                Err(error) => self.announcer.failed(format!("Not brought back. {error}")),
            }
            self.end();
        });
    }

    async fn post_move(self, wish: Move) -> Result<RuleChange, AppError> {
        let version = self.data.with_untracked(|page| page.list_version);
        let fields = [
            ("rule", wish.rule.to_string()),
            ("account", self.account().to_string()),
            ("to", wish.to.to_string()),
            ("list_version", version.to_string()),
        ];
        let json = post("/api/rules/move", &fields).await?;
        serde_json::from_str(&json)
            .map_err(|_| AppError::unavailable("Reload the page to see the order as it is saved."))
    }

    fn moved(self, saved: &RuleChange, wish: Move, label: &str, from: u32) {
        self.data.update(|page| page.list_version = saved.list_version);
        self.conflict.set(None);
        self.failed.set(None);
        let count = self.count();
        let to = wish.to;
        self.announcer.say(match wish.cause {
            Cause::Undo => format!("Undone. {label} is back at {to} of {count}."),
            Cause::Drop => format!("Dropped. {label} is now rule {to} of {count}. Saved."),
            Cause::Step => format!("{label} moved to {to} of {count}. Saved."),
        });
        if wish.cause != Cause::Undo {
            let back = Move {
                rule: wish.rule,
                to: from,
                cause: Cause::Undo,
            };
            let undo = Callback::new(move |()| {
                self.move_rule(back);
                browser::focus(format!("#open-{}", back.rule));
            });
            self.toasts
                .undoable(format!("“{label}” is now rule {} of {count}.", wish.to), undo);
        }
        self.end();
    }

    fn not_moved(self, error: AppError, wish: Move, before: Vec<RuleRow>, label: &str, from: u32) {
        self.data.update(|page| page.rules = before);
        let count = self.count();
        self.announcer
            .failed(format!("Not saved. {label} is back at {from} of {count}."));
        self.queued.set_value(None);
        match theirs(&error) {
            Some(conflict) => {
                self.data.set(conflict.current.clone());
                self.conflict.set(Some((conflict, wish)));
            }
            None => self.failed.set(Some((error.to_string(), wish))),
        }
        self.end();
    }

    fn start(self) {
        self.saving.set(true);
        self.reload.begin_change();
    }

    fn end(self) {
        self.saving.set(false);
        match self.queued.get_value() {
            Some(next) => {
                self.queued.set_value(None);
                self.move_rule(next);
                self.reload.end_change(false);
            }
            None => self.reload.end_change(true),
        }
    }

    fn reorder(self, wish: Move) {
        self.data.update(|page| {
            let Some(from) = page.rules.iter().position(|row| row.rule.id == wish.rule) else {
                return;
            };
            let row = page.rules.remove(from);
            let to = (wish.to.max(1) as usize - 1).min(page.rules.len());
            page.rules.insert(to, row);
            number(&mut page.rules);
        });
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

fn number(rows: &mut [RuleRow]) {
    for (position, row) in (1..).zip(rows) {
        row.position = position;
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

async fn post(action: &'static str, fields: &[(&str, String)]) -> Result<String, AppError> {
    let data = FormData::new().map_err(|_| AppError::unavailable("This browser cannot send the change."))?;
    for (name, value) in fields {
        let _ = data.append_with_str(name, value);
    }
    browser::post_form(action, &data).await
}
