//! The newest messages of an account: metadata, never content.

use domain::views::{Direction, MessageRow};
use leptos::prelude::*;

use super::card::format_duration;
use crate::components::{Icon, PillView, RelativeTime};

/// A card with a list.
#[component]
pub fn Recent(rows: Vec<MessageRow>) -> impl IntoView {
    let empty = rows.is_empty();
    view! {
        <section class="card card--flush" aria-labelledby="recent-title">
            <div class="card__head">
                <h2 class="card__title" id="recent-title">"Recent messages"</h2>
                <a class="small" href="/admin/messages">"All messages"</a>
            </div>
            {empty
                .then(|| {
                    view! {
                        <p class="card__note muted small">
                            "No DM has arrived yet. Send “hello” to this account from another one; it appears here within seconds."
                        </p>
                    }
                })}
            <ul class="list">{rows.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn line(row: MessageRow) -> AnyView {
    let (icon, class) = match (row.direction, row.pill.label.as_str()) {
        (Direction::Outbound, _) | (_, "Sent") => ("out", "t-accent"),
        _ => ("in", "t-idle"),
    };
    let took = row.took_ms.map(|took| format!(" · {}", format_duration(took)));
    view! {
        <li>
            <Icon name=icon class=class />
            <div class="list__text">
                <span dir="auto">{row.why}</span>
                <span>{row.message}{took}" · "<RelativeTime moment=row.when /></span>
            </div>
            <div class="list__end list__end--keep">
                <PillView pill=row.pill />
            </div>
        </li>
    }
    .into_any()
}
