//! Whether what an answer says in numbers stands in an approved text.

use std::collections::HashSet;

use super::amount::{Amount, Reading};
use super::mentions::{Mention, is_age_of, mentioned_beside, mentions_of, months_beside};
use super::named::{code_at, identifies, says_around_the_clock};
use super::read::amounts_of;
use super::said::hands_on;
use super::spans::same_span;
use super::units::{Currency, Measure};
use crate::answer_checks::language::{Language, languages_of};
use crate::answer_checks::opening::Days;
use crate::answer_checks::text::Text;

/// Everything that approved texts say in numbers.
#[derive(Default)]
pub(crate) struct Grounds {
    plain: HashSet<u64>,
    /// Numbers that no noun follows, with each unit that stands elsewhere in the same line: `Days of delivery: 3-5`.
    alone: HashSet<(u64, Mention)>,
    money: HashSet<(u64, Currency)>,
    percent: HashSet<u64>,
    measures: HashSet<(u64, Measure)>,
    /// What is measured, as it is written.
    written: HashSet<u64>,
    times: HashSet<u32>,
    dates: HashSet<(u8, u8)>,
    currencies: HashSet<Currency>,
    /// Where Spanish is written, `$` may be pesos.
    spanish: bool,
    days: Days,
    /// Letters with digits: models, orders.
    codes: HashSet<String>,
    around_the_clock: bool,
}

/// A customer's quantity is repeated up to here, in thousandths: nobody orders more, but many would like to have it confirmed. What is
/// larger and no quantity is the number of an order, a postcode or a year, which are written without signs between the digits.
const MOST_SAID: u64 = 999_000;

/// Minutes: 24:00 is 0:00.
const DAY: u32 = 1_440;

impl Grounds {
    /// Adds what `text` says outside the `masked` ranges.
    pub(crate) fn add(&mut self, text: &Text, masked: &[(usize, usize)]) {
        let mentions = mentions_of(text);
        self.currencies
            .extend(mentions.iter().filter_map(|(_, mention)| match mention {
                Mention::Currency(currency) => Some(*currency),
                Mention::Measure(_) => None,
            }));
        for amount in amounts_of(text, masked, true) {
            self.written.extend(&amount.measured);
            for reading in &amount.readings {
                self.add_reading(*reading);
                if let Reading::Plain { value, counts: false } = reading {
                    let beside = mentioned_beside(text, amount.start, &mentions);
                    // What may be an hour is no price, and `$` needs cents: it stands beside many other numbers.
                    let whole = value % 1_000 == 0;
                    let priced = |mention: &Mention| match mention {
                        Mention::Currency(Currency::DollarSign) => !whole,
                        Mention::Currency(_) => !(whole && amount.has_time()),
                        Mention::Measure(_) => true,
                    };
                    self.alone
                        .extend(beside.filter(priced).map(|mention| (*value, mention)));
                }
            }
        }
        self.spanish |= languages_of(text).has(Language::Spanish);
        self.days.add(text);
        self.codes
            .extend((0..text.tokens.len()).filter_map(|at| code_at(text, at)));
        self.around_the_clock |= says_around_the_clock(text);
    }

    fn add_reading(&mut self, reading: Reading) {
        match reading {
            Reading::Plain { value, .. } => drop(self.plain.insert(value)),
            Reading::Money(value, currency) => drop(self.money.insert((value, currency))),
            Reading::Percent(value) => drop(self.percent.insert(value)),
            Reading::Measure(value, measure) => drop(self.measures.insert((value, measure))),
            Reading::Time(minutes) => drop(self.times.insert(minutes % DAY)),
            Reading::Date { day, month } => drop(self.dates.insert((day, month))),
            Reading::AroundTheClock => self.around_the_clock = true,
            Reading::EveryDay => {}
        }
    }

    /// What a customer said: quantities and days may be repeated, prices and percentages may not, and times only where `answer` hands
    /// them on or turns them down.
    fn holds_said(&self, amount: &Amount, answer: &Text) -> bool {
        let written = &answer.folded[amount.start..amount.end];
        let digits = written.bytes().all(|byte| byte.is_ascii_digit());
        let timed = amount.has_time();
        let repeated = |reading: &Reading| match reading {
            // What may be a time is repeated as a time.
            Reading::Plain { .. } if timed => true,
            Reading::Plain { value, .. } if *value > MOST_SAID && !digits => false,
            Reading::Plain { value, counts: true } if *value > MOST_SAID => {
                self.plain.contains(value) && identifies(answer, amount.start)
            }
            Reading::Plain { value, .. } => {
                self.plain.contains(value) || self.written.contains(value) || self.has_day(*value)
            }
            Reading::Measure(value, measure) => {
                let alone = |value: &u64| self.alone.contains(&(*value, Mention::Measure(*measure)));
                self.holds_measure(*value, *measure) || amount.measured.iter().any(alone)
            }
            Reading::Date { day, month } => self.dates.contains(&(*day, *month)),
            Reading::Time(minutes) => self.times.contains(&(minutes % DAY)) && hands_on(answer, amount.start),
            Reading::Money(..) | Reading::Percent(_) | Reading::AroundTheClock | Reading::EveryDay => false,
        };
        amount.readings.iter().all(repeated)
    }

