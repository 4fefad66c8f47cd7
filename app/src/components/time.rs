//! Instants as the server formats them, with the exact time on hover; relative times tick after hydration.

use domain::views::Moment;
use leptos::prelude::*;

/// An instant as the server formats it.
#[component]
pub fn ExactTime(moment: Moment, #[prop(optional)] clock_only: bool) -> impl IntoView {
    let text = if clock_only { moment.clock } else { moment.short };
    view! { <time class="nowrap" datetime=moment.iso title=moment.exact>{text}</time> }.into_any()
}

/// "4 min ago" while it is recent, the server's words before hydration and afterwards.
#[component]
pub fn RelativeTime(moment: Moment) -> impl IntoView {
    let text = RwSignal::new(moment.short.clone());
    let at = moment.at.as_millis();
    let short = moment.short;
    Effect::new(move |_| {
        let tick = {
            let short = short.clone();
            move || text.set(relative(at).unwrap_or_else(|| short.clone()))
        };
        tick();
        if let Ok(timer) = set_interval_with_handle(tick, std::time::Duration::from_secs(15)) {
            on_cleanup(move || timer.clear());
        }
    });
    view! { <time class="nowrap" datetime=moment.iso title=moment.exact>{move || text.get()}</time> }.into_any()
}

/// `None` when it is too long ago for a relative time.
fn relative(at: i64) -> Option<String> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
    let seconds = (js_sys::Date::now() as i64 - at) / 1_000;
    match seconds {
        ..=9 => Some("just now".into()),
        10..=59 => Some(format!("{seconds} s ago")),
        60..=3_599 => Some(format!("{} min ago", seconds / 60)),
        3_600..=21_599 => Some(format!("{} h ago", seconds / 3_600)),
        _ => None,
    }
}
