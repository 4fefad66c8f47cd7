//! The default reply, edited in place: the text is the button, Esc restores, Ctrl/Cmd+Enter saves, no typed word is lost.

mod editor;
mod frequency;
mod state;

use domain::rules::Response;
use domain::views::{AccountPage, PromptCheck};
use leptos::prelude::*;

use crate::components::{ByteCounter, Icon, rules_history};
use crate::forms::SavedMark;
use crate::pages::prompt_status::PromptStatus;
use crate::viewer::may_edit;
use editor::Editor;
use frequency::frequency;
use state::EditorState;

/// The card.
#[component]
pub fn DefaultReply(
    data: RwSignal<AccountPage>,
    /// Whether there is an AI to write replies.
    ai_available: bool,
    /// The check of its prompt, if it has one.
    prompt: Signal<Option<PromptCheck>>,
) -> impl IntoView {
    let editor = EditorState::new(data, ai_available);
    editor.restore_draft();
    let history = rules_history(data.with_untracked(|page| page.card.brief.id));
    view! {
        <section class="card stack stack--2" aria-labelledby="default-title" id="default">
            <div class="cluster cluster--between">
                <h2 class="card__title" id="default-title">"Default reply"</h2>
                <span class="cluster cluster--tight">
                    <Kind data />
                    <SavedMark saved=editor.just_saved />
                    <a class="small" href=history>"History"</a>
                </span>
            </div>
            <p class="muted small">{move || data.with(|page| sent_when(page.card.rules, page.card.rules_on))}</p>
            {move || prompt.get().map(|check| view! { <PromptStatus account=data.with_untracked(|page| page.card.brief.id) check /> })}
            {move || if editor.is_open() { view! { <Editor editor /> }.into_any() } else { closed(data, editor) }}
            {frequency(data)}
        </section>
    }
    .into_any()
}

/// Rules that are off match nothing.
fn sent_when(rules: u32, on: u32) -> String {
    match (rules, on) {
        (0, _) => "Sent to everyone: there are no rules yet.".into(),
        (_, 0) => "Sent to everyone: all rules are off.".into(),
        (1, _) => "Sent when the one rule does not match.".into(),
        (_, 1) => "Sent when the one rule that is on does not match.".into(),
        (rules, on) if rules == on => format!("Sent when none of the {rules} rules matches."),
        (_, on) => format!("Sent when none of the {on} rules that are on matches."),
    }
}

#[component]
fn Kind(data: RwSignal<AccountPage>) -> impl IntoView {
    move || {
        let canned = data.with(|page| matches!(page.default_reply, Response::Canned(_)));
        let (icon, word) = if canned { ("text", "Canned") } else { ("ai", "AI") };
        view! {
            <span class="tag">
                <Icon name=icon />
                {word}
            </span>
        }
    }
}

/// The saved text, which opens the editor.
fn closed(data: RwSignal<AccountPage>, editor: EditorState) -> AnyView {
    let text = Signal::derive(move || data.with(|page| page.default_reply.text().to_owned()));
    let canned = move || data.with(|page| matches!(page.default_reply, Response::Canned(_)));
    if !may_edit() {
        return view! { <p class="inline-edit inline-edit--locked" dir="auto" translate="no">{move || text.get()}</p> }
            .into_any();
    }
    let open = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        editor.open();
    };
    view! {
        <a class="inline-edit" href="?edit=default#default" id="default-open" dir="auto" translate="no" aria-describedby="default-hint" on:click=open>
            // A direction of its own: the link takes that of the text alone.
            <span class="visually-hidden" dir="ltr">"Edit the default reply: "</span>
            {move || text.get()}
        </a>
        <div class="field__foot">
            <p class="field__hint" id="default-hint">
                <span class="kbd-hint">"Click or press " <kbd translate="no">"Enter"</kbd> " to edit."</span>
            </p>
            {move || canned().then(|| view! { <ByteCounter text /> })}
        </div>
    }
    .into_any()
}
