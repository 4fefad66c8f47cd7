//! Days by word, as lists of the past offer them.

use domain::views::NamedDays;
use jiff::ToSpan;
use jiff::civil::Date;

/// The shortest first.
pub(crate) fn named_days(today: Date) -> Vec<NamedDays> {
    let month = today.first_of_month();
    let month_before = month.saturating_sub(1.day());
    let days = [
        ("Today", today, today),
        ("Last 7 days", today.saturating_sub(6.days()), today),
        ("Last 30 days", today.saturating_sub(29.days()), today),
        ("This month", month, today),
        ("Last month", month_before.first_of_month(), month_before),
    ];
    let named = days.map(|(label, from, to)| NamedDays {
        label: label.to_owned(),
        from: from.to_string(),
        to: to.to_string(),
    });
    named.into()
}

#[cfg(test)]
mod tests {
    use super::named_days;

    #[test]
    fn the_words_are_whole_days_and_months() {
        let days = named_days(jiff::civil::date(2026, 3, 1));
        let told: Vec<_> = days
            .iter()
            .map(|days| format!("{} {} {}", days.label, days.from, days.to))
            .collect();
        assert_eq!(
            told,
            [
                "Today 2026-03-01 2026-03-01",
                "Last 7 days 2026-02-23 2026-03-01",
                "Last 30 days 2026-01-31 2026-03-01",
                "This month 2026-03-01 2026-03-01",
                "Last month 2026-02-01 2026-02-28",
            ]
        );
    }
}
