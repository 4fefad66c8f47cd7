//! *Write an answer*: what the AI says to the message, where an AI prompt answers it and nothing is in the way. Nothing is sent.

use domain::ids::RuleId;
use domain::simulate::TriedMessage;
use domain::views::TryAnswer;
use leptos::prelude::*;

use super::SimulatorState;
use crate::components::Icon;
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};
use crate::json;
use crate::pages::ai_answer::{AiAnswer, answer_title};

/// The button, and the answer to the message as it is simulated now; `rule` is the winner, none the default reply.
#[component]
pub(super) fn WrittenAnswer(simulator: SimulatorState, rule: Option<RuleId>) -> impl IntoView {
    let state = FormState::new("write-answer", endpoints::WRITE_ANSWER);
    let answer = RwSignal::new(None::<TryAnswer>);
    let asked = StoredValue::new(0_u32);
    forget_with_the_question(simulator, state, answer, asked);
    let sent = StoredValue::new(None::<u32>);
    let on_send = Callback::new(move |()| sent.set_value(Some(asked.get_value())));
    let on_done = Callback::new(move |outcome: Outcome| {
        if sent.get_value() != Some(asked.get_value()) {
            state.error().set(None);
            return;
        }
        let found = outcome.ok().and_then(|json| json::read::<TryAnswer>(&json).ok());
        if let Some(found) = &found {
            simulator.announcer.say(answer_title(found).to_owned());
        }
        answer.set(found);
    });
    let pending = state.pending();
    let label = move || match (pending.get(), answer.with(Option::is_some)) {
        (true, _) => "The AI is writing …",
        (false, true) => "Write another answer",
        (false, false) => "Write an answer",
    };
    view! {
        <section class="stack stack--2" aria-label="Answer of the AI">
            <PostForm state label="Write an answer" class="stack stack--2" on_send on_done changes_nothing=true>
                <FormError state />
                <input type="hidden" name="account" value=simulator.account.to_string() />
                <input type="hidden" name="rule" value=rule.map(|rule| rule.to_string()).unwrap_or_default() />
                {move || simulator.submitted.with(message_fields)}
                <div class="cluster">
                    <button class="btn btn--sm" type="submit" aria-disabled=move || pending.get().then_some("true")>
                        <Icon name="ai" />
                        {label}
                    </button>
                    <span class="field__hint">"Asks the AI once. Counts in its budget of the day."</span>
                </div>
            </PostForm>
            {move || answer.get().map(|answer| view! { <AiAnswer answer /> })}
        </section>
    }
    .into_any()
}

/// An answer belongs to one message and one state of the rules: with another it goes, and one that is on its way is not shown.
fn forget_with_the_question(
    simulator: SimulatorState,
    state: FormState,
    answer: RwSignal<Option<TryAnswer>>,
    asked: StoredValue<u32>,
) {
    Effect::new(move |is_changed: Option<bool>| {
        simulator.message.track();
        simulator.submitted.track();
        simulator.config.track();
        if is_changed.is_some() {
            asked.update_value(|count| *count = count.wrapping_add(1));
            answer.set(None);
            state.error().set(None);
        }
        true
    });
}

fn message_fields(message: &TriedMessage) -> AnyView {
    let minutes = |minutes: Option<u32>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let fields = [
        ("kind", message.kind.as_str().to_owned()),
        ("text", message.text.clone()),
        ("minutes_ago", message.minutes_ago.to_string()),
        ("last_reply_minutes_ago", minutes(message.last_reply_minutes_ago)),
        ("person_minutes_ago", minutes(message.person_minutes_ago)),
    ];
    let hidden = fields.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    hidden.into_iter().collect_view().into_any()
}
