//! The filters: a plain form that asks for the page again; with WebAssembly each choice asks at once.

use domain::reasons::Reason;
use domain::views::{AccountBrief, Count, NamedDays};
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

use super::address::page_of;
use crate::components::{DayLinks, Icon};
use crate::queries::MessageQuery;

const DIRECTIONS: [(&str, &str); 3] = [("", "In and out"), ("inbound", "From customers"), ("outbound", "Sent")];
const OUTCOMES: [(&str, &str); 5] = [
    ("", "All outcomes"),
    ("sent", "Sent"),
    ("waiting", "Waiting"),
    ("skipped", "Not answered"),
    ("failed", "Failed"),
];

/// Account, direction, outcome, reason, days.
#[component]
pub fn Filters(accounts: Vec<AccountBrief>, reasons: Vec<Reason>, query: MessageQuery) -> impl IntoView {
    let all = [(String::new(), "All accounts".to_owned())];
    let accounts: Vec<(String, String)> = all
        .into_iter()
        .chain(
            accounts
                .into_iter()
                .map(|account| (account.id.to_string(), account.username)),
        )
        .collect();
    let owned = |list: &[(&str, &str)]| {
        list.iter()
            .map(|(value, word)| ((*value).to_owned(), (*word).to_owned()))
            .collect()
    };
    let navigate = use_navigate();
    let show = move |event: web_sys::SubmitEvent| {
        if let Some(query) = typed(&event) {
            event.prevent_default();
            navigate(
                &page_of(&query),
                NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                },
            );
        }
    };
    view! {
        <form class="toolbar" method="get" action="/admin/messages" aria-label="Filters" on:change=ask on:submit=show>
            <Choice name="account" label="Account" options=accounts chosen=query.account />
            <Choice name="direction" label="Direction" options=owned(&DIRECTIONS) chosen=query.direction />
            <Choice name="outcome" label="Outcome" options=owned(&OUTCOMES) chosen=query.outcome />
            {reasons_to_choose(reasons)
                .map(|options| view! { <Choice name="reason" label="Reason" options chosen=query.reason /> })}
            <Day name="from" label="From" value=query.from />
            <Day name="to" label="Until" value=query.to />
            <button class="btn" type="submit">"Show"</button>
        </form>
    }
    .into_any()
}

/// None before a reply ended without reaching a customer.
fn reasons_to_choose(reasons: Vec<Reason>) -> Option<Vec<(String, String)>> {
    let any = [(String::new(), "All reasons".to_owned())];
    let named = |reason: &Reason| (reason.to_string(), reason.sentence().to_owned());
    (!reasons.is_empty()).then(|| any.into_iter().chain(reasons.iter().map(named)).collect())
}

/// The days by word; the rest of the filter stays.
#[component]
pub fn Days(days: Vec<NamedDays>, query: MessageQuery) -> impl IntoView {
    let (from, to) = (query.from.clone(), query.to.clone());
    let address = Callback::new(move |(from, to)| {
        page_of(&MessageQuery {
            from,
            to,
            older: String::new(),
            newer: String::new(),
            ..query.clone()
        })
    });
    view! { <DayLinks days from to address /> }
}

/// Asks for the page as soon as something was chosen.
fn ask(event: web_sys::Event) {
    let form = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        let _ = form.request_submit();
    }
}

/// The current values of the form.
fn typed(event: &web_sys::SubmitEvent) -> Option<MessageQuery> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let get = |name: &str| data.get(name).as_string().unwrap_or_default();
    Some(MessageQuery {
        account: get("account"),
        direction: get("direction"),
        outcome: get("outcome"),
        reason: get("reason"),
        from: get("from"),
        to: get("to"),
        older: String::new(),
        newer: String::new(),
    })
}

#[component]
fn Choice(name: &'static str, label: &'static str, options: Vec<(String, String)>, chosen: String) -> impl IntoView {
    let id = format!("filter-{name}");
    let options = options
        .into_iter()
        .map(|(value, word)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <select class="select" id=id name=name>{options}</select>
        </div>
    }
    .into_any()
}

#[component]
fn Day(name: &'static str, label: &'static str, value: String) -> impl IntoView {
    let id = format!("filter-{name}");
    let input = NodeRef::<Input>::new();
    let asked_for = value.clone();
    // Somebody may be typing: a date that is half typed has no value yet, and would be lost.
    Effect::new(move |_| {
        if let Some(input) = input.get()
            && input.value() != asked_for
            && document().active_element().as_ref() != Some(&input)
        {
            input.set_value(&asked_for);
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <input class="input" type="date" id=id name=name value=value node_ref=input />
        </div>
    }
    .into_any()
}

/// How many rows fit, and a button for each filter that takes it off.
pub(super) fn active(query: &MessageQuery, matching: Count, all: Count) -> AnyView {
    let clear = query
        .pairs()
        .into_iter()
        .take(6)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| chip(query, name, value))
        .collect_view();
    view! {
        <div class="cluster">
            <span class="small muted num" role="status">{format!("{matching} of {all}")}</span>
            {clear}
            <a class="btn btn--quiet btn--sm" href="/admin/messages">"Clear all"</a>
        </div>
    }
    .into_any()
}

/// As the log says it; a name that this release does not know stays as it is.
fn reason_in_words(name: &str) -> String {
    name.parse()
        .map_or_else(|_| name.to_owned(), |reason: Reason| reason.sentence().to_owned())
}

fn chip(query: &MessageQuery, name: &'static str, value: &str) -> AnyView {
    let mut without = query.clone();
    let (label, field) = match name {
        "account" => ("Account", &mut without.account),
        "direction" => ("Direction", &mut without.direction),
        "outcome" => ("Outcome", &mut without.outcome),
        "reason" => ("Reason", &mut without.reason),
        "from" => ("From", &mut without.from),
        _ => ("Until", &mut without.to),
    };
    field.clear();
    let word = DIRECTIONS
        .iter()
        .chain(&OUTCOMES)
        .find(|(known, _)| *known == value)
        .map(|(_, word)| *word);
    let shown = match (name, word) {
        ("account", _) => label.to_owned(),
        ("reason", _) => reason_in_words(value),
        (_, Some(word)) => format!("{label}: {word}"),
        (_, None) => format!("{label}: {value}"),
    };
    let spoken = format!("Take off the filter {shown}");
    view! {
        <a class="btn btn--sm" href=page_of(&without) aria-label=spoken>
            {shown}
            <Icon name="x" />
        </a>
    }
    .into_any()
}
