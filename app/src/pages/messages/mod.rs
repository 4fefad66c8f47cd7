//! `/admin/messages`: what happened to each DM, and nothing of what people wrote.

mod address;
mod filters;
mod table;

use domain::views;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::components::{ChatLink, EmptyState, Icon, ListSkeleton, Reload, render_or_error};
use crate::json::page_resource;
use crate::queries::{MessageQuery, load_messages};
use crate::sandbox_chat::chat_address;
use crate::viewer::current_viewer;
use address::{export, query_of};

/// The log, newest first.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let reload = Reload::expect();
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query_of));
    let page = page_resource(move || (query.get(), reload.count()), |(query, _)| load_messages(query));
    view! {
        <Title text="Messages" />
        <div class="page__head">
            <div>
                <h1 class="page__title">"Messages"</h1>
                <p class="page__lead">
                    "What happened to each DM. This log keeps nothing of what people wrote."
                    {current_viewer().map(|viewer| format!(" Times are in {}.", viewer.time_zone))}
                </p>
            </div>
            <div class="page__actions">
                <a class="btn" href=move || query.with(export) download rel="external">
                    <Icon name="download" />
                    "Export CSV"
                </a>
            </div>
        </div>
        <Transition fallback=|| view! { <ListSkeleton /> }>
            {move || Suspend::new(async move { render_or_error(page.await, log) })}
        </Transition>
    }
}

fn log(page: views::MessagesPage) -> AnyView {
    let query = MessageQuery::of(&page.filter);
    let filtered = query.is_narrow();
    let rows = if page.rows.is_empty() {
        none(&page, &query)
    } else {
        table::table(&page, &query)
    };
    view! {
        <div class="stack">
            <filters::Filters accounts=page.accounts reasons=page.reasons query=query.clone() />
            <filters::Days days=page.named_days query=query.clone() />
            {filtered.then(|| filters::active(&query, page.matching, page.in_these_days))}
            {rows}
        </div>
    }
    .into_any()
}

fn in_these_days(page: &views::MessagesPage) -> String {
    match page.in_these_days.value {
        0 => "No message is in the log for these days.".to_owned(),
        1 => "One message is in the log for these days, and does not fit.".to_owned(),
        _ => format!(
            "{} messages are in the log for these days, none of them fits.",
            page.in_these_days
        ),
    }
}

fn none(page: &views::MessagesPage, query: &MessageQuery) -> AnyView {
    if query.is_narrow() {
        let (title, text) = match query.ends_before_it_begins() {
            true => (
                "The first day is after the last one",
                "Choose an earlier “From”, or a later “Until”.".to_owned(),
            ),
            false => ("No message fits these filters", in_these_days(page)),
        };
        return view! {
            <EmptyState title text>
                <a class="btn" href="/admin/messages">"Clear all filters"</a>
            </EmptyState>
        }
        .into_any();
    }
    let username = page.accounts.first().map(|account| account.username.clone());
    let has_chat = chat_address(None).is_some();
    let from = if has_chat {
        ""
    } else {
        ", from another Instagram account"
    };
    let text = match page.accounts.first() {
        Some(account) => format!(
            "Send “hello” to {} as a customer would{from}. It appears here within seconds.",
            account.username
        ),
        None => "Messages appear here as soon as an account is connected.".to_owned(),
    };
    view! {
        <EmptyState title="No DM has arrived yet" text>
            {username.filter(|_| has_chat).map(|username| view! { <ChatLink class="btn" username /> })}
        </EmptyState>
    }
    .into_any()
}
