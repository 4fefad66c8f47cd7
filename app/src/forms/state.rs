//! One form: its name, whether it is being sent, what went wrong, and what was typed before a redirect.

use std::time::Duration;

use domain::limits::FieldError;
use leptos::prelude::*;

use super::RestoredForm;
use crate::browser;
use crate::error::AppError;
use crate::flash::Flash;

/// From here on a wait needs a word.
const SLOW_AFTER: Duration = Duration::from_secs(8);

/// What became of a form that was sent in the background: the JSON of the server function, or its error.
pub type Outcome = Result<String, AppError>;

/// One form of a page. Cheap to copy.
#[derive(Clone, Copy)]
pub struct FormState {
    id: StoredValue<String>,
    action: &'static str,
    flash: StoredValue<Option<Flash>>,
    pre_hydration: StoredValue<bool>,
    pending: RwSignal<bool>,
    slow: RwSignal<bool>,
    sendings: StoredValue<u32>,
    error: RwSignal<Option<AppError>>,
}

impl FormState {
    /// The form whose element has the id `id`, posting to `action` of [`crate::endpoints`].
    #[must_use]
    pub fn new(id: impl Into<String>, action: &'static str) -> Self {
        Self::for_subject(id, action, &[])
    }

    /// The same, restored only while these fields have the values they had when the form failed: a preview is of one subject.
    #[must_use]
    pub fn for_subject(id: impl Into<String>, action: &'static str, fields: &[(&str, &str)]) -> Self {
        let id = id.into();
        let flash = RestoredForm::expect().failure_of(&id, fields);
        Self {
            id: StoredValue::new(id),
            action,
            pending: RwSignal::new(false),
            slow: RwSignal::new(false),
            sendings: StoredValue::new(0),
            error: RwSignal::new(flash.as_ref().map(|flash| flash.error.clone())),
            flash: StoredValue::new(flash),
            pre_hydration: StoredValue::new(false),
        }
    }

    /// The id of its element.
    #[must_use]
    pub fn id(&self) -> String {
        self.id.get_value()
    }

    /// An id for a part of it: unique on the page.
    #[must_use]
    pub fn part(&self, name: &str) -> String {
        self.id.with_value(|id| format!("{id}-{name}"))
    }

    /// Where it is posted.
    #[must_use]
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// It is on its way.
    #[must_use]
    pub fn pending(&self) -> RwSignal<bool> {
        self.pending
    }

    /// It is on its way for longer than anybody expects.
    #[must_use]
    pub fn slow(&self) -> RwSignal<bool> {
        self.slow
    }

    /// It is sent. `tell` runs when it takes long.
    pub fn begin_sending(self, tell: impl FnOnce() + 'static) {
        self.pending.set(true);
        self.sendings.update_value(|count| *count = count.wrapping_add(1));
        let this_one = self.sendings.get_value();
        set_timeout(
            move || {
                let is_this_one = self.sendings.try_get_value() == Some(this_one);
                if is_this_one && self.pending.try_get_untracked() == Some(true) {
                    self.slow.set(true);
                    tell();
                }
            },
            SLOW_AFTER,
        );
    }

    /// The answer came, or none will. `false` when the page shows the form no more.
    pub fn end_sending(&self) -> bool {
        let _ = self.slow.try_set(false);
        self.pending.try_set(false).is_none()
    }

    /// Whether the page still shows it. A field that is taken away while it has the focus is blurred after its state is gone.
    #[must_use]
    pub fn is_mounted(&self) -> bool {
        self.pending.try_get_untracked().is_some()
    }

    /// What went wrong, last time.
    #[must_use]
    pub fn error(&self) -> RwSignal<Option<AppError>> {
        self.error
    }

    /// The error of the field `name`.
    #[must_use]
    pub fn field_error(&self, name: &str) -> Option<String> {
        self.error
            .with(|error| error.as_ref().and_then(|error| error.field(name).map(str::to_owned)))
    }

    /// Sets or clears the error of `name`; errors of other fields stay.
    pub fn set_field_error(&self, name: &str, message: Option<String>) {
        let before = self.error.get_untracked();
        let mut fields = match before.clone() {
            Some(AppError::Invalid { fields }) => fields,
            None => Vec::new(),
            Some(_) if message.is_none() => return,
            Some(_) => Vec::new(),
        };
        fields.retain(|error| error.field != name);
        fields.extend(message.map(|message| FieldError {
            field: name.to_owned(),
            message,
        }));
        let after = (!fields.is_empty()).then_some(AppError::Invalid { fields });
        if after != before {
            self.error.set(after);
        }
    }

    /// Whether a redirect restored it with an error.
    #[must_use]
    pub fn was_restored(&self) -> bool {
        self.flash.with_value(Option::is_some)
    }

    /// What was typed into `name` before the redirect, else `saved`.
    #[must_use]
    pub fn typed(&self, name: &str, saved: &str) -> String {
        self.flash.with_value(|flash| {
            let typed = flash.as_ref().and_then(|flash| flash.value(name));
            typed.unwrap_or(saved).to_owned()
        })
    }

    /// What was in the fields called `name` before the redirect.
    #[must_use]
    pub fn typed_list(&self, name: &str) -> Vec<String> {
        self.flash.with_value(|flash| {
            let values = flash.iter().flat_map(|flash| flash.values(name));
            values.map(str::to_owned).collect()
        })
    }

    /// A signal of the field `name`: at first what was typed before a redirect, else `saved`. What was typed before hydration follows after
    /// it: until then the page has to equal what the server rendered.
    #[must_use]
    pub fn field(&self, name: &str, saved: &str) -> RwSignal<String> {
        let text = RwSignal::new(self.typed(name, saved));
        self.on_pre_hydration(name, move |typed| text.set(typed));
        text
    }

    /// Passes on what was typed into the field `name` before hydration, after hydration.
    pub fn on_pre_hydration(&self, name: &str, take: impl Fn(String) + 'static) {
        if let Some(typed) = browser::typed_before_hydration(&self.part(name)) {
            self.pre_hydration.set_value(true);
            Effect::new(move |_| take(typed.clone()));
        }
    }

    /// Whether something was typed before hydration.
    #[must_use]
    pub fn has_pre_hydration_input(&self) -> bool {
        self.pre_hydration.get_value()
    }
}
