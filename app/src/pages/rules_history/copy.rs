//! The rules of this account for another one of the workspace.

use domain::views::{AccountBrief, ConfigPreview};
use leptos::prelude::*;

use super::preview::{ConfirmButtons, PreviewState};
use crate::browser;
use crate::components::Icon;
use crate::endpoints;
use crate::forms::{FormState, PlainForm};

/// The card.
#[component]
pub(super) fn Copy(
    /// Whose rules.
    from: String,
    others: Vec<AccountBrief>,
    /// The account to copy to, and what would change there.
    chosen: Option<(String, ConfigPreview)>,
) -> impl IntoView {
    let content = match chosen {
        Some((to, preview)) => confirm(from, to, preview, &others),
        None => choose(others),
    };
    view! {
        <section class="card stack" aria-labelledby="copy-title" id="copy-to">
            <h2 class="card__title" id="copy-title" tabindex="-1">"Copy to another account"</h2>
            {content}
        </section>
    }
    .into_any()
}

fn choose(others: Vec<AccountBrief>) -> AnyView {
    if others.is_empty() {
        return view! { <p class="muted small">"There is no other account in this workspace yet."</p> }.into_any();
    }
    let options = others.into_iter().map(|other| {
        view! { <option value=other.id.to_string()>{format!("@{}", other.username)}</option> }
    });
    view! {
        <form class="stack stack--3" method="get" action="#copy-to" aria-label="Copy to another account">
            <div class="field">
                <label class="field__label" for="copy-account">"Account"</label>
                <select class="select" id="copy-account" name="to">{options.collect_view()}</select>
                <p class="field__hint">"The account chosen here gets a copy of this account’s rules and default reply, in place of its own."</p>
            </div>
            <div class="form-foot">
                <button class="btn" type="submit">
                    <Icon name="eye" />
                    "See what changes there"
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn confirm(from: String, to: String, preview: ConfigPreview, others: &[AccountBrief]) -> AnyView {
    let state = FormState::for_subject("copy", endpoints::COPY_RULES, &[("from", &from), ("account", &to)]);
    let preview_state = PreviewState::new(state, Some(preview));
    let changes = preview_state.has_changes();
    let target = others.iter().find(|other| other.id.to_string() == to);
    let target = target.map_or_else(String::new, |other| format!("@{}", other.username));
    Effect::new(move |_| browser::focus("#copy-title"));
    view! {
        <p>"This would change at " <bdi translate="no" class="strong">{target}</bdi> ":"</p>
        <PlainForm state label="Copy" class="stack">
            <input type="hidden" name="from" value=from />
            <input type="hidden" name="account" value=to />
            {preview_state.view(state)}
            <ConfirmButtons label="Copy" icon="copy" changes />
        </PlainForm>
    }
    .into_any()
}