    /// Whether `value` is the day of a date: `the 12th` of August.
    fn has_day(&self, value: u64) -> bool {
        self.dates.iter().any(|(day, _)| u64::from(*day) * 1_000 == value)
    }

    /// `children up to eleven`, where eleven years are approved.
    fn holds_age(&self, amount: &Amount, text: &Text) -> bool {
        let known = |reading: &Reading| match reading {
            Reading::Plain { value, .. } => value
                .checked_mul(12)
                .is_some_and(|months| self.measures.contains(&(months, Measure::Months))),
            _ => false,
        };
        amount.readings.iter().any(known) && is_age_of(text, amount.start)
    }

    /// `in August from day 1 to day 31`: the month stands elsewhere in the sentence.
    fn holds_day(&self, amount: &Amount, text: &Text) -> bool {
        let days = amount.readings.iter().filter_map(|reading| match reading {
            Reading::Plain { value, .. } if value.is_multiple_of(1_000) => u8::try_from(value / 1_000).ok(),
            _ => None,
        });
        let months = months_beside(text, amount.start);
        let known = |day: u8| months.iter().any(|month| self.dates.contains(&(day, *month)));
        !amount.has_time() && days.into_iter().any(known)
    }

    /// Whether the digits that `amount` begins with end a code that stands here.
    fn has_code(&self, amount: &Amount, text: &Text) -> bool {
        let at = text.tokens.partition_point(|token| token.start < amount.start);
        code_at(text, at).is_some_and(|code| self.codes.contains(&code))
    }

    fn holds(&self, amount: &Amount) -> bool {
        let timed = amount.has_time();
        let measured = |reading: &Reading| match reading {
            Reading::Measure(_, measure) => {
                let mention = Mention::Measure(*measure);
                amount
                    .measured
                    .iter()
                    .any(|value| self.alone.contains(&(*value, mention)))
            }
            _ => false,
        };
        amount
            .readings
            .iter()
            .any(|reading| self.holds_reading(*reading, timed))
            || amount.readings.iter().any(measured)
    }

    fn holds_reading(&self, reading: Reading, timed: bool) -> bool {
        match reading {
            Reading::Plain { value, counts: true } => self.plain.contains(&value),
            Reading::Plain { value, counts: false } => {
                self.plain.contains(&value)
                    || self.money.iter().any(|(money, _)| *money == value)
                    || (!timed && self.written.contains(&value))
                    || (value % 1_000 == 0 && value <= 24_000 && self.has_hour(value / 1_000))
            }
            Reading::Money(value, currency) => {
                self.money
                    .iter()
                    .any(|(money, other)| *money == value && self.alike(currency, *other))
                    || self.currencies.iter().any(|other| {
                        self.alike(currency, *other) && self.alone.contains(&(value, Mention::Currency(*other)))
                    })
            }
            Reading::Percent(value) => self.percent.contains(&value),
            Reading::Measure(value, measure) => self.holds_measure(value, measure),
            Reading::Time(minutes) => self.times.contains(&(minutes % DAY)),
            Reading::Date { day, month } => self.dates.contains(&(day, month)),
            Reading::AroundTheClock => self.around_the_clock,
            Reading::EveryDay => self.days.are_all(),
        }
    }

    fn holds_measure(&self, value: u64, measure: Measure) -> bool {
        self.measures.contains(&(value, measure))
            || same_span(value, measure).is_some_and(|other| self.measures.contains(&other))
    }

    fn has_hour(&self, hour: u64) -> bool {
        let minutes = u32::try_from(hour * 60).unwrap_or(u32::MAX);
        self.times.contains(&(minutes % DAY)) || (hour <= 12 && self.times.contains(&((minutes + DAY / 2) % DAY)))
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
                    Currency::Peso => pesos || (self.spanish && !self.currencies.contains(&Currency::Dollar)),
                    _ => false,
                })
    }
}

/// Whether `approved` texts or the customer's `said` words allow each amount and weekday of `answer`.
pub(crate) fn is_grounded(answer: &Text, masked: &[(usize, usize)], approved: &Grounds, said: &Grounds) -> bool {
    let allowed = |amount: &Amount| {
        approved.holds(amount)
            || approved.holds_age(amount, answer)
            || approved.holds_day(amount, answer)
            || approved.has_code(amount, answer)
            || said.holds_said(amount, answer)
            || said.has_code(amount, answer)
    };
    approved.days.hold(answer, &said.days) && amounts_of(answer, masked, false).iter().all(allowed)
}
