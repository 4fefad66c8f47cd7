//! The list of keys.

use leptos::prelude::*;

use super::Overlays;
use super::dialog::modal;

/// What is pressed, and what it does. Alternatives are separated by `/`.
const KEYS: [(&str, &[(&str, &str)]); 3] = [
    (
        "Everywhere",
        &[
            ("Ctrl K / ⌘ K", "Go to a page, an account or a rule by its name"),
            ("?", "This list"),
            ("Esc", "Closes what is open; what was typed can be taken back by Undo"),
        ],
    ),
    (
        "In a form",
        &[
            ("Ctrl Enter / ⌘ Enter", "Saves"),
            ("Enter", "Adds a keyword"),
            ("Backspace", "In the empty field: takes the last keyword out"),
        ],
    ),
    (
        "In the list of rules",
        &[
            ("Alt ↑ / Alt ↓", "On a rule’s name: moves it by one place"),
            ("Space", "On a handle: lifts the rule and puts it down; ↑ and ↓ move it"),
            ("Home / End", "While it is lifted: first or last place"),
            (
                "Shift click",
                "On a box while selecting: all rules from the last box to this one",
            ),
        ],
    ),
];

/// The dialog.
pub(super) fn keys(overlays: Overlays) -> AnyView {
    let groups = KEYS.map(|(title, keys)| {
        let rows = keys.iter().map(|(keys, what)| {
            view! {
                <div class="keys__row">
                    <dt>{pressed(keys)}</dt>
                    <dd>{*what}</dd>
                </div>
            }
        });
        view! {
            <h3 class="keys__title">{title}</h3>
            <dl class="keys">{rows.collect_view()}</dl>
        }
    });
    let content = view! {
        <div class="dialog__body">
            <h2 class="dialog__title">"Keys"</h2>
            <div>{groups.into_iter().collect_view()}</div>
        </div>
        <form class="dialog__foot" method="dialog" on:submit=move |event| { event.prevent_default(); overlays.close(); }>
            <button class="btn" type="submit" autofocus>"Close"</button>
        </form>
    };
    modal(overlays, "Keys", content.into_any())
}

fn pressed(keys: &'static str) -> AnyView {
    let alternatives = keys.split(" / ").enumerate();
    alternatives
        .map(|(index, keys)| view! { {(index > 0).then_some(" or ")} <kbd translate="no">{keys}</kbd> })
        .collect_view()
        .into_any()
}
