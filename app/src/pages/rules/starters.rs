//! No rules yet: three that most shops need, or a blank one. Nothing is used before its text was seen.

use domain::rules::{STARTERS, Starter};
use leptos::prelude::*;

use super::state::{NEW, RulesState};
use crate::browser;
use crate::components::Icon;
use crate::viewer::may_edit;

/// The starter that the address asks for.
pub(super) fn starter(key: &str) -> Option<Starter> {
    Starter::named(key)
}

/// Which starter the editor of a new rule begins with.
#[derive(Clone, Copy)]
pub(super) struct ChosenStarter(pub(super) RwSignal<Option<Starter>>);

/// The empty state.
#[component]
pub fn Starters(rules: RulesState) -> impl IntoView {
    let open = move |_| {
        rules.open_editor(NEW);
        browser::focus_end("#rule-form-new input[name='label']");
    };
    view! {
        <section class="card empty">
            <h2 class="empty__title">"No rules yet: everyone gets the default reply"</h2>
            <p class="empty__text">"Start with one that most shops need. You can change every word before it is used."</p>
            {may_edit()
                .then(|| {
                    view! {
                        <ul class="stack stack--2 measure" aria-label="Starter rules">
                            {STARTERS.map(|starter| choice(rules, starter)).collect_view()}
                        </ul>
                        <a
                            class="btn"
                            href="?edit=new#rule-new"
                            on:click=move |event| {
                                event.prevent_default();
                                open(());
                            }
                        >
                            <Icon name="plus" />
                            "Blank rule"
                        </a>
                    }
                })}
        </section>
    }
    .into_any()
}

fn choice(rules: RulesState, starter: Starter) -> AnyView {
    let chosen = use_context::<ChosenStarter>();
    let use_it = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        if let Some(chosen) = chosen {
            chosen.0.set(Some(starter));
        }
        rules.open_editor(NEW);
        browser::focus_end("#rule-form-new textarea[name='canned']");
    };
    view! {
        <li class="choice">
            <Icon name=if starter.leave_to_person { "person" } else { "text" } />
            <span class="choice__body">
                <strong>{starter.label}</strong>
                <br />
                <span class="muted small">"Keywords: "{starter.keywords}</span>
            </span>
            <a
                class="btn btn--sm"
                href=format!("?edit=new&starter={}#rule-new", starter.key)
                aria-label=format!("Use this: {}", starter.label)
                on:click=use_it
            >
                "Use this"
            </a>
        </li>
    }
    .into_any()
}
