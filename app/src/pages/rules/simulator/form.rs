//! The form of the message to simulate.

use domain::messages::MessageKind;
use leptos::prelude::*;

use super::SimulatorState;
use super::circumstances::Circumstances;
use super::state::FORM;
use crate::components::Icon;
use crate::forms::{FieldError, FormError, FormState, PostForm, SavedMark, textarea_text, track_saved};
use crate::viewer::may_edit;
use crate::{browser, endpoints};

const KINDS: [(MessageKind, &str); 3] = [
    (MessageKind::Text, "Text"),
    (MessageKind::StoryReply, "Story reply"),
    (MessageKind::Attachment, "Image"),
];

/// The kind, the text and the circumstances.
#[component]
pub(super) fn SimulatorForm(simulator: SimulatorState) -> impl IntoView {
    let state = FormState::new(FORM, endpoints::ADD_EXAMPLE);
    let editable = may_edit();
    let invalid = move || state.field_error("text").is_some();
    let (saved, on_done) = track_saved("The example is kept.");
    Effect::new(move |_| {
        simulator.message.track();
        saved.set(false);
    });
    let typed = browser::typed_before_hydration("try-text");
    Effect::new(move |_| {
        if let Some(typed) = typed.clone() {
            simulator.change(|message| message.text = typed);
        }
    });
    let kind = Memo::new(move |_| simulator.message.with(|message| message.kind));
    view! {
        <PostForm state label="Try a message" class="stack stack--3" check=Callback::new(move |()| editable) on_done>
            <FormError state fields=&["text"] />
            <input type="hidden" name="account" value=simulator.account.to_string() />
            <fieldset>
                <legend class="visually-hidden">"Kind of message"</legend>
                <div class="segmented segmented--block">
                    {KINDS
                        .into_iter()
                        .map(|(value, label)| {
                            view! {
                                <label>
                                    <input
                                        type="radio"
                                        name="kind"
                                        value=value.as_str()
                                        prop:checked=move || kind.get() == value
                                        checked=kind.get_untracked() == value
                                        on:change=move |_| simulator.change(|message| message.kind = value)
                                    />
                                    {label}
                                </label>
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <div class="field" class:is-invalid=invalid hidden=move || !kind.get().carries_text()>
                <label class="visually-hidden" for="try-text">"Message from a customer"</label>
                <textarea
                    class="textarea"
                    id="try-text"
                    name="text"
                    aria-invalid=move || invalid().then_some("true")
                    aria-describedby="try-form-text-error"
                    dir="auto"
                    rows="3"
                    placeholder="What a customer might write"
                    prop:value=move || simulator.message.with(|message| message.text.clone())
                    on:input=move |event| simulator.change(|message| message.text = event_target_value(&event))
                >
                    {simulator.message.with_untracked(|message| textarea_text(&message.text))}
                </textarea>
                <FieldError state name="text" />
            </div>
            <p class="field__hint" hidden=move || kind.get().carries_text()>
                "An image has no words: no keyword can match, so only the default reply can answer."
            </p>
            <div class="cluster cluster--between">
                <span class="field__hint when-hydrated">"Runs as you type"</span>
                {editable
                    .then(|| {
                        view! {
                            <SavedMark saved />
                            <button class="btn btn--sm" type="submit">
                                <Icon name="bookmark" />
                                "Save as example"
                            </button>
                        }
                    })}
                <button class="btn btn--sm until-hydrated" type="submit" formaction=endpoints::SIMULATE_MESSAGE>
                    <Icon name="play" />
                    "Try it"
                </button>
            </div>
            <Circumstances simulator />
        </PostForm>
    }
    .into_any()
}
