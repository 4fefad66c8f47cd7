//! The keys on a handle: Space lifts and drops, arrows, Home and End move, Esc, Tab and leaving put back; Alt and an arrow move at once.

use leptos::prelude::Callable;

use super::sorting::{DragInput, Lifted, Sorting};
use crate::browser;

impl Sorting {
    pub(super) fn on_key(&self, key: &str, event: &web_sys::KeyboardEvent) {
        let pressed = event.key();
        let arrow = pressed == "ArrowUp" || pressed == "ArrowDown";
        let lifts = pressed == " " || pressed == "Enter";
        let held = self.lifted_untracked();
        if held.is_none() && !(lifts || arrow && event.alt_key()) {
            return;
        }
        if let Some(reason) = self.locked_untracked() {
            event.prevent_default();
            self.announcer.say(reason);
            return;
        }
        match (held, pressed.as_str()) {
            (None, _) if arrow => self.step.run((key.to_owned(), pressed == "ArrowUp")),
            (None, _) => {
                if let Some(from) = self.pick_up(key, DragInput::Keyboard) {
                    self.draw_line_at(from);
                }
            }
            (Some(_), " " | "Enter") => {
                self.commit_drop();
                browser::focus(format!("#{}", super::handle::handle_id(key)));
            }
            (Some(held), "Escape") => self.cancel(held.input),
            // The focus moves to the next element; the row returns to its place.
            (Some(held), "Tab") => return self.cancel(held.input),
            (Some(held), _) if held.input == DragInput::Keyboard => {
                if !self.set_target_by_key(&held, &pressed) {
                    return;
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// The focus left the handle.
    pub(super) fn on_blur(&self) {
        if self
            .lifted_untracked()
            .is_some_and(|held| held.input == DragInput::Keyboard)
        {
            self.restore_position();
        }
    }

    fn cancel(&self, input: DragInput) {
        match input {
            DragInput::Keyboard => self.restore_position(),
            DragInput::Pointer => self.cancel_drag(),
        }
    }

    /// Whether the key means a place.
    fn set_target_by_key(&self, held: &Lifted, pressed: &str) -> bool {
        let items = self.items.run(());
        let last = items.len().saturating_sub(1);
        let to = match pressed {
            "ArrowUp" => held.to.saturating_sub(1),
            "ArrowDown" => (held.to + 1).min(last),
            "Home" => 0,
            "End" => last,
            _ => return false,
        };
        self.set_target(to);
        self.draw_line_at(to);
        let others: Vec<&str> = items
            .iter()
            .filter(|item| item.key != held.key)
            .map(|item| item.name.as_str())
            .collect();
        let place = capitalised(&self.position_text(to, items.len()));
        let announcement = match to.checked_sub(1).and_then(|before| others.get(before)) {
            Some(before) => format!("{place}, after {before}."),
            None => format!("{place}."),
        };
        self.announcer.say(announcement);
        true
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}
