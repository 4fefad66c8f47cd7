//! Whether what an answer says in numbers stands in an approved text.

use std::collections::HashSet;

use super::amount::{Amount, Reading};
use super::mentions::{
    Mention, day_in_range, is_age_of, measured_before, mentioned_beside, mentions_of, months_beside,
};
use super::named::{code_at, says_around_the_clock};
use super::possible::possible_readings;
use super::price_lists::{listed_prices, unsigned_prices};
use super::read::amounts_of;
use super::repeated::names_budget;
use super::spans::same_span;
use super::units::{Currency, Measure};
use crate::answer_checks::held_piece::Place;
use crate::answer_checks::language::{Language, languages_of};
use crate::answer_checks::opening::Days;
use crate::answer_checks::text::{Kind, Text};

/// Everything that approved texts say in numbers.
#[derive(Default)]
pub(crate) struct Grounds {
    pub(super) plain: HashSet<u64>,
    /// Numbers that no noun follows, with each unit that stands elsewhere in the same line: `Days of delivery: 3-5`.
    pub(super) alone: HashSet<(u64, Mention)>,
    money: HashSet<(u64, Currency)>,
    percent: HashSet<u64>,
    measures: HashSet<(u64, Measure)>,
    /// What is measured, as it is written.
    pub(super) written: HashSet<u64>,
    pub(super) times: HashSet<u32>,
    pub(super) dates: HashSet<(u8, u8)>,
    /// Written like prices, without a unit: `coffee 2,80, cake 4,50`.
    cents: HashSet<u64>,
    /// Numbers of a size: `70x40x40`.
    pub(super) sizes: HashSet<u64>,
    currencies: HashSet<Currency>,
    /// Where Spanish is written, `$` may be pesos.
    spanish: bool,
    days: Days,
    /// Letters with digits: models, orders.
    codes: HashSet<String>,
    around_the_clock: bool,
    names_budget: bool,
}

/// Minutes: 24:00 is 0:00.
pub(super) const DAY: u32 = 1_440;

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
            self.add_unsaid(&amount, text);
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
        for reading in possible_readings(text, masked) {
            self.add_reading(reading);
        }
        self.cents.extend(unsigned_prices(text, masked));
        for (start, value) in listed_prices(text, masked) {
            let beside = mentioned_beside(text, start, &mentions);
            let currencies = beside.filter(|mention| matches!(mention, Mention::Currency(_)));
            self.alone.extend(currencies.map(|mention| (value, mention)));
        }
        self.spanish |= languages_of(text).has(Language::Spanish);
        self.days.add(text);
        self.codes
            .extend((0..text.tokens.len()).filter_map(|at| code_at(text, at)));
        self.around_the_clock |= says_around_the_clock(text);
        self.names_budget |= names_budget(text);
    }

    /// Adds what a number without a unit says by the way it is written.
    fn add_unsaid(&mut self, amount: &Amount, text: &Text) {
        let timed = amount.has_time();
        for reading in &amount.readings {
            let Reading::Plain { value, .. } = *reading else {
                continue;
            };
            self.dates.extend(day_in_range(text, amount.start, value, timed));
            let literal = &text.folded[amount.start..amount.end];
            // `rated 4.85` is no price.
            let cents = has_cents(literal) && literal.contains(',');
            if cents && !timed {
                self.cents.insert(value);
            }
            if is_of_size(text, amount.start) {
                self.sizes.insert(value);
            }
        }
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

    /// `nine weeks, where it should be six to eight`: the range is of weeks too.
    fn holds_shared_unit(&self, amount: &Amount, text: &Text) -> bool {
        let plain = |reading: &Reading| match reading {
            Reading::Plain { value, counts: false } => Some(*value),
            _ => None,
        };
        let shared = |(measure, size): (Measure, u64)| {
            let mut values = amount.readings.iter().filter_map(plain);
            values.any(|value| {
                value
                    .checked_mul(size)
                    .is_some_and(|value| self.holds_measure(value, measure))
            })
        };
        measured_before(text, amount.start).is_some_and(shared)
    }

    /// Whether `value` is written like a price, and `currency` is the only one of the approved texts.
    fn holds_cents(&self, value: u64, currency: Currency) -> bool {
        let mut others = self.currencies.iter();
        self.cents.contains(&value) && others.all(|other| self.alike(currency, *other)) && !self.currencies.is_empty()
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
                    || self.holds_cents(value, currency)
            }
            Reading::Percent(value) => self.percent.contains(&value),
            Reading::Measure(value, measure) => self.holds_measure(value, measure),
            Reading::Time(minutes) => self.times.contains(&(minutes % DAY)),
            Reading::Date { day, month } => self.dates.contains(&(day, month)),
            Reading::AroundTheClock => self.around_the_clock,
            Reading::EveryDay => self.days.are_all(),
        }
    }

    /// Whether `value` stands here as money of that currency, or as a number where a budget is named.
    pub(super) fn names_sum(&self, value: u64, currency: Currency) -> bool {
        let money = |(money, other): &(u64, Currency)| *money == value && self.alike(currency, *other);
        self.money.iter().any(money) || (self.names_budget && self.plain.contains(&value))
    }

    pub(super) fn holds_measure(&self, value: u64, measure: Measure) -> bool {
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
                    Currency::Peso => pesos || self.spanish,
                    _ => false,
                })
    }
}

/// `4,50`
pub(super) fn has_cents(literal: &str) -> bool {
    let parts = literal.split_once([',', '.']);
    parts.is_some_and(|(whole, cents)| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        cents.len() == 2 && digits(whole) && digits(cents)
    })
}

/// Whether the digits that begin at `start` are multiplied with others beside them.
fn is_of_size(text: &Text, start: usize) -> bool {
    let at = text.tokens.partition_point(|token| token.start < start);
    let times = |sign: usize, other: usize| text.word(sign) == "x" && text.kind(other) == Kind::Number;
    times(at + 1, at + 2) || at.checked_sub(2).is_some_and(|other| times(at - 1, other))
}

/// Where the first weekday or amount of `answer` stands that neither `approved` texts nor the customer's `said` words allow.
pub(crate) fn ungrounded(answer: &Text, masked: &[Place], approved: &Grounds, said: &Grounds) -> Option<Place> {
    let allowed = |amount: &Amount| {
        approved.holds(amount)
            || approved.holds_age(amount, answer)
            || approved.holds_day(amount, answer)
            || approved.holds_shared_unit(amount, answer)
            || approved.has_code(amount, answer)
            || said.holds_said(amount, answer)
            || said.has_code(amount, answer)
    };
    let day = approved.days.first_unknown(answer, &said.days);
    let amount = || {
        amounts_of(answer, masked, false)
            .into_iter()
            .find(|amount| !allowed(amount))
    };
    day.map(|at| (answer.tokens[at].start, answer.tokens[at].end))
        .or_else(|| amount().map(|amount| (amount.start, amount.end)))
}
