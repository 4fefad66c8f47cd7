//! Import of a file: previewed first, then imported as a whole or not at all. The text stays whatever fails.

use leptos::prelude::*;

use super::preview::{ConfirmButtons, PreviewState};
use crate::browser;
use crate::components::{Banner, Icon};
use crate::endpoints;
use crate::error::AppError;
use crate::forms::{FormState, PlainForm, RestoredForm, textarea_text};
use domain::limits::FieldError;
use domain::views::Tone;

/// The card.
#[component]
pub(super) fn Import(account: String) -> impl IntoView {
    let restored = RestoredForm::expect();
    let redraw = Trigger::new();
    // The preview came with the flash, not by the address: a link without a query does not dismiss it.
    let dismiss = Callback::new(move |()| {
        restored.dismiss();
        redraw.notify();
        browser::focus("#import-title");
    });
    view! {
        <section class="card stack" aria-labelledby="import-title">
            {move || {
                redraw.track();
                content(account.clone(), dismiss)
            }}
        </section>
    }
    .into_any()
}

fn content(account: String, dismiss: Callback<()>) -> AnyView {
    let state = FormState::for_subject("import", endpoints::IMPORT_RULES, &[("account", &account)]);
    let preview_state = PreviewState::new(state, None);
    let changes = preview_state.has_changes();
    let shown = preview_state.view(state);
    let has_preview = shown.is_some();
    if has_preview {
        Effect::new(move |_| browser::focus("#import-title"));
    }
    view! {
        <h2 class="card__title" id="import-title" tabindex="-1">
            {if has_preview { "Import this file?" } else { "Import" }}
        </h2>
        <PlainForm state label="Import" class="stack">
            <input type="hidden" name="account" value=account />
            {shown}
            {(!has_preview).then(|| view! { <Problems state /> })}
            <FileText state locked=has_preview />
            {if has_preview {
                view! { <ConfirmButtons label="Import" icon="in" changes dismiss /> }.into_any()
            } else {
                view! {
                    <div class="form-foot">
                        <button class="btn btn--primary" type="submit">
                            <Icon name="eye" />
                            "See what changes"
                        </button>
                    </div>
                }
                    .into_any()
            }}
        </PlainForm>
    }
    .into_any()
}

/// The text, chosen as a file or pasted. After the preview it is read-only.
#[component]
fn FileText(state: FormState, locked: bool) -> impl IntoView {
    let id = state.part("file");
    let (error, hint) = (format!("{id}-error"), format!("{id}-hint"));
    let text = state.field("file", "");
    let invalid = state
        .error()
        .with_untracked(|error| !problems(error.as_ref()).is_empty());
    view! {
        {(!locked).then(|| view! { <Chooser text /> })}
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"Text of the file"</label>
            <textarea
                class="textarea textarea--tall mono"
                id=id
                name="file"
                rows="8"
                spellcheck="false"
                autocomplete="off"
                readonly=locked
                prop:value=move || text.get()
                aria-invalid=invalid.then_some("true")
                aria-describedby=format!("{error} {hint}")
                on:input=move |event| text.set(event_target_value(&event))
            >
                {textarea_text(&text.read_untracked())}
            </textarea>
            <p class="field__hint" id=hint>"It replaces the rules and the default reply. Rules of the same name keep their counts."</p>
        </div>
    }
    .into_any()
}

/// Reads a file into the text area; without WebAssembly the text is pasted.
#[component]
fn Chooser(text: RwSignal<String>) -> impl IntoView {
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    let read = move |event: web_sys::Event| {
        browser::read_chosen_file(&event, move |content| {
            let _ = text.try_set(content);
        });
    };
    view! {
        <div class="field" hidden=move || !hydrated.get()>
            <label class="field__label" for="import-choose">"File"</label>
            <input class="input" type="file" id="import-choose" name="chosen" accept=".json,application/json" on:change=read />
        </div>
    }
    .into_any()
}

/// Everything that is wrong with the file, each with its place.
#[component]
fn Problems(state: FormState) -> impl IntoView {
    let error = state.error().get_untracked()?;
    let problems = problems(Some(&error));
    let id = format!("{}-error", state.part("file"));
    if problems.is_empty() {
        return Some(view! { <Banner tone=Tone::Bad alert=true text=error.to_string() /> }.into_any());
    }
    let title = match problems.len() {
        1 => "Nothing was imported. One thing has to be put right:".to_owned(),
        many => format!("Nothing was imported. {many} things have to be put right:"),
    };
    let line = |problem: FieldError| {
        let place =
            (problem.field != "file").then(|| view! { <code translate="no" class="mono">{problem.field}</code> " " });
        view! { <li>{place} <span dir="auto">{problem.message}</span></li> }
    };
    Some(
        view! {
            <div class="banner banner--bad" role="alert" id=id>
                <Icon name="bad" />
                <div>
                    <p class="banner__title">{title}</p>
                    <ul class="stack stack--1">{problems.into_iter().map(line).collect_view()}</ul>
                </div>
            </div>
        }
        .into_any(),
    )
}

fn problems(error: Option<&AppError>) -> Vec<FieldError> {
    match error {
        Some(AppError::Invalid { fields }) => fields.clone(),
        _ => Vec::new(),
    }
}
