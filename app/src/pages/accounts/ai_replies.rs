//! What happens to AI replies of this account: when the checks hold one back, and whether they remember the conversation.

use domain::ai_fallback::{AiFallback, MAX_FALLBACK_BYTES};
use domain::views::AccountPage;
use leptos::prelude::*;

use crate::components::{BYTES, Icon, format_number};
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, PostForm, SavedMark, SwitchForm, textarea_text, track_saved};
use crate::pages::AI_OFF;
use crate::viewer::may_edit;

const KIND: &str = "kind";
const CANNED: &str = "canned";
/// Value, label and meaning of each choice.
const CHOICES: [(&str, &str, &str); 3] = [
    ("canned", "Send a fixed text", "It costs what a reply costs."),
    (
        "hand_over",
        "Leave the conversation to a person",
        "Nothing is sent, Concierge keeps quiet, and the overview tells you.",
    ),
    (
        "silence",
        "Send nothing",
        "The log says why, and the overview tells you.",
    ),
];

/// The card.
#[component]
pub fn AiReplies(
    data: RwSignal<AccountPage>,
    /// Whether there is an AI to write replies.
    ai_available: bool,
) -> impl IntoView {
    view! {
        <section class="card stack" aria-labelledby="ai-title" id="ai">
            <div>
                <h2 class="card__title" id="ai-title">"AI replies"</h2>
                {(!ai_available).then(|| view! { <p class="muted small">{AI_OFF} " What is chosen here counts once it is."</p> })}
            </div>
            {if may_edit() { view! { <Fallback data /> }.into_any() } else { fact(data) }}
            <Memory data />
        </section>
    }
    .into_any()
}

fn fact(data: RwSignal<AccountPage>) -> AnyView {
    view! { <p>{move || data.with(|page| page.ai_fallback.sentence())}</p> }.into_any()
}

const fn kind_of(fallback: &AiFallback) -> &'static str {
    match fallback {
        AiFallback::Canned(_) => "canned",
        AiFallback::HandOver => "hand_over",
        AiFallback::Silence => "silence",
    }
}

/// When the checks hold back an AI answer.
#[component]
fn Fallback(data: RwSignal<AccountPage>) -> impl IntoView {
    let state = FormState::new("ai-fallback", endpoints::SAVE_AI_FALLBACK);
    let (saved, on_done) = track_saved("Saved.");
    let (account, fallback) = data.with_untracked(|page| (page.card.brief.id, page.ai_fallback.clone()));
    let kind = RwSignal::new(state.typed(KIND, kind_of(&fallback)));
    let text = match &fallback {
        AiFallback::Canned(text) => text.as_str(),
        AiFallback::HandOver | AiFallback::Silence => "",
    };
    let text = state.field(CANNED, text);
    let choose = Callback::new(move |value: &'static str| {
        kind.set(value.to_owned());
        saved.set(false);
    });
    let choices = CHOICES.map(|(value, label, meaning)| choice(kind, choose, value, label, meaning));
    view! {
        <PostForm state label="When the checks hold back an AI answer" class="stack stack--3 ai-fallback" on_done guarded=true>
            <FormError state fields=&[CANNED] />
            <input type="hidden" name="account" value=account.to_string() />
            <fieldset class="stack stack--2">
                <legend class="field__label">"When the checks hold back an AI answer"</legend>
                {choices.into_iter().collect_view()}
            </fieldset>
            <FallbackText state text saved />
            <div class="form-foot">
                <SavedMark saved />
                <button class="btn" type="submit">"Save"</button>
            </div>
        </PostForm>
    }
    .into_any()
}

fn choice(
    kind: RwSignal<String>,
    choose: Callback<&'static str>,
    value: &'static str,
    label: &'static str,
    meaning: &'static str,
) -> AnyView {
    let id = format!("ai-fallback-{value}");
    let hint = format!("{id}-hint");
    let chosen = move || kind.with(|kind| kind == value);
    view! {
        <div class="check">
            <input
                type="radio"
                id=id.clone()
                name=KIND
                value=value
                checked=untrack(chosen)
                prop:checked=chosen
                aria-describedby=hint.clone()
                on:change=move |_| choose.run(value)
            />
            <label for=id>{label}</label>
            <p class="field__hint" id=hint>{meaning}</p>
        </div>
    }
    .into_any()
}

/// Shown with its choice; without it the text is kept.
#[component]
fn FallbackText(state: FormState, text: RwSignal<String>, saved: RwSignal<bool>) -> impl IntoView {
    let id = state.part(CANNED);
    let foot = format!("{id}-foot");
    let invalid = move || state.field_error(CANNED).is_some();
    let described = {
        let (error, foot) = (format!("{id}-error"), foot.clone());
        move || {
            if invalid() {
                format!("{error} {foot}")
            } else {
                foot.clone()
            }
        }
    };
    let number = |count: usize| format_number(i64::try_from(count).unwrap_or(i64::MAX));
    view! {
        <div class="field of-fallback-text" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"Text"</label>
            <textarea
                class="textarea"
                id=id
                name=CANNED
                dir="auto"
                placeholder="Thanks! A colleague will write to you about this."
                prop:value=move || text.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    saved.set(false);
                }
            >
                {textarea_text(&text.read_untracked())}
            </textarea>
            <FieldError state name=CANNED />
            <p class="field__hint" id=foot>
                {move || format!("{} of {} bytes", number(text.with(String::len)), number(MAX_FALLBACK_BYTES))}
                ". The rest of a DM is for the line that says it is automated. "
                {BYTES}
            </p>
        </div>
    }
    .into_any()
}

/// The switch of the memory, with what it means.
#[component]
fn Memory(data: RwSignal<AccountPage>) -> impl IntoView {
    let account = data.with_untracked(|page| page.card.brief.id);
    let state = FormState::new("ai-memory", endpoints::SWITCH_AI_MEMORY);
    let name = state.part("name");
    view! {
        <div class="setting">
            <div>
                <p class="setting__name" id=name.clone()>"Remember the last messages of a conversation"</p>
                <p class="setting__help">
                    "Off: each AI reply sees one message alone. On: it also sees what was said before, kept encrypted: at most 20 messages of the last
                    24 hours. They are wiped after 6 quiet hours, when a message is taken back, when the account is disconnected, and when you switch this off."
                </p>
                <details class="more">
                    <summary>
                        <Icon name="right" />
                        "What we store"
                    </summary>
                    <p>
                        "The words of a customer and of the replies that were sent to them, encrypted with the key of this server, and nothing else. No log holds
                        them, and nobody can read them on these pages. The AI provider is sent them with the next message of that customer."
                    </p>
                </details>
                <FormError state />
            </div>
            <SwitchForm
                state
                on=Signal::derive(move || data.with(|page| page.ai_memory))
                subject=Signal::stored("The memory of AI replies".to_owned())
                labelled_by=name
                locked=!may_edit()
            >
                <input type="hidden" name="account" value=account.to_string() />
            </SwitchForm>
        </div>
    }
    .into_any()
}
