//! The state of the editor of the default reply: what is typed, the draft in the browser, and the answer to a save.

use domain::rules::{Response, ResponseKind};
use domain::views::{AccountPage, DefaultReplyConflict};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::browser::{self, Draft, Unsaved};
use crate::components::{Announcer, Reload, Toasts};
use crate::endpoints;
use crate::error::AppError;
use crate::forms::rule_fields::{CANNED, PROMPT};
use crate::forms::{FormState, Outcome, PutAway, ReplyInput, offer_undo_of_putting_away};
use crate::json;

/// A draft of both kinds of reply: whether the AI writes it, the canned text, the prompt.
type DraftText = (bool, String, String);

/// The editor's state. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct EditorState {
    data: RwSignal<AccountPage>,
    /// The form that saves.
    pub(super) form: FormState,
    /// What is typed.
    pub(super) reply: ReplyInput,
    /// Of which version it is a change.
    pub(super) version: RwSignal<i64>,
    /// When the kept draft was written.
    pub(super) draft: RwSignal<Option<String>>,
    /// What Esc put away earlier, offered until it is taken up or discarded.
    pub(super) put_away: PutAway,
    /// What another person saved meanwhile.
    pub(super) conflict: RwSignal<Option<DefaultReplyConflict>>,
    pub(super) ai_available: bool,
    /// Until it is opened again.
    pub(super) just_saved: RwSignal<bool>,
    open: RwSignal<bool>,
    /// On its way to the server.
    sent: StoredValue<Response>,
    key: StoredValue<String>,
    unsaved: Unsaved,
    announcer: Announcer,
    toasts: Toasts,
    reload: Reload,
}

impl EditorState {
    /// Closed, unless the address opens it or the form was restored with an error.
    pub(super) fn new(data: RwSignal<AccountPage>, ai_available: bool) -> Self {
        let form = FormState::new("default-reply", endpoints::SAVE_DEFAULT_REPLY);
        let asked = use_query_map().with_untracked(|query| query.get("edit").is_some_and(|it| it == "default"));
        let (account, saved, version) =
            data.with_untracked(|page| (page.card.brief.id, page.default_reply.clone(), page.default_version));
        let (canned, prompt) = match &saved {
            Response::Canned(text) => (text.as_str(), ""),
            Response::AiPrompt(prompt) => ("", prompt.as_str()),
        };
        let conflict = form
            .error()
            .with_untracked(|error| error.as_ref().and_then(AppError::current::<DefaultReplyConflict>));
        let version = conflict.as_ref().map_or(version, |conflict| conflict.current_version);
        let key = browser::draft_key(&format!("{account}:default"));
        Self {
            data,
            form,
            reply: ReplyInput::new(form, saved.kind() == ResponseKind::AiPrompt, canned, prompt),
            ai_available,
            version: RwSignal::new(version),
            draft: RwSignal::new(None),
            put_away: PutAway::new(key.clone(), |draft| typed_in(draft).is_some()),
            conflict: RwSignal::new(conflict),
            just_saved: RwSignal::new(false),
            open: RwSignal::new(asked || form.was_restored()),
            sent: StoredValue::new(saved),
            key: StoredValue::new(key),
            unsaved: use_context().unwrap_or_default(),
            announcer: Announcer::expect(),
            toasts: Toasts::expect(),
            reload: Reload::expect(),
        }
    }

    pub(super) fn account(&self) -> String {
        self.data.with_untracked(|page| page.card.brief.id.to_string())
    }

    fn saved(&self) -> Response {
        self.data.with_untracked(|page| page.default_reply.clone())
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.get()
    }

    pub(super) fn open(&self) {
        self.reset();
        self.just_saved.set(false);
        self.open.set(true);
        self.focus_text();
    }

    /// The text of the kind that is chosen; the other one is in the form too, unseen.
    fn focus_text(&self) {
        let name = if self.reply.by_ai.get_untracked() {
            PROMPT
        } else {
            CANNED
        };
        browser::focus_end(format!("#default-reply textarea[name='{name}']"));
    }

    /// Opens with the draft that a reload left behind.
    pub(super) fn restore_draft(self) {
        let keep = Callback::new(move |()| {
            let (version, text) = self.typed();
            self.key.with_value(|key| browser::keep_draft(key, version, &text));
        });
        self.unsaved.keep_by("default", keep);
        on_cleanup(move || self.unsaved.leave("default"));
        Effect::new(move |_| {
            self.put_away.load();
            if !self.load_draft() && self.form.has_pre_hydration_input() {
                self.save_draft();
            }
        });
    }

    /// Opens the editor on the draft; `false` without one.
    fn load_draft(&self) -> bool {
        let Some(draft) = self.key.with_value(|key| browser::load_draft(key)) else {
            return false;
        };
        self.show_draft(draft);
        true
    }

    fn show_draft(&self, draft: Draft) {
        let Some(typed) = typed_in(&draft) else {
            return;
        };
        self.fill(typed);
        if !self.is_dirty() {
            return self.key.with_value(|key| browser::remove_draft(key));
        }
        self.version.set(draft.version);
        self.draft.set(Some(draft.when));
        self.open.set(true);
        self.unsaved.set("default", true);
    }

