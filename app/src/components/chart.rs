//! One bar per day: an SVG without inline styles, a sentence for people who do not see it, and a table of every number.

use domain::views::DayUse;
use leptos::prelude::*;

use super::Icon;

/// Bars of canned and AI replies and, when `unanswered` is set, of DMs that got none.
#[component]
pub fn DayChart(days: Vec<DayUse>, #[prop(into)] title: String, #[prop(optional)] unanswered: bool) -> impl IntoView {
    let height = |day: &DayUse| day.canned + day.ai + if unanswered { day.not_answered } else { 0 };
    let top = scale(days.iter().map(height).max().unwrap_or(0));
    let sentence = summary(&title, &days, height);
    let view_box = format!("0 0 {} 100", days.len().max(1));
    let bars = days
        .iter()
        .enumerate()
        .map(|(index, day)| bar(index, day, top, unanswered))
        .collect_view();
    let labels = days.iter().map(|day| day.label.clone()).collect::<Vec<_>>();
    let labels = axis(&labels);
    view! {
        <div class="chart">
            <div class="chart__y" aria-hidden="true">
                <span>{top}</span>
                <span>{top / 2}</span>
                <span>"0"</span>
            </div>
            <div class="chart__plot">
                <svg viewBox=view_box preserveAspectRatio="none" role="img" aria-label=sentence>{bars}</svg>
            </div>
            <div class="chart__x" aria-hidden="true">{labels}</div>
        </div>
        <DayTable days unanswered />
    }
    .into_any()
}

fn bar(index: usize, day: &DayUse, top: u32, unanswered: bool) -> AnyView {
    let mut below = 0;
    let mut piece = |count: u32, class: &'static str| {
        let (from, to) = (below, below + count);
        below = to;
        (count > 0).then(|| {
            let y = 100.0 - percent(to, top);
            let height = (percent(count, top) - if from > 0 || to < count { 0.55 } else { 0.0 }).max(0.6);
            view! {
                <rect class=class x=format!("{index}.16") width=".68" y=format!("{y:.2}") height=format!("{height:.2}")></rect>
            }
            .into_any()
        })
    };
    let canned = piece(day.canned, "bar-1");
    let ai = piece(day.ai, "bar-2");
    let none = if unanswered {
        piece(day.not_answered, "bar-3")
    } else {
        None
    };
    view! {
        <g>
            {canned}
            {ai}
            {none}
            <rect class="bar-hit" x=index.to_string() y="0" width="1" height="100">
                <title>{day_text(day, unanswered)}</title>
            </rect>
        </g>
    }
    .into_any()
}

fn day_text(day: &DayUse, unanswered: bool) -> String {
    let mut text = format!("{}: {} canned", day.label, day.canned);
    if day.ai > 0 {
        text.push_str(&format!(", {} AI", day.ai));
    }
    if unanswered {
        text.push_str(&format!(", {} not answered", day.not_answered));
    }
    text
}

fn percent(count: u32, top: u32) -> f64 {
    f64::from(count) * 100.0 / f64::from(top.max(1))
}

/// The next round number that can be halved.
pub(super) fn scale(highest: u32) -> u32 {
    let mut unit = 2;
    loop {
        for step in [1, 2, 3, 5] {
            if unit * step >= highest {
                return unit * step;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

fn summary(title: &str, days: &[DayUse], height: impl Fn(&DayUse) -> u32) -> String {
    let total: u32 = days.iter().map(&height).sum();
    let best = days.iter().max_by_key(|day| height(day));
    match best {
        Some(day) if total > 0 => format!(
            "{title} for the last {} days: {total} in all, most on {} with {}. The table below has every number.",
            days.len(),
            day.label,
            height(day)
        ),
        _ => format!("{title} for the last {} days: none yet.", days.len()),
    }
}

/// The first day, the one in the middle, and today.
pub(super) fn axis(days: &[String]) -> AnyView {
    let first = days.first().cloned();
    let middle = (days.len() > 4).then(|| days[days.len() / 2].clone());
    view! {
        <span>{first}</span>
        <span>{middle}</span>
        <span>"Today"</span>
    }
    .into_any()
}

/// What the colours mean; AI is named only where there is AI.
#[component]
pub fn Legend(ai: bool, #[prop(optional)] unanswered: bool) -> impl IntoView {
    view! {
        <ul class="legend">
            <li><span class="key"></span>"Canned"</li>
            {ai.then(|| view! { <li><span class="key key--2"></span>"AI"</li> })}
            {unanswered.then(|| view! { <li><span class="key key--3"></span>"Not answered"</li> })}
        </ul>
    }
    .into_any()
}

/// Whether any of these days had AI replies.
#[must_use]
pub fn has_ai(days: &[DayUse]) -> bool {
    days.iter().any(|day| day.ai > 0)
}

#[component]
fn DayTable(days: Vec<DayUse>, unanswered: bool) -> impl IntoView {
    let ai = has_ai(&days);
    let rows = days
        .into_iter()
        .rev()
        .map(|day| {
            view! {
                <tr>
                    <td class="c-lead">{day.label}</td>
                    <td class="r" data-label="Canned">{day.canned}</td>
                    {ai.then(|| view! { <td class="r" data-label="AI">{day.ai}</td> })}
                    {unanswered.then(|| view! { <td class="r" data-label="Not answered">{day.not_answered}</td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="more">
            <summary>
                <Icon name="right" />
                "Show as a table"
            </summary>
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Day"</th>
                            <th scope="col" class="r">"Canned"</th>
                            {ai.then(|| view! { <th scope="col" class="r">"AI"</th> })}
                            {unanswered.then(|| view! { <th scope="col" class="r">"Not answered"</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
