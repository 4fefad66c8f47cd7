//! What is being typed into the default reply, and what of it is kept where.

use domain::limits::check_canned;
use domain::rules::Response;
use domain::views::{AccountPage, DefaultReplyConflict};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::browser::{self, Unsaved};
use crate::components::{Announcer, Reload};
use crate::error::AppError;
use crate::forms::{FormState, Outcome};

/// The editor's state. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    data: RwSignal<AccountPage>,
    /// The form that saves.
    pub(super) form: FormState,
    /// What is typed.
    pub(super) text: RwSignal<String>,
    /// Of which version it is a change.
    pub(super) version: RwSignal<i64>,
    /// When the kept draft was written.
    pub(super) draft: RwSignal<Option<String>>,
    /// What somebody else saved meanwhile.
    pub(super) conflict: RwSignal<Option<DefaultReplyConflict>>,
    open: RwSignal<bool>,
    key: StoredValue<String>,
    unsaved: Unsaved,
    announcer: Announcer,
    reload: Reload,
}

impl Editing {
    /// Closed, unless the address asks for it or the form came back with an error.
    pub(super) fn new(data: RwSignal<AccountPage>) -> Self {
        let form = FormState::new("default-reply", "/api/accounts/default-reply");
        let asked = use_query_map().with_untracked(|query| query.get("edit").is_some_and(|it| it == "default"));
        let (account, text, version) = data.with_untracked(|page| {
            (
                page.card.brief.id,
                page.default_reply.text().to_owned(),
                page.default_version,
            )
        });
        let conflict = form
            .error()
            .with_untracked(|error| error.as_ref().and_then(conflict_of));
        let version = conflict.as_ref().map_or(version, |conflict| conflict.current_version);
        Self {
            data,
            form,
            text: RwSignal::new(form.typed("canned", &text)),
            version: RwSignal::new(version),
            draft: RwSignal::new(None),
            conflict: RwSignal::new(conflict),
            open: RwSignal::new(asked || form.came_back()),
            key: StoredValue::new(browser::draft_key(&format!("{account}:default"))),
            unsaved: use_context().unwrap_or_default(),
            announcer: Announcer::expect(),
            reload: Reload::expect(),
        }
    }

    pub(super) fn account(&self) -> String {
        self.data.with_untracked(|page| page.card.brief.id.to_string())
    }

    pub(super) fn saved(&self) -> Signal<String> {
        let data = self.data;
        Signal::derive(move || data.with(|page| page.default_reply.text().to_owned()))
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.get()
    }

    pub(super) fn open(&self) {
        self.start_anew();
        self.open.set(true);
        browser::focus_end("#default-reply textarea");
    }

    /// Opens with the text that was kept before a reload.
    pub(super) fn find_draft(self) {
        on_cleanup(move || self.unsaved.set("default", false));
        Effect::new(move |_| {
            let Some(draft) = self.key.with_value(|key| browser::kept_draft(key)) else {
                return;
            };
            if draft.text == self.saved().get_untracked() {
                return self.key.with_value(|key| browser::forget_draft(key));
            }
            self.text.set(draft.text);
            self.version.set(draft.version);
            self.draft.set(Some(draft.when));
            self.open.set(true);
            self.unsaved.set("default", true);
        });
    }

    /// A key stroke.
    pub(super) fn type_in(&self, text: String) {
        let dirty = text != self.saved().get_untracked();
        self.unsaved.set("default", dirty);
        self.key.with_value(|key| {
            if dirty {
                browser::keep_draft(key, self.version.get_untracked(), &text);
            } else {
                browser::forget_draft(key);
            }
        });
        self.text.set(text);
        if self.form.field_error("canned").is_some() {
            self.check();
        }
    }

    /// Says beside the field what is wrong with the text.
    pub(super) fn check(&self) -> bool {
        let wrong = self.text.with_untracked(|text| check_canned(text).err());
        let fine = wrong.is_none();
        self.form
            .set_field_error("canned", wrong.map(|error| error.to_string()));
        fine
    }

    /// Esc: the saved text comes back.
    pub(super) fn cancel(&self) {
        self.start_anew();
        self.close();
    }

    pub(super) fn use_theirs(&self) {
        if let Some(conflict) = self.conflict.get_untracked() {
            self.type_in(conflict.theirs.text().to_owned());
            self.version.set(conflict.current_version);
        }
        self.conflict.set(None);
        self.form.error().set(None);
        browser::focus_end("#default-reply textarea");
    }

    /// The answer to a save.
    pub(super) fn settle(&self, outcome: &Outcome) {
        match outcome {
            Ok(json) => {
                let text = self.text.get_untracked();
                let version = serde_json::from_str::<i64>(json);
                self.data.update(|page| {
                    page.default_reply = Response::Canned(text);
                    page.default_version = version.unwrap_or(page.default_version);
                });
                self.announcer.say("The default reply is saved.");
                self.forget();
                self.conflict.set(None);
                self.close();
            }
            Err(error) => {
                if let Some(conflict) = conflict_of(error) {
                    self.version.set(conflict.current_version);
                    self.conflict.set(Some(conflict));
                    self.reload.now();
                }
            }
        }
    }

    fn start_anew(&self) {
        self.text.set(self.saved().get_untracked());
        self.version.set(self.data.with_untracked(|page| page.default_version));
        self.form.error().set(None);
        self.conflict.set(None);
        self.forget();
    }

    fn forget(&self) {
        self.key.with_value(|key| browser::forget_draft(key));
        self.unsaved.set("default", false);
        self.draft.set(None);
    }

    fn close(&self) {
        self.open.set(false);
        browser::focus("#default-open");
    }
}

fn conflict_of(error: &AppError) -> Option<DefaultReplyConflict> {
    match error {
        AppError::Conflict {
            current: Some(current), ..
        } => serde_json::from_str(current).ok(),
        _ => None,
    }
}