    fn fill(&self, (by_ai, canned, prompt): DraftText) {
        self.reply.by_ai.set(by_ai);
        self.reply.canned.set(canned);
        self.reply.prompt.set(prompt);
    }

    /// Stores what is typed, after each change.
    pub(super) fn save_draft(&self) {
        let dirty = self.is_dirty();
        self.unsaved.set("default", dirty);
        self.key.with_value(|key| {
            if dirty {
                browser::save_draft(key, self.version.get_untracked(), &self.draft_json());
            } else {
                browser::remove_draft(key);
            }
        });
    }

    fn draft_json(&self) -> String {
        let reply = self.reply;
        let typed: DraftText = (
            reply.by_ai.get_untracked(),
            reply.canned.get_untracked(),
            reply.prompt.get_untracked(),
        );
        serde_json::to_string(&typed).unwrap_or_default()
    }

    /// Esc: restores the saved text; what was typed is put away, from where *Undo* brings it back, and the next opening too.
    pub(super) fn cancel(&self) {
        if self.is_dirty() {
            let (version, text) = self.typed();
            self.put_away.add(version, &text);
            self.offer_undo();
        }
        self.reset();
        self.close();
    }

    /// Forgets the draft that a reload left behind, once *Undo* is no longer offered.
    pub(super) fn discard(&self) {
        if self.is_dirty() {
            self.offer_undo();
        }
        self.reset();
        self.close();
    }

    fn is_dirty(&self) -> bool {
        self.reply.response() != self.saved()
    }

    /// The version that is being changed, and what is typed.
    fn typed(&self) -> (i64, String) {
        (self.version.get_untracked(), self.draft_json())
    }

    fn offer_undo(&self) {
        let (editor, key, (version, typed)) = (*self, self.key.get_value(), self.typed());
        offer_undo_of_putting_away(self.toasts, self.announcer, move || {
            if editor.is_open_again() {
                browser::keep_draft_put_away(&key, version, &typed);
                editor.put_away.load();
                editor.focus_text();
            } else {
                browser::bring_draft_back(&key, version, &typed);
                editor.reopen();
            }
        });
    }

    /// Fills the form with what was put away; what is typed takes its place there.
    pub(super) fn take_up(&self) {
        let typed = self.is_dirty().then(|| self.typed());
        let Some(draft) = self.put_away.take(typed) else {
            return;
        };
        if let Some(typed) = typed_in(&draft) {
            self.fill(typed);
            self.version.set(draft.version);
            self.save_draft();
        }
        self.focus_text();
    }

    /// Forgets what was put away, and leaves the focus in the form.
    pub(super) fn discard_put_away(&self) {
        self.put_away.discard();
        self.focus_text();
    }

    /// Since it was closed; on another page it is not.
    fn is_open_again(&self) -> bool {
        self.open.try_get_untracked() == Some(true)
    }

    /// On another page the draft waits for the reader to come back.
    fn reopen(&self) {
        if self.open.try_get_untracked().is_some() {
            self.load_draft();
            self.put_away.load();
            self.focus_text();
        }
    }

    pub(super) fn use_theirs(&self) {
        if let Some(conflict) = self.conflict.get_untracked() {
            self.version.set(conflict.current_version);
            self.reply.set(conflict.theirs);
            self.save_draft();
        }
        self.conflict.set(None);
        self.form.error().set(None);
        self.focus_text();
    }

    /// Runs when the form is sent: what is typed from now on is not in it.
    pub(super) fn remember_sent(&self) {
        self.sent.set_value(self.reply.response());
    }

    /// The answer to a save.
    pub(super) fn handle_answer(&self, outcome: &Outcome) {
        match outcome {
            Ok(json) => self.handle_saved(json::read(json).ok()),
            Err(error) => {
                if let Some(conflict) = error.current::<DefaultReplyConflict>() {
                    self.version.set(conflict.current_version);
                    self.conflict.set(Some(conflict));
                    self.reload.now();
                }
            }
        }
    }

    fn handle_saved(&self, version: Option<i64>) {
        let sent = self.sent.get_value();
        let typed_since = sent != self.reply.response();
        self.data.update(|page| {
            page.default_reply = sent;
            page.default_version = version.unwrap_or(page.default_version);
        });
        self.conflict.set(None);
        if typed_since {
            self.announcer
                .say("The default reply is saved. What you wrote since then is not saved yet.");
            self.version.set(self.data.with_untracked(|page| page.default_version));
            self.draft.set(None);
            self.save_draft();
        } else {
            self.announcer.say("The default reply is saved.");
            self.discard_draft();
            self.close();
            self.just_saved.set(true);
        }
    }

    fn reset(&self) {
        self.reply.set(self.saved());
        self.version.set(self.data.with_untracked(|page| page.default_version));
        self.form.error().set(None);
        self.conflict.set(None);
        self.discard_draft();
        self.put_away.load();
    }

    fn discard_draft(&self) {
        self.key.with_value(|key| browser::remove_draft(key));
        self.unsaved.set("default", false);
        self.draft.set(None);
    }

    fn close(&self) {
        self.open.set(false);
        browser::focus("#default-open");
    }
}

/// None when another release wrote it.
fn typed_in(draft: &Draft) -> Option<DraftText> {
    json::read(&draft.text).ok()
}
