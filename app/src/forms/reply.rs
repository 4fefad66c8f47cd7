//! What a reply says: a canned text, counted and checked as one types, or what the AI should say. The default reply and the
//! reply of a rule are edited with it.

use domain::limits::{check_canned, check_prompt};
use domain::rules::{Response, ResponseKind};
use leptos::prelude::*;

use super::rule_fields::{CANNED, PROMPT, RESPONSE};
use super::{FieldError, FormState, KindChoice, textarea_text};
use crate::browser;
use crate::components::{BYTES, ByteCounter};

const AI_PROMPT: &str = ResponseKind::AiPrompt.as_str();

/// What is typed. The text of the kind that is not chosen is kept: changing the kind and back loses no word. Cheap to copy.
#[derive(Clone, Copy)]
pub struct ReplyInput {
    /// The form it belongs to.
    pub form: FormState,
    /// Written by the AI.
    pub by_ai: RwSignal<bool>,
    /// The canned text.
    pub canned: RwSignal<String>,
    /// What the AI should say.
    pub prompt: RwSignal<String>,
}

impl ReplyInput {
    /// Begins with these values; what was typed before a redirect wins.
    #[must_use]
    pub fn new(form: FormState, by_ai: bool, canned: &str, prompt: &str) -> Self {
        let kind = if by_ai {
            AI_PROMPT
        } else {
            ResponseKind::Canned.as_str()
        };
        Self {
            form,
            by_ai: RwSignal::new(form.typed(RESPONSE, kind) == AI_PROMPT),
            canned: form.field(CANNED, canned),
            prompt: form.field(PROMPT, prompt),
        }
    }

    /// Shows this reply.
    pub fn set(&self, reply: Response) {
        match reply {
            Response::Canned(text) => {
                self.by_ai.set(false);
                self.canned.set(text);
            }
            Response::AiPrompt(prompt) => {
                self.by_ai.set(true);
                self.prompt.set(prompt);
            }
        }
    }

    /// As typed.
    #[must_use]
    pub fn response(&self) -> Response {
        if self.by_ai.get_untracked() {
            Response::AiPrompt(self.prompt.get_untracked())
        } else {
            Response::Canned(self.canned.get_untracked())
        }
    }

    /// Shows the error of the text that would be sent.
    pub fn check(&self) -> bool {
        let (canned, prompt) = match self.response() {
            Response::Canned(text) => (check_canned(&text).err(), None),
            Response::AiPrompt(text) => (None, check_prompt(&text).err()),
        };
        let is_valid = canned.is_none() && prompt.is_none();
        for (name, wrong) in [(CANNED, canned), (PROMPT, prompt)] {
            self.form.set_field_error(name, wrong.map(|error| error.to_string()));
        }
        is_valid
    }
}

/// Canned or AI prompt.
#[component]
pub fn ReplyKind(
    reply: ReplyInput,
    /// Runs after each change.
    changed: Callback<()>,
    /// Why the AI cannot be chosen.
    disabled_reason: Option<&'static str>,
) -> impl IntoView {
    let choose = Callback::new(move |ai| {
        reply.by_ai.set(ai);
        changed.run(());
    });
    view! {
        <KindChoice
            name=RESPONSE
            legend="How the reply is made"
            chosen=reply.by_ai
            choose
            first=(ResponseKind::Canned.as_str(), "text", "Canned")
            second=(AI_PROMPT, "ai", "AI prompt")
            disabled_reason
        />
    }
    .into_any()
}

/// The texts of both kinds; the style sheet shows the one whose kind is chosen, so that a choice works before hydration.
#[component]
pub fn ReplyText(
    reply: ReplyInput,
    /// Runs after each change.
    changed: Callback<()>,
) -> impl IntoView {
    let counter = move || {
        view! {
            <span class="field__hint">"Sent as written: nothing is filled in, not even {{name}}. " {BYTES}</span>
            <ByteCounter text=reply.canned />
        }
        .into_any()
    };
    let hint = move || {
        view! { <span class="field__hint">"The AI writes each reply anew, in the voice of your persona."</span> }
            .into_any()
    };
    view! {
        <div class="of-canned">
            <Area reply changed name=CANNED label="Text" text=reply.canned foot=ViewFn::from(counter) />
        </div>
        <div class="of-prompt">
            <Area reply changed name=PROMPT label="What the AI should say" text=reply.prompt foot=ViewFn::from(hint) />
        </div>
    }
    .into_any()
}

#[component]
fn Area(
    reply: ReplyInput,
    changed: Callback<()>,
    name: &'static str,
    label: &'static str,
    text: RwSignal<String>,
    foot: ViewFn,
) -> impl IntoView {
    let form = reply.form;
    let id = form.part(name);
    let foot_id = format!("{id}-foot");
    let invalid = move || form.field_error(name).is_some();
    let described = {
        let (id, foot) = (id.clone(), foot_id.clone());
        move || {
            if invalid() {
                format!("{id}-error {foot}")
            } else {
                foot.clone()
            }
        }
    };
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>{label}</label>
            <textarea
                class="textarea"
                id=id
                name=name
                dir="auto"
                prop:value=move || text.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    changed.run(());
                    if invalid() {
                        reply.check();
                    }
                }
                on:blur=move |event| {
                    if form.is_mounted() && !browser::moves_to_form_buttons(&event) {
                        reply.check();
                    }
                }
            >
                {textarea_text(&text.read_untracked())}
            </textarea>
            <FieldError state=form name />
            <div class="field__foot" id=foot_id>{foot.run()}</div>
        </div>
    }
    .into_any()
}
