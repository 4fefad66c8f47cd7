//! What was sent to a receiver, newest first.

use domain::views::{OutgoingWebhookRow, WebhookEndpointCard};
use leptos::prelude::*;

use crate::components::{ExactTime, Icon, PillView};

#[component]
pub(super) fn Log(card: Memo<WebhookEndpointCard>) -> impl IntoView {
    let log = Memo::new(move |_| card.with(|card| card.log.clone()));
    let waiting = Memo::new(move |_| card.with(|card| card.waiting));
    view! {
        <details class="more">
            <summary>
                <Icon name="right" />
                {move || match waiting.get() {
                    0 => "What was sent".to_owned(),
                    1 => "What was sent (1 waits)".to_owned(),
                    many => format!("What was sent ({many} wait)"),
                }}
            </summary>
            {move || rows(log.get())}
        </details>
    }
    .into_any()
}

fn rows(rows: Vec<OutgoingWebhookRow>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="muted">"Nothing in the last 7 days."</p> }.into_any();
    }
    view! {
        <div class="table-wrap">
            <table class="table">
                <caption class="visually-hidden">"Webhooks of the last 7 days, newest first, at most 20"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Time"</th>
                        <th scope="col">"Event"</th>
                        <th scope="col">"Outcome"</th>
                        <th scope="col">"Answer"</th>
                        <th scope="col" class="r">"Tries"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: OutgoingWebhookRow) -> AnyView {
    view! {
        <tr>
            <td class="c-end nowrap"><ExactTime moment=row.at /></td>
            <td class="c-full">
                <span class="mono">{row.event}</span>
                <small class="mono" translate="no">{row.id}</small>
            </td>
            <td class="c-lead"><PillView pill=row.pill /></td>
            <td class="c-full">{row.answer}</td>
            <td class="r">{row.attempts}</td>
        </tr>
    }
    .into_any()
}
