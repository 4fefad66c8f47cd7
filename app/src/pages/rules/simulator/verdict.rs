//! What would happen, what would be sent and what it would cost.

use domain::limits::MAX_CANNED_BYTES;
use domain::rules::ResponseKind;
use domain::simulate::{ReplyPreview, Simulation};
use leptos::prelude::*;

use super::SimulatorState;
use super::ask_server::Question;
use super::written_answer::WrittenAnswer;
use crate::components::{Icon, format_number};
use crate::pages::prompt_status::check_of;
use crate::viewer::may_edit;

/// The box.
#[component]
pub(super) fn Verdict(simulator: SimulatorState, result: Simulation) -> impl IntoView {
    let stopped = !result.obstacles.is_empty();
    let title = match (&result.winner, stopped, result.needs_scores) {
        (_, true, _) => "Nothing would be sent".to_owned(),
        (_, _, true) => String::new(),
        (Some(place), ..) => format!("Rule {}, {}, replies", place.position, place.label),
        (None, ..) if result.by_default => "The default reply answers".to_owned(),
        (None, ..) => "Nobody answers".to_owned(),
    };
    let unknown = title.is_empty();
    let title = move || {
        if unknown {
            not_known(simulator.question.get()).to_owned()
        } else {
            title.clone()
        }
    };
    let obstacle = result.obstacles.first().cloned();
    let cost = cost(&result);
    let by_prompt = result
        .reply
        .as_ref()
        .is_some_and(|reply| reply.kind == ResponseKind::AiPrompt);
    let can_be_written = by_prompt && !stopped && !result.needs_scores && may_edit();
    let rule = result.winner.map(|place| place.rule);
    let earlier = simulator
        .simulator_data
        .with_untracked(|data| check_of(&data.prompts, rule))
        .and_then(|check| check.earlier)
        .filter(|_| by_prompt);
    view! {
        <div class="verdict" class:verdict--stop=stopped>
            <p class="verdict__title">
                <Icon name=if unknown { "clock" } else if stopped { "warn" } else { "ok" } />
                <span dir="auto">{title}</span>
            </p>
            {obstacle
                .map(|obstacle| {
                    view! {
                        <p class="small">{obstacle.sentence} "." {obstacle.next_step.map(|step| format!(" {step}"))}</p>
                    }
                })}
            {result.once_a_day.then(|| view! { <p class="small">"At most once a day to one customer."</p> })}
            {result.reply.map(|reply| preview(reply, earlier, cost, stopped))}
        </div>
        {can_be_written.then(|| view! { <WrittenAnswer simulator rule /> })}
    }
    .into_any()
}

/// Before anybody has answered.
#[component]
pub(super) fn Waiting(simulator: SimulatorState) -> impl IntoView {
    let is_open = move || simulator.has_message() && simulator.result.with(Option::is_none);
    move || {
        is_open().then(|| {
            let words = move || match simulator.question.get() {
                Question::Failed => not_known(Question::Failed),
                Question::Asked | Question::Answered => "Looking for the rule that answers …",
            };
            view! {
                <p class="verdict__title">
                    <Icon name="clock" />
                    <span>{words}</span>
                </p>
            }
        })
    }
}

/// A Prompt rule was reached, and its confidence is not known.
const fn not_known(question: Question) -> &'static str {
    match question {
        Question::Asked => "Comparing with the intents …",
        Question::Answered => "Not known yet: the intents are still being read",
        Question::Failed => "The server did not answer; change the message to ask again",
    }
}

fn cost(result: &Simulation) -> &'static str {
    if result.live_cost == 0 {
        "No credit is used"
    } else {
        "Would cost 1 credit"
    }
}

/// `earlier`: the approved prompt that answers in place of the saved one.
fn preview(reply: ReplyPreview, earlier: Option<String>, cost: &'static str, stopped: bool) -> AnyView {
    let kind = match reply.kind {
        ResponseKind::AiPrompt if stopped => None,
        ResponseKind::Canned => {
            let bytes = i64::try_from(reply.bytes).unwrap_or(i64::MAX);
            let most = i64::try_from(MAX_CANNED_BYTES).unwrap_or(i64::MAX);
            Some(format!(
                "Canned · {} of {} bytes",
                format_number(bytes),
                format_number(most)
            ))
        }
        ResponseKind::AiPrompt => Some("Written anew each time, by this prompt and your persona".to_owned()),
    };
    view! {
        {match reply.kind {
            ResponseKind::Canned => view! { <p class="bubble" dir="auto" translate="no">{reply.text}</p> }.into_any(),
            ResponseKind::AiPrompt => {
                let by = match &earlier {
                    Some(_) => "What is saved now is not approved. The AI writes it by the last prompt that was:",
                    None if stopped => "Its prompt for the AI:",
                    None => "The AI writes it by this prompt:",
                };
                view! {
                    <p class="small muted">{by}</p>
                    <p class="prompt-quote" dir="auto" translate="no">{earlier.unwrap_or(reply.text)}</p>
                }
                    .into_any()
            }
        }}
        {reply.too_long.then(|| view! { <p class="small t-bad">"Instagram would refuse it: it is too long with the disclosure line."</p> })}
        {reply.leaves_to_person.then(|| view! { <p class="small">"Then the conversation is left to a person."</p> })}
        <p class="verdict__meta">
            {kind.map(|kind| view! { <span>{kind}</span> })}
            <span>{cost}</span>
        </p>
    }
    .into_any()
}
