//! A balance day by day: a line that stays until something changes it, a sentence for people who do not see it, and a table.

use domain::views::DayBalance;
use leptos::prelude::*;

use super::Icon;
use super::chart::{axis, scale};
use super::format_number;

/// The line.
#[component]
pub fn BalanceChart(days: Vec<DayBalance>) -> impl IntoView {
    let highest = days.iter().filter_map(|day| day.balance).max().unwrap_or(0);
    let top = scale(u32::try_from(highest).unwrap_or(u32::MAX / 20));
    let view_box = format!("0 0 {} 100", days.len().max(1));
    let labels = days.iter().map(|day| day.label.clone()).collect::<Vec<_>>();
    view! {
        <div class="chart">
            <div class="chart__y" aria-hidden="true">
                <span>{format_number(i64::from(top))}</span>
                <span>{format_number(i64::from(top / 2))}</span>
                <span>"0"</span>
            </div>
            <div class="chart__plot">
                <svg viewBox=view_box preserveAspectRatio="none" role="img" aria-label=sentence(&days)>
                    <path class="line-1" d=path(&days, top)></path>
                </svg>
            </div>
            <div class="chart__x" aria-hidden="true">{axis(&labels)}</div>
        </div>
        <BalanceTable days />
    }
    .into_any()
}

/// Each day a level piece, joined by steps: a balance does not slope.
fn path(days: &[DayBalance], top: u32) -> String {
    let mut path = String::new();
    for (index, day) in days.iter().enumerate() {
        let Some(balance) = day.balance else { continue };
        let share = f64::from(u32::try_from(balance).unwrap_or(0)) / f64::from(top.max(1));
        let y = 100.0 - 100.0 * share.min(1.0);
        let to = index + 1;
        let start = if path.is_empty() {
            format!("M{index} {y:.2}")
        } else {
            format!("V{y:.2}")
        };
        path.push_str(&format!("{start}H{to}"));
    }
    path
}

fn sentence(days: &[DayBalance]) -> String {
    let known: Vec<_> = days.iter().filter_map(|day| Some((&day.label, day.balance?))).collect();
    let (Some((first_day, first)), Some((_, now))) = (known.first(), known.last()) else {
        return "No credits yet.".to_owned();
    };
    let lowest = known.iter().map(|(_, balance)| *balance).min().unwrap_or(0);
    format!(
        "Balance at the end of each day: {} on {first_day}, {} today, at the lowest {}. The table below has every number.",
        format_number(*first),
        format_number(*now),
        format_number(lowest)
    )
}

#[component]
fn BalanceTable(days: Vec<DayBalance>) -> impl IntoView {
    let rows = days.into_iter().rev().filter_map(|day| {
        let balance = format_number(day.balance?);
        Some(view! {
            <tr>
                <td class="c-lead">{day.label}</td>
                <td class="r" data-label="Balance">{balance}</td>
            </tr>
        })
    });
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
                            <th scope="col" class="r">"Balance"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{path, sentence};
    use domain::views::DayBalance;

    fn days(balances: &[Option<i64>]) -> Vec<DayBalance> {
        let day = |(index, balance): (usize, &Option<i64>)| DayBalance {
            label: format!("Day {index}"),
            balance: *balance,
        };
        balances.iter().enumerate().map(day).collect()
    }

    #[test]
    fn the_line_begins_with_the_first_credits_and_steps() {
        assert_eq!(path(&days(&[None, Some(100), Some(50)]), 100), "M1 0.00H2V50.00H3");
        assert_eq!(path(&days(&[None]), 2), "");
        assert_eq!(path(&days(&[Some(0)]), 2), "M0 100.00H1");
    }

    #[test]
    fn the_sentence_tells_first_last_and_lowest() {
        let told = sentence(&days(&[None, Some(1_200), Some(3), Some(40)]));
        assert!(
            told.starts_with("Balance at the end of each day: 1,200 on Day 1, 40 today, at the lowest 3."),
            "{told}"
        );
        assert_eq!(sentence(&days(&[None])), "No credits yet.");
    }
}
