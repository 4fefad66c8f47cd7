//! The open editor.

use domain::views::DefaultReplyConflict;
use leptos::prelude::*;

use super::state::EditorState;
use crate::forms::rule_fields::{CANNED, PROMPT};
use crate::forms::{
    ConflictBanner, DraftBanner, EditorActions, FormError, Hidden, Outcome, PostForm, PutAwayBanner, ReplyKind,
    ReplyText, editor_keys,
};
use crate::pages::AI_OFF;

/// A form where the text was.
#[component]
pub fn Editor(editor: EditorState) -> impl IntoView {
    let (form, reply) = (editor.form, editor.reply);
    let cancel = Callback::new(move |()| editor.cancel());
    let changed = Callback::new(move |()| editor.save_draft());
    let disabled_reason = (!editor.ai_available).then_some(AI_OFF);
    view! {
        <div on:keydown=editor_keys(form, cancel)>
            <PostForm
                state=form
                label="Edit the default reply"
                class="stack"
                check=Callback::new(move |()| reply.check())
                on_send=Callback::new(move |()| editor.remember_sent())
                on_done=Callback::new(move |outcome: Outcome| editor.handle_answer(&outcome))
            >
                {move || editor.conflict.get().map(|conflict| conflict_banner(editor, conflict))}
                {move || editor.draft.get().map(|when| view! { <DraftBanner when discard=Callback::new(move |()| editor.discard()) /> })}
                {move || editor.put_away.offered().map(|draft| put_away_banner(editor, draft.when))}
                <FormError state=form fields=&[CANNED, PROMPT] />
                <input type="hidden" name="account" value=editor.account() />
                <Hidden name="version" value=Signal::derive(move || editor.version.get().to_string()) />
                <ReplyKind reply changed disabled_reason />
                <ReplyText reply changed />
                <p class="field__hint">
                    "It cannot be left empty: whoever no rule answers gets it. Where people should answer instead, say so here, like “Somebody of us writes to you soon.” "
                    "To send nothing at all, switch Auto-reply off."
                </p>
                <EditorActions form cancel save="Save" />
            </PostForm>
        </div>
    }
    .into_any()
}

fn put_away_banner(editor: EditorState, when: String) -> AnyView {
    let take_up = Callback::new(move |()| editor.take_up());
    let discard = Callback::new(move |()| editor.discard_put_away());
    view! { <PutAwayBanner what="this reply" when take_up discard /> }.into_any()
}

fn conflict_banner(editor: EditorState, conflict: DefaultReplyConflict) -> AnyView {
    let theirs = format!("says: “{}”", conflict.theirs.text());
    let take_theirs = Callback::new(move |()| editor.use_theirs());
    view! { <ConflictBanner what="this reply" by=conflict.changed_by at=conflict.changed_at theirs take_theirs /> }
        .into_any()
}
