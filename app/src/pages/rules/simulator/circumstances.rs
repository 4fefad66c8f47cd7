//! When the message was sent and what happened before: a late message, a customer who was answered already, a person who stepped in.

use domain::simulate::TriedMessage;
use leptos::prelude::*;

use super::SimulatorState;
use crate::components::Icon;

/// Minutes and their label.
type Choice = (Option<u32>, &'static str);

const SENT: [Choice; 4] = [
    (Some(0), "Just now"),
    (Some(2 * 60), "2 hours ago"),
    (Some(23 * 60), "23 hours ago"),
    (Some(25 * 60), "25 hours ago"),
];
const LAST_REPLY: [Choice; 4] = [
    (None, "A new customer"),
    (Some(5), "Answered 5 minutes ago"),
    (Some(24 * 60), "Answered yesterday"),
    (Some(14 * 24 * 60), "Answered 2 weeks ago"),
];
const PERSON: [Choice; 4] = [
    (None, "Nobody of yours wrote"),
    (Some(10), "A person wrote 10 minutes ago"),
    (Some(6 * 60), "A person wrote 6 hours ago"),
    (Some(24 * 60), "A person wrote yesterday"),
];

/// Three choices, folded because most messages need none.
#[component]
pub(super) fn Circumstances(simulator: SimulatorState) -> impl IntoView {
    view! {
        <details class="more">
            <summary>
                <Icon name="right" />
                "When, and what happened before"
            </summary>
            <div class="stack stack--3">
                <Choices
                    simulator
                    name="minutes_ago"
                    label="Sent"
                    choices=&SENT
                    get=|message| Some(message.minutes_ago)
                    set=|message, minutes| message.minutes_ago = minutes.unwrap_or(0)
                />
                <Choices
                    simulator
                    name="last_reply_minutes_ago"
                    label="Customer"
                    choices=&LAST_REPLY
                    get=|message| message.last_reply_minutes_ago
                    set=|message, minutes| message.last_reply_minutes_ago = minutes
                />
                <Choices
                    simulator
                    name="person_minutes_ago"
                    label="In the conversation"
                    choices=&PERSON
                    get=|message| message.person_minutes_ago
                    set=|message, minutes| message.person_minutes_ago = minutes
                />
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Choices(
    simulator: SimulatorState,
    name: &'static str,
    label: &'static str,
    choices: &'static [Choice],
    get: fn(&TriedMessage) -> Option<u32>,
    set: fn(&mut TriedMessage, Option<u32>),
) -> impl IntoView {
    let chosen = move || simulator.message.with(get);
    let choose = move |event: web_sys::Event| {
        let minutes = event_target_value(&event).parse().ok();
        simulator.change(|message| set(message, minutes));
    };
    view! {
        <div class="field">
            <label class="field__label" for=name>{label}</label>
            <select class="select" id=name name=name on:change=choose>
                {choices
                    .iter()
                    .map(|(minutes, label)| {
                        let value = minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
                        let is_chosen = simulator.message.with_untracked(get) == *minutes;
                        view! {
                            <option value=value selected=is_chosen prop:selected=move || chosen() == *minutes>
                                {*label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
    .into_any()
}
