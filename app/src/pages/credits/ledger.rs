//! Every deduct, every restore and every grant, newest first.

use domain::views::{CreditsPage, LedgerFilter, LedgerRow, LedgerSelection};
use leptos::prelude::*;

use crate::components::{DayLinks, ExactTime, Pager, by_day, format_number};

/// The table with its filter.
pub(super) fn ledger(page: &CreditsPage) -> AnyView {
    let filter = &page.filter;
    let kind = filter.kind;
    let days = Callback::new(move |(from, to)| address(&LedgerSelection { kind, from, to }, "", ""));
    view! {
        <section class="card card--flush table-wrap" aria-labelledby="ledger-title">
            <div class="card__head">
                <h2 class="card__title" id="ledger-title">"Ledger"</h2>
                <nav class="segmented" aria-label="Show">
                    {LedgerFilter::all().iter().map(|choice| show(*choice, filter)).collect_view()}
                </nav>
            </div>
            <div class="card__note">
                <DayLinks days=page.named_days.clone() from=filter.from.clone() to=filter.to.clone() address=days />
            </div>
            {if page.ledger.is_empty() {
                view! { <p class="card__note muted small">"Nothing here yet."</p> }.into_any()
            } else {
                table(&page.ledger)
            }}
            {pages(page)}
        </section>
    }
    .into_any()
}

fn show(choice: LedgerFilter, current: &LedgerSelection) -> AnyView {
    let word = match choice {
        LedgerFilter::All => "All",
        LedgerFilter::Used => "Used",
        LedgerFilter::GivenBack => "Given back",
        LedgerFilter::Added => "Added",
    };
    let wanted = LedgerSelection {
        kind: choice,
        ..current.clone()
    };
    let is_current = choice == current.kind;
    view! { <a href=address(&wanted, "", "") aria-current=is_current.then_some("true")>{word}</a> }.into_any()
}

fn address(filter: &LedgerSelection, name: &str, cursor: &str) -> String {
    let mut address = format!("/admin/credits?show={}", filter.kind);
    for (name, value) in [("from", &*filter.from), ("to", &*filter.to), (name, cursor)] {
        if !value.is_empty() {
            address.push_str(&format!("&{name}={value}"));
        }
    }
    address
}

fn table(rows: &[LedgerRow]) -> AnyView {
    view! {
        <table class="table">
            <caption class="visually-hidden">"Every change of the balance, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Time"</th>
                    <th scope="col">"What"</th>
                    <th scope="col" class="r">"Change"</th>
                    <th scope="col" class="r">"Balance"</th>
                </tr>
            </thead>
            <tbody>{by_day(rows, "4", |row| &row.when.day, line)}</tbody>
        </table>
    }
    .into_any()
}

fn line(row: LedgerRow) -> AnyView {
    let change = if row.change > 0 {
        format!("+{}", format_number(row.change))
    } else {
        format_number(row.change)
    };
    let tone = if row.change > 0 { "r c-end t-ok" } else { "r c-end" };
    let clock = row.when.clock.clone();
    view! {
        <tr>
            <td class="c-gone">
                <ExactTime moment=row.when clock_only=true />
            </td>
            <td class="c-lead">
                {row.what}
                {row.waiting.then_some(" (waiting)")}
                <small>
                    <span class="c-only">{format!("{clock} · ")}</span>
                    <span dir="auto">{row.detail}</span>
                </small>
            </td>
            <td class=tone>{change}</td>
            <td class="r c-gone">{format_number(row.balance_after)}</td>
        </tr>
    }
    .into_any()
}

fn pages(page: &CreditsPage) -> AnyView {
    if page.newer.is_none() && page.older.is_none() {
        return ().into_any();
    }
    let newer = page.newer.as_ref().map(|cursor| address(&page.filter, "newer", cursor));
    let older = page.older.as_ref().map(|cursor| address(&page.filter, "older", cursor));
    view! {
        <div class="card__foot">
            <span></span>
            <Pager label="Pages of the ledger" newer older />
        </div>
    }
    .into_any()
}
