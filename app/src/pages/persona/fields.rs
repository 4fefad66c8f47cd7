//! A field of the form: one line or many, with its counter and its error.

use domain::limits::MAX_PERSONA_FIELD_CHARS;
use leptos::prelude::*;

use super::state::PersonaState;
use crate::browser;
use crate::forms::{FieldError, textarea_text};

/// One line.
#[component]
pub(super) fn Line(
    persona: PersonaState,
    name: &'static str,
    label: &'static str,
    #[prop(optional)] placeholder: &'static str,
    /// `text` or `url`.
    #[prop(default = "text")]
    kind: &'static str,
) -> impl IntoView {
    let field = Field::new(persona, name);
    let id = field.id();
    view! {
        <div class="field" class:is-invalid=move || field.is_invalid()>
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class="input"
                type=kind
                id=id
                name=name
                dir="auto"
                placeholder=placeholder
                value=field.first()
                prop:value=move || field.value()
                aria-invalid=move || field.is_invalid().then_some("true")
                aria-describedby=move || field.error_id()
                on:input=move |event| field.type_in(event_target_value(&event))
                on:blur=move |event| field.leave(&event)
            />
            <FieldError state=persona.form name />
        </div>
    }
    .into_any()
}

/// Many lines.
#[component]
pub(super) fn Area(
    persona: PersonaState,
    name: &'static str,
    label: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(optional)] hint: &'static str,
    /// How many characters it takes.
    #[prop(default = MAX_PERSONA_FIELD_CHARS)]
    most: usize,
    /// The limit is of each line.
    #[prop(optional)]
    per_line: bool,
    #[prop(optional)] tall: bool,
) -> impl IntoView {
    let field = Field::new(persona, name);
    let id = field.id();
    let foot = format!("{id}-foot");
    let described = {
        let foot = foot.clone();
        move || match field.error_id() {
            Some(error) => format!("{error} {foot}"),
            None => foot.clone(),
        }
    };
    let counted = move || {
        let longest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let count = persona.typed.with(|typed| match per_line {
            true => longest(typed.get(name)),
            false => typed.get(name).chars().count(),
        });
        // Only what comes near the limit needs a number.
        (count * 4 > most * 3).then(|| {
            let what = if per_line {
                "characters in the longest line"
            } else {
                "characters"
            };
            let class = if count > most {
                "counter counter--over"
            } else {
                "counter"
            };
            view! { <span class=class>{format!("{count} of {most} {what}")}</span> }
        })
    };
    view! {
        <div class="field" class:is-invalid=move || field.is_invalid()>
            <label class="field__label" for=id.clone()>{label}</label>
            <textarea
                class=if tall { "textarea textarea--tall" } else { "textarea textarea--short" }
                id=id
                name=name
                dir="auto"
                placeholder=placeholder
                prop:value=move || field.value()
                aria-invalid=move || field.is_invalid().then_some("true")
                aria-describedby=described
                on:input=move |event| field.type_in(event_target_value(&event))
                on:blur=move |event| field.leave(&event)
            >
                {textarea_text(&field.first())}
            </textarea>
            <FieldError state=persona.form name />
            <div class="field__foot" id=foot>
                {(!hint.is_empty()).then(|| view! { <span class="field__hint">{hint}</span> })} {counted}
            </div>
        </div>
    }
    .into_any()
}

/// What both kinds share. Cheap to copy.
#[derive(Clone, Copy)]
struct Field {
    persona: PersonaState,
    name: &'static str,
}

impl Field {
    const fn new(persona: PersonaState, name: &'static str) -> Self {
        Self { persona, name }
    }

    fn id(self) -> String {
        self.persona.form.part(self.name)
    }

    fn first(self) -> String {
        untrack(|| self.value())
    }

    fn value(self) -> String {
        self.persona.typed.with(|typed| typed.get(self.name).to_owned())
    }

    fn is_invalid(self) -> bool {
        self.persona.form.field_error(self.name).is_some()
    }

    fn error_id(self) -> Option<String> {
        self.is_invalid().then(|| format!("{}-error", self.id()))
    }

    fn type_in(self, value: String) {
        self.persona.set(self.name, value);
        if untrack(|| self.is_invalid()) {
            self.check();
        }
    }

    fn leave(self, event: &web_sys::FocusEvent) {
        if self.persona.form.is_mounted() && !browser::moves_to_form_buttons(event) {
            self.check();
        }
    }

    /// Shows or clears the error of this field alone.
    fn check(self) {
        let values = untrack(|| self.persona.values());
        let errors = values.errors_at_fields(values.content().validate().err().unwrap_or_default());
        let error = errors.into_iter().find(|error| error.field == self.name);
        self.persona
            .form
            .set_field_error(self.name, error.map(|error| error.message));
    }
}
