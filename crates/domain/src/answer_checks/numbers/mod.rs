//! Number grounding: every price, time, date, percentage, quantity and weekday of an answer stands in an approved text, however
//! either of them writes it.

mod amount;
mod beside;
mod clock;
mod compound;
mod dates;
mod fractions;
mod glued;
mod grounding;
mod hours;
mod mentions;
mod named;
mod number_words;
mod possible;
mod price_lists;
mod ranges;
mod read;
mod repeated;
mod said;
mod scan;
mod spans;
mod spoken;
mod unit_table;
mod units;
mod unknown;
mod words;

pub(crate) use grounding::{Grounds, ungrounded};

/// Whether a folded word or sign names a currency.
pub(crate) fn is_currency(word: &str) -> bool {
    matches!(units::unit(word), Some(units::Unit::Money(_) | units::Unit::Pounds))
}

/// Whether a folded word or sign names percent.
pub(crate) fn is_percent(word: &str) -> bool {
    units::unit(word) == Some(units::Unit::Percent)
}

/// Whether a folded word is a number of two or more and nothing else.
pub(crate) fn is_number_word(word: &str) -> bool {
    number_word(word).is_some()
}

/// The number of two or more that a folded word says, or words joined by spaces, if they say nothing else.
pub(crate) fn number_word(word: &str) -> Option<u32> {
    if !words::begins_number(word.split(' ').next().unwrap_or_default()) {
        return None;
    }
    let mut readings = words::readings(word).into_iter();
    readings
        .find(|number| number.value > 1 && !number.restricted && !number.needs_unit)
        .map(|number| number.value)
}
