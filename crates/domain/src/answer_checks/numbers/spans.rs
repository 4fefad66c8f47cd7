//! One span of time in two units: `48 hours` are `two days`, `90 days` are `three months`.

use super::units::Measure;

/// Minutes of a day.
const DAY: u64 = 1_440;
/// Days that people call a month.
const MONTH: u64 = 30;
/// Thousandths; more months than these are not counted in days.
const MOST_MONTHS: u64 = 3_000;

/// The span in the other unit that people say it in.
pub(super) fn same_span(value: u64, measure: Measure) -> Option<(u64, Measure)> {
    match measure {
        Measure::Minutes if value.is_multiple_of(DAY * 500) => Some((value / DAY, Measure::Days)),
        Measure::Days if value.is_multiple_of(MONTH * 1_000) && value <= MOST_MONTHS * MONTH => {
            Some((value / MONTH, Measure::Months))
        }
        Measure::Days => Some((value.checked_mul(DAY)?, Measure::Minutes)),
        Measure::Months if value <= MOST_MONTHS => Some((value * MONTH, Measure::Days)),
        Measure::Seconds if value.is_multiple_of(60) => Some((value / 60, Measure::Minutes)),
        _ => None,
    }
}
