//! Saved examples: which rule answers each now, and which answers the last change altered.

use domain::simulate::{Altered, Comparison};
use domain::views::ExampleRow;
use leptos::prelude::*;

use super::SimulatorState;
use crate::components::Icon;
use crate::endpoints;
use crate::forms::{FormState, PostForm};
use crate::viewer::may_edit;

/// The last change's effect, and the list.
#[component]
pub(super) fn Examples(simulator: SimulatorState) -> impl IntoView {
    let rows = Memo::new(move |_| {
        simulator
            .simulator_data
            .with(|simulator_data| simulator_data.examples.clone())
    });
    view! {
        <div class="stack stack--2" id="examples">
            {move || simulator.effect_as_known().and_then(effect_on_examples)}
            {move || {
                let rows = rows.get();
                (!rows.is_empty()).then(|| list(simulator, rows))
            }}
        </div>
    }
    .into_any()
}

/// "This change alters 2 of 14 examples.", with before and after.
pub(in crate::pages) fn effect_on_examples(comparison: Comparison) -> Option<AnyView> {
    let sentence = comparison.sentence()?;
    let altered = comparison.altered;
    let class = if altered.is_empty() { "note" } else { "note note--warn" };
    Some(
        view! {
            <div role="status" class="stack stack--2">
                <p class=class>
                    <Icon name=if altered.is_empty() { "check" } else { "warn" } />
                    {sentence}
                </p>
                {(!altered.is_empty()).then(|| view! { <ul class="trace">{altered.into_iter().map(change).collect_view()}</ul> })}
            </div>
        }
        .into_any(),
    )
}

fn change(altered: Altered) -> AnyView {
    let answers = format!("{} → {}", altered.before.who(), altered.after.who());
    view! {
        <li class="is-stop">
            <Icon name="sync" />
            <strong dir="auto" translate="no">{excerpt(&altered.message.text)}</strong>
            <span dir="auto">{answers}</span>
        </li>
    }
    .into_any()
}

fn list(simulator: SimulatorState, rows: Vec<ExampleRow>) -> AnyView {
    let title = if rows.len() == 1 {
        "1 saved example".to_owned()
    } else {
        format!("{} saved examples", rows.len())
    };
    view! {
        <details class="more">
            <summary>
                <Icon name="right" />
                {title}
            </summary>
            <ul class="trace">{rows.into_iter().map(|row| example(simulator, row)).collect_view()}</ul>
        </details>
    }
    .into_any()
}

fn example(simulator: SimulatorState, row: ExampleRow) -> AnyView {
    let text = excerpt(&row.message.text);
    let message = row.message.clone();
    let who = {
        let row = row.clone();
        move || simulator.who_answers(&row)
    };
    let state = FormState::new(format!("delete-example-{}", row.id), endpoints::DELETE_EXAMPLE);
    view! {
        <li class="trace__row">
            <Icon name="bookmark" />
            <button class="link-btn" type="button" dir="auto" translate="no" on:click=move |_| simulator.load_example(message.clone())>
                {text.clone()}
            </button>
            <span dir="auto">{who}</span>
            {may_edit()
                .then(|| {
                    view! {
                        <PostForm state>
                            <input type="hidden" name="account" value=simulator.account.to_string() />
                            <input type="hidden" name="example" value=row.id.to_string() />
                            <button class="icon-btn" type="submit" aria-label=format!("Delete the example “{text}”")>
                                <Icon name="x" />
                            </button>
                        </PostForm>
                    }
                })}
        </li>
    }
    .into_any()
}

fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        _ if text.trim().is_empty() => "An image".to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
