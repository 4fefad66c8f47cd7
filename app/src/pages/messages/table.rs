//! The rows, grouped by day; on phones each becomes a card.

use domain::views::{Count, MessageRow, MessagesPage, Place};
use leptos::prelude::*;

use super::address::page_of;
use crate::components::{ExactTime, Handle, NextStepLink, Pager, PillView, by_day, page_path};
use crate::pages::accounts::format_duration;
use crate::queries::MessageQuery;

/// The table with Newer and Older.
pub(super) fn table(page: &MessagesPage, query: &MessageQuery) -> AnyView {
    let caption = format!("Messages, newest first, times in {}", page.time_zone);
    view! {
        <div class="card card--flush table-wrap">
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Time"</th>
                        <th scope="col">"Outcome"</th>
                        <th scope="col">"Why"</th>
                        <th scope="col">"Message"</th>
                        <th scope="col" class="r">"Credits"</th>
                        <th scope="col" class="r">"Took"</th>
                    </tr>
                </thead>
                <tbody>{by_day(&page.rows, "6", |row| &row.when.day, line)}</tbody>
            </table>
            <div class="card__foot">
                <span class="small muted num">{counted(page.matching)}</span>
                {pages(page, query)}
            </div>
        </div>
    }
    .into_any()
}

fn line(row: MessageRow) -> AnyView {
    let took = row.took_ms.map_or_else(|| "–".to_owned(), format_duration);
    let account = page_path(Place::Account { id: row.account_id });
    view! {
        <tr>
            <td class="c-end nowrap">
                <ExactTime moment=row.when clock_only=true />
            </td>
            <td class="c-lead">
                <PillView pill=row.pill />
            </td>
            <td class="c-full">
                <span dir="auto">{row.why}</span>
                {row.held_by.map(|held| view! { <small>{held}</small> })}
                {row.advice.map(|advice| view! { <small>{advice}</small> })}
                {row.next_step.map(|step| view! { <small><NextStepLink step /></small> })}
            </td>
            <td class="c-full">
                <a class="plain" href=account>
                    <Handle name=row.account />
                </a>
                <small class="nowrap">{row.message}</small>
            </td>
            <td class="r c-gone">{credits(row.credits, row.credit_reserved)}</td>
            <td class="r c-gone">
                <span class="subtle">{took}</span>
            </td>
        </tr>
    }
    .into_any()
}

fn counted(matching: Count) -> String {
    match (matching.value, matching.capped) {
        (1, false) => "1 message".to_owned(),
        _ => format!("{matching} messages"),
    }
}

fn credits(credits: i64, reserved: bool) -> AnyView {
    match (credits, reserved) {
        (0, _) => "0".into_any(),
        (-1, true) => view! { <span title="Reserved: it comes back if no reply goes out">"−1"</span> }.into_any(),
        (-1, false) => "−1".into_any(),
        (other, _) => other.to_string().into_any(),
    }
}

fn pages(page: &MessagesPage, query: &MessageQuery) -> AnyView {
    let newer = page.newer.as_ref().map(|cursor| {
        page_of(&MessageQuery {
            newer: cursor.clone(),
            ..query.clone()
        })
    });
    let older = page.older.as_ref().map(|cursor| {
        page_of(&MessageQuery {
            older: cursor.clone(),
            ..query.clone()
        })
    });
    view! {
        <Pager label="Pages" newer older />
    }
    .into_any()
}
