//! The open editor.

use domain::views::DefaultReplyConflict;
use leptos::prelude::*;

use super::state::Editing;
use crate::forms::{
    BothTexts, EditorFoot, FormError, Hidden, KeptDraft, Outcome, PostForm, ReplyKind, ReplyText, editor_keys,
};
use crate::pages::AI_OFF;

/// A form where the text was.
#[component]
pub fn Editor(editing: Editing) -> impl IntoView {
    let (form, reply) = (editing.form, editing.reply);
    let cancel = Callback::new(move |()| editing.cancel());
    let changed = Callback::new(move |()| editing.keep());
    let off = (!editing.ai_available).then_some(AI_OFF);
    view! {
        <div on:keydown=editor_keys(form, cancel)>
            <PostForm
                state=form
                label="Edit the default reply"
                class="stack"
                check=Callback::new(move |()| reply.check())
                on_send=Callback::new(move |()| editing.remember_sent())
                on_done=Callback::new(move |outcome: Outcome| editing.settle(&outcome))
            >
                {move || editing.conflict.get().map(|conflict| both_texts(editing, conflict))}
                {move || editing.draft.get().map(|when| view! { <KeptDraft when discard=cancel /> })}
                <FormError state=form fields=&["canned", "prompt"] />
                <input type="hidden" name="account" value=editing.account() />
                <Hidden name="version" value=Signal::derive(move || editing.version.get().to_string()) />
                <ReplyKind reply changed off />
                <ReplyText reply changed />
                <EditorFoot form cancel save="Save" />
            </PostForm>
        </div>
    }
    .into_any()
}

fn both_texts(editing: Editing, conflict: DefaultReplyConflict) -> AnyView {
    let theirs = format!("says: “{}”", conflict.theirs.text());
    let take_theirs = Callback::new(move |()| editing.use_theirs());
    view! { <BothTexts what="this reply" by=conflict.changed_by at=conflict.changed_at theirs take_theirs /> }
        .into_any()
}
