//! Dragging by the handle, on pointer events: one path for mouse, pen and finger.
//!
//! All places are measured once, when the row is lifted. A frame of the drag then reads no layout: it sets one transform, and moves
//! the line when the target changes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::drag::Drag;
use super::handle::handle_id;
use super::slots::{self, Extent};
use super::sorting::{DragInput, Lifted, Sorting};
use crate::browser;

/// A shaking hand does not lift a row.
const THRESHOLD: f64 = 4.0;

impl Sorting {
    pub(super) fn on_pointer_down(&self, key: &str, event: &web_sys::PointerEvent) {
        if event.button() != 0 || !event.is_primary() || self.lifted_untracked().is_some() {
            return;
        }
        if let Some(reason) = self.locked_untracked() {
            self.announcer.say(reason);
            return;
        }
        if let Some(handle) = event
            .current_target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        {
            let _ = handle.set_pointer_capture(event.pointer_id());
            // Not every browser focuses a pressed button, and Esc goes to the focused element.
            let _ = handle.focus();
        }
        let at = f64::from(event.client_y());
        self.drag.set_value(Some(Drag {
            key: key.to_owned(),
            pressed_at: at,
            scrolled: scrolled(),
            at,
            rows: Vec::new(),
        }));
    }

    pub(super) fn drag_to(&self, at: f64) {
        let Some(lifts) = self.drag.with_value(|drag| {
            let drag = drag.as_ref()?;
            Some(drag.rows.is_empty() && (at - drag.pressed_at).abs() >= THRESHOLD)
        }) else {
            return;
        };
        self.drag.update_value(|drag| {
            if let Some(drag) = drag {
                drag.at = at;
            }
        });
        if lifts {
            self.lift_dragged();
        }
        self.follow_pointer();
    }

    pub(super) fn on_pointer_up(&self) {
        let Some(drag) = self.end_drag() else { return };
        if !drag.rows.is_empty() {
            self.commit_drop();
            browser::focus(format!("#{}", handle_id(&drag.key)));
        }
    }

    pub(super) fn cancel_drag(&self) {
        if self.end_drag().is_some_and(|drag| !drag.rows.is_empty()) {
            self.restore_position();
        }
    }

    /// Shows where a row that is held by the keys would land, and brings the place into view.
    pub(super) fn draw_line_at(&self, to: usize) {
        let Some(held) = self.lifted_untracked() else { return };
        let rows = self.measure(scrolled());
        self.set_line(slots::line(&rows, held.from, to));
        let key = self.items.run(()).into_iter().nth(to).map(|item| item.key);
        if let Some(row) = key.and_then(|key| browser::element(&self.selector(&key))) {
            browser::scroll_into_view_if_needed(&row);
        }
    }

    pub(super) fn lifted_untracked(&self) -> Option<Lifted> {
        self.lifted.get_untracked()
    }

    pub(super) fn locked_untracked(&self) -> Option<String> {
        self.locked.get_untracked()
    }

    fn lift_dragged(&self) {
        let Some(key) = self.drag.with_value(|drag| drag.as_ref().map(|drag| drag.key.clone())) else {
            return;
        };
        let rows = self.measure(scrolled());
        self.drag.update_value(|drag| {
            if let Some(drag) = drag {
                drag.rows = rows;
            }
        });
        if self.pick_up(&key, DragInput::Pointer).is_some() {
            self.keep_scrolling();
        }
    }

    /// Once per event, and once per frame while the page scrolls.
    fn follow_pointer(&self) {
        let Some(held) = self.lifted_untracked() else { return };
        let Some((by, to, line)) = self.drag.with_value(|drag| {
            let drag = drag.as_ref()?;
            let by = drag.at - drag.pressed_at + scrolled() - drag.scrolled;
            let to = slots::target(&drag.rows, held.from, by);
            Some((by, to, slots::line(&drag.rows, held.from, to)))
        }) else {
            return;
        };
        if let Some(card) = self.card(&held.key) {
            let _ = card.style().set_property("transform", &format!("translateY({by}px)"));
        }
        if to != held.to || by.abs() <= THRESHOLD * 2.0 {
            self.set_target(to);
            self.set_line(line);
        }
    }

    /// A pointer that rests near an edge fires no events, so animation frames scroll the page.
    fn keep_scrolling(&self) {
        let sorting = *self;
        request_animation_frame(move || {
            let Some(step) = sorting.drag.try_with_value(|drag| {
                drag.as_ref()
                    .filter(|drag| !drag.rows.is_empty())
                    .map(|drag| slots::scroll_step(drag.at, window_height()))
            }) else {
                return;
            };
            let Some(step) = step else { return };
            if step != 0.0 {
                window().scroll_by_with_x_and_y(0.0, step);
                sorting.follow_pointer();
            }
            sorting.keep_scrolling();
        });
    }

    fn end_drag(&self) -> Option<Drag> {
        let drag = self.drag.with_value(Clone::clone)?;
        self.drag.set_value(None);
        if let Some(card) = self.card(&drag.key) {
            let _ = card.style().remove_property("transform");
        }
        Some(drag)
    }

    /// The part of the row that follows the pointer; the rest stays and keeps the gap open.
    fn card(&self, key: &str) -> Option<HtmlElement> {
        browser::element(&format!("{} > [data-sort-card]", self.selector(key)))?
            .dyn_into()
            .ok()
    }

    fn measure(&self, scrolled: f64) -> Vec<Extent> {
        let extent = |row: Element| {
            let place = row.get_bounding_client_rect();
            Extent {
                top: place.top() + scrolled,
                height: place.height(),
            }
        };
        self.items
            .run(())
            .iter()
            .filter_map(|item| browser::element(&self.selector(&item.key)).map(extent))
            .collect()
    }

    fn set_line(&self, top: f64) {
        let Some(line) =
            browser::element(&format!("[id='{}line']", self.row)).and_then(|line| line.dyn_into::<HtmlElement>().ok())
        else {
            return;
        };
        let around = line
            .parent_element()
            .map_or(0.0, |list| list.get_bounding_client_rect().top() + scrolled());
        let _ = line
            .style()
            .set_property("inset-block-start", &format!("{}px", top - around));
    }
}

fn scrolled() -> f64 {
    window().scroll_y().unwrap_or_default()
}

fn window_height() -> f64 {
    window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or_default()
}
