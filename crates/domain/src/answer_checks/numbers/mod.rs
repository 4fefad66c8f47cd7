//! Number grounding: every price, time, date, percentage, quantity and weekday of an answer stands in an approved text, however
//! either of them writes it.

mod amount;
mod clock;
mod dates;
mod grounding;
mod read;
mod scan;
mod units;
mod words;

pub(crate) use grounding::{Grounds, is_grounded};

/// Whether a folded word or sign names a currency.
pub(crate) fn is_currency(word: &str) -> bool {
    matches!(units::unit(word), Some(units::Unit::Money(_)))
}
