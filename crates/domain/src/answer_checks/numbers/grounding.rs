//! Whether what an answer says in numbers stands in an approved text.

use std::collections::HashSet;

use super::amount::{Amount, Reading};
use super::read::amounts_of;
use super::units::{Currency, Measure, Unit, unit};
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::{Weekdays, weekdays_of};

/// Everything that approved texts say in numbers.
#[derive(Default)]
pub(crate) struct Grounds {
    plain: HashSet<u64>,
    /// Numbers that no noun follows: a unit may stand elsewhere in the text.
    alone: HashSet<u64>,
    money: HashSet<(u64, Currency)>,
    percent: HashSet<u64>,
    measures: HashSet<(u64, Measure)>,
    times: HashSet<u32>,
    dates: HashSet<(u8, u8)>,
    currencies: HashSet<Currency>,
    measured: HashSet<Measure>,
    days: Weekdays,
}

impl Grounds {
    /// Adds what `text` says outside the `masked` ranges.
    pub(crate) fn add(&mut self, text: &Text, masked: &[(usize, usize)]) {
        for at in (0..text.tokens.len()).filter(|at| matches!(text.kind(*at), Kind::Word | Kind::Sign)) {
            match unit(text.word(at)) {
                Some(Unit::Money(Currency::DollarSign)) | None => {}
                Some(Unit::Money(currency)) => drop(self.currencies.insert(currency)),
                Some(Unit::Measure(measure, _)) => drop(self.measured.insert(measure)),
                Some(_) => {}
            }
        }
        for reading in amounts_of(text, masked, true)
            .into_iter()
            .flat_map(|amount| amount.readings)
        {
            match reading {
                Reading::Plain { value, counts } => {
                    self.plain.insert(value);
                    if !counts {
                        self.alone.insert(value);
                    }
                }
                Reading::Money(value, currency) => drop(self.money.insert((value, currency))),
                Reading::Percent(value) => drop(self.percent.insert(value)),
                Reading::Measure(value, measure) => drop(self.measures.insert((value, measure))),
                Reading::Time(minutes) => drop(self.times.insert(minutes)),
                Reading::Date { day, month } => drop(self.dates.insert((day, month))),
            }
        }
        self.days.add(weekdays_of(text, true));
    }

    /// What a customer said: quantities and days may be repeated, prices, percentages and times may not.
    fn holds_said(&self, amount: &Amount) -> bool {
        let repeated = |reading: &Reading| match reading {
            Reading::Plain { value, .. } => {
                self.plain.contains(value) || self.measures.iter().any(|(measured, _)| measured == value)
            }
            Reading::Measure(value, measure) => self.measures.contains(&(*value, *measure)),
            Reading::Date { day, month } => self.dates.contains(&(*day, *month)),
            Reading::Money(..) | Reading::Percent(_) | Reading::Time(_) => false,
        };
        amount.readings.iter().all(repeated)
    }

    fn holds(&self, amount: &Amount) -> bool {
        amount.readings.iter().any(|reading| self.holds_reading(*reading))
    }

    fn holds_reading(&self, reading: Reading) -> bool {
        match reading {
            Reading::Plain { value, counts: true } => self.plain.contains(&value),
            Reading::Plain { value, counts: false } => {
                self.plain.contains(&value)
                    || self.money.iter().any(|(money, _)| *money == value)
                    || self.measures.iter().any(|(measured, _)| *measured == value)
                    || (value % 1_000 == 0 && value <= 24_000 && self.has_hour(value / 1_000))
            }
            Reading::Money(value, currency) => {
                self.money
                    .iter()
                    .any(|(money, other)| *money == value && self.alike(currency, *other))
                    || (self.alone.contains(&value) && self.currencies.iter().any(|other| self.alike(currency, *other)))
            }
            Reading::Percent(value) => self.percent.contains(&value),
            Reading::Measure(value, measure) => {
                self.measures.contains(&(value, measure))
                    || (self.measured.contains(&measure) && self.alone.contains(&value))
            }
            Reading::Time(minutes) => self.times.contains(&minutes),
            Reading::Date { day, month } => self.dates.contains(&(day, month)),
        }
    }

    fn has_hour(&self, hour: u64) -> bool {
        let minutes = u32::try_from(hour * 60).unwrap_or(u32::MAX);
        self.times.contains(&minutes) || (hour <= 12 && self.times.contains(&((minutes + 720) % 1_440)))
    }

    fn alike(&self, said: Currency, approved: Currency) -> bool {
        let pesos = self.currencies.contains(&Currency::Peso);
        let sign = |currency: Currency, other: Currency| {
            currency == Currency::DollarSign && (other == Currency::Dollar && !pesos || other == Currency::Peso)
        };
        said == approved
            || said == Currency::Unknown
            || approved == Currency::Unknown
            || sign(said, approved)
            || (approved == Currency::DollarSign
                && match said {
                    Currency::Dollar => !pesos,
                    Currency::Peso => pesos,
                    _ => false,
                })
    }
}

/// The first amount of `answer` that neither `approved` texts nor the customer's `said` words allow; `None` when all stand. A
/// weekday counts like a number.
pub(crate) fn is_grounded(answer: &Text, masked: &[(usize, usize)], approved: &Grounds, said: &Grounds) -> bool {
    let mut days = approved.days;
    days.add(said.days);
    weekdays_of(answer, false).lies_within(days)
        && amounts_of(answer, masked, false)
            .iter()
            .all(|amount| approved.holds(amount) || said.holds_said(amount))
}
