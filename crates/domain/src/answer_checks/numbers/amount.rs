//! What a number in a text says: one or more readings, each with its unit.

use super::units::{Currency, Measure};

/// One reading of a number. Plain values, money, percentages and measures are in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// No known unit. `counts` when a noun follows.
    Plain {
        value: u64,
        counts: bool,
    },
    Money(u64, Currency),
    Percent(u64),
    Measure(u64, Measure),
    /// Minutes after midnight.
    Time(u32),
    /// Day and month.
    Date {
        day: u8,
        month: u8,
    },
    /// Never closed: `24/7`.
    AroundTheClock,
    /// All days of a week.
    EveryDay,
}

/// A number with all its readings; it is grounded when one of them is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) readings: Vec<Reading>,
    /// The values as written, before conversion, where something is measured.
    pub(crate) measured: Vec<u64>,
    /// Where it begins in the folded text.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Amount {
    pub(crate) fn has_time(&self) -> bool {
        self.readings.iter().any(|reading| matches!(reading, Reading::Time(_)))
    }
}

/// The thousandths a written number may mean: `1.250` is 1,250 or 1.25. What is written as no number is, stands for itself.
pub(crate) fn values(literal: &str) -> Vec<u64> {
    let values = understood(literal);
    if values.is_empty() {
        vec![itself(literal)]
    } else {
        values
    }
}

/// A value that no number has, the same for the same digits.
fn itself(literal: &str) -> u64 {
    let mixed = literal.bytes().fold(0xCBF2_9CE4_8422_2325, |mixed: u64, byte| {
        (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    mixed | 1 << 63
}

fn understood(literal: &str) -> Vec<u64> {
    let digits: String = literal.chars().filter(char::is_ascii_digit).collect();
    let separators: Vec<(usize, char)> = literal.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let whole = || digits.parse::<u64>().ok().and_then(|value| value.checked_mul(1_000));
    let Some((last, sign)) = separators.last().copied() else {
        return whole().into_iter().collect();
    };
    let after = literal.len() - last - 1;
    let first = separators[0].0;
    let grouped = (1..=3).contains(&first)
        && separators.windows(2).all(|pair| pair[1].0 - pair[0].0 == 4)
        && separators.iter().rev().skip(1).all(|(_, c)| *c == separators[0].1);
    let mut found = Vec::new();
    let one_sign = separators.iter().all(|(_, c)| *c == sign);
    if grouped && after == 3 && one_sign {
        found.extend(whole());
    }
    let decimal = separators.len() == 1 || (grouped && separators[0].1 != sign);
    if decimal && sign != '\'' && after <= 3 {
        let scale = 10_u64.pow(3 - u32::try_from(after).unwrap_or(3));
        found.extend(digits.parse::<u64>().ok().and_then(|value| value.checked_mul(scale)));
    }
    found
}

/// Hours and minutes of `10.30` or `1030`.
pub(crate) fn hours_and_minutes(literal: &str) -> Option<u32> {
    let (hours, minutes) = literal.split_once(['.', ','])?;
    if minutes.len() != 2 {
        return None;
    }
    minutes_of(hours.parse().ok()?, minutes.parse().ok()?)
}

/// Minutes after midnight.
pub(crate) fn minutes_of(hours: u32, minutes: u32) -> Option<u32> {
    let of_a_day = hours < 24 || (hours == 24 && minutes == 0);
    (of_a_day && minutes < 60).then(|| hours * 60 + minutes)
}
