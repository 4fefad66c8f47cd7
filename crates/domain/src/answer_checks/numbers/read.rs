//! What the numbers of a text mean: each gets its unit from what stands around it.

use super::amount::{Amount, Reading};
use super::clock::{Clock, expects_time, named_time, time_at};
use super::dates::dates_at;
use super::scan::{Number, numbers_of};
use super::units::{BETWEEN, Currency, Unit, unit};
use crate::answer_checks::language::languages_of;
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::weekday;

/// Words that may follow a number without being what it counts.
const FUNCTION_WORDS: &str = " for to and per or until till at on in by from a an is are was the if so but bis fur und oder pro im am zu ab y o e ou et para por con de da do que se si no na em pour par le la les c est alle al alla dal dalla dalle del della dei delle nel nella di per con il voor en of op van tot is untuk dan atau di ya kak saja sampai each every ist sind inklusive inkl als wenn je - ";
const JOINS: &str = " - to bis a al till until through und and y e et en dan or oder o ou of atau sampai hingga tot x ~ / alle ate au as las ";
const PRICE_WORDS: &str = " price prices priced cost costs charge pay paid kostet kosten kost preis preise cuesta cuestan precio vale custa custam preco coute coutent prix costa costano prezzo prijs harga harganya bayar ";

/// All amounts of `text` outside the `masked` ranges. `approved` texts are read generously, an answer strictly.
pub(crate) fn amounts_of(text: &Text, masked: &[(usize, usize)], approved: bool) -> Vec<Amount> {
    let numbers = numbers_of(text, languages_of(text), masked);
    let reader = Reader {
        text,
        numbers: &numbers,
        both_halves: !approved || !uses_24_hours(text, &numbers),
        approved,
    };
    let mut amounts = reader.read();
    amounts.extend((0..text.tokens.len()).filter_map(|at| {
        let token = text.tokens[at];
        named_time(text, at).map(|minutes| Amount {
            readings: vec![Reading::Time(minutes)],
            measured: Vec::new(),
            start: token.start,
            end: token.end,
        })
    }));
    amounts
}

/// Whether a text that says 13:00 or later counts the hours to 24, so that its 10:00 is in the morning.
fn uses_24_hours(text: &Text, numbers: &[Number]) -> bool {
    (0..numbers.len()).any(|at| {
        time_at(text, numbers, at, false)
            .is_some_and(|clock| clock.sure && numbers[at].whole().is_some_and(|hour| hour > 12))
    })
}

struct Reader<'t> {
    text: &'t Text,
    numbers: &'t [Number],
    both_halves: bool,
    approved: bool,
}

impl Reader<'_> {
    fn read(&self) -> Vec<Amount> {
        let mut amounts = Vec::new();
        let mut at = 0;
        while at < self.numbers.len() {
            let (readings, takes) = self.readings(at);
            let is_measure = readings.iter().any(|reading| matches!(reading, Reading::Measure(..)));
            let last = self.numbers[at + takes - 1].last;
            if !readings.is_empty() {
                amounts.push(Amount {
                    measured: if is_measure {
                        self.numbers[at].values.clone()
                    } else {
                        Vec::new()
                    },
                    readings,
                    start: self.text.tokens[self.numbers[at].first].start,
                    end: self.text.tokens[last].end,
                });
            }
            at += takes;
        }
        amounts
    }

    fn readings(&self, at: usize) -> (Vec<Reading>, usize) {
        let number = &self.numbers[at];
        if let Some((dates, takes)) = dates_at(self.text, self.numbers, at) {
            return (dates, takes);
        }
        if let Some(Reading::Date { month, .. }) = self.joined_date(at) {
            let day = number
                .whole()
                .and_then(|day| super::dates::reading(day, u32::from(month)));
            if let Some(day) = day {
                return (vec![day], 1);
            }
        }
        let clock = time_at(self.text, self.numbers, at, self.both_halves);
        if let Some(clock) = clock.as_ref().filter(|clock| clock.sure) {
            return (self.sure_time(number, clock), clock.takes);
        }
        if let Some((unit, takes, values)) = self.unit_of(at) {
            return (self.with_unit(at, unit, &values, clock), takes);
        }
        if let Some(unit) = self.borrowed_unit(at) {
            return (self.with_unit(at, unit, &number.values, clock), 1);
        }
        (self.without_unit(at, clock), 1)
    }

    /// A time; `2h30` is two and a half hours as well.
    fn sure_time(&self, number: &Number, clock: &Clock) -> Vec<Reading> {
        let mut readings: Vec<Reading> = clock.minutes.iter().map(|minutes| Reading::Time(*minutes)).collect();
        let hours = matches!(unit(self.text.word(number.last + 1)), Some(Unit::Clock { hours: true }));
        if hours && clock.takes == 2 {
            let minutes = clock.minutes.first().copied().unwrap_or_default();
            readings.push(Reading::Measure(
                u64::from(minutes) * 1_000,
                super::units::Measure::Minutes,
            ));
        }
        readings
    }

    fn with_unit(&self, at: usize, unit: Unit, values: &[u64], clock: Option<Clock>) -> Vec<Reading> {
        let values = values.iter().copied();
        match unit {
            Unit::Money(currency) => values.map(|value| Reading::Money(value, currency)).collect(),
            Unit::Cents => values
                .map(|value| Reading::Money(value / 100, Currency::Unknown))
                .collect(),
            Unit::Percent => values.map(Reading::Percent).collect(),
            Unit::Measure(..) if self.is_wished(at) => Vec::new(),
            Unit::Measure(measure, times) => values
                .filter_map(|value| Some(Reading::Measure(value.checked_mul(times)?, measure)))
                .collect(),
            Unit::Clock { hours } => {
                let expected = self.before(at, 1).and_then(expects_time);
                let strong = expected == Some(true);
                let mut readings: Vec<Reading> = Vec::new();
                if hours && !strong {
                    let minutes = values.filter_map(|value| value.checked_mul(60));
                    readings.extend(minutes.map(|value| Reading::Measure(value, super::units::Measure::Minutes)));
                }
                // `3 hours` without a word of time are no time of day, `3h` may be one.
                let short = matches!(self.text.word(self.numbers[at].last + 1), "h" | "hs" | "u");
                let day = self.before(at, 1).is_some_and(|word| weekday(word).is_some());
                // In an approved text `até 3 horas` is a span, `até 18 horas` a time.
                let late = !self.approved || self.numbers[at].whole().is_some_and(|hour| hour > 12);
                let late = late && expected == Some(false);
                if !hours || short || strong || late || day || self.joined_time(at) {
                    readings.extend(clock.into_iter().flat_map(|clock| clock.minutes).map(Reading::Time));
                }
                readings
            }
        }
    }

    /// `un buen día`, `una semana linda`: an article, not a quantity.
    fn is_wished(&self, at: usize) -> bool {
        let number = &self.numbers[at];
        if !number.article {
            return false;
        }
        let wishes = |word: &str| {
            matches!(
                word,
                "tengas" | "tenga" | "tengan" | "tenha" | "tenham" | "have" | "pase" | "passe" | "buona"
            )
        };
        self.before(at, 1).is_some_and(wishes)
            || matches!(
                unit(self.text.word(number.last + 1)),
                Some(Unit::Measure(super::units::Measure::Minutes, 1))
            )
            || (self.text.word(number.first) != "one"
                && self.text.word(number.first) != "satu"
                && matches!(
                    unit(self.text.word(number.last + 1)),
                    Some(Unit::Measure(super::units::Measure::Days, 1))
                ))
    }

    fn without_unit(&self, at: usize, clock: Option<Clock>) -> Vec<Reading> {
        let number = &self.numbers[at];
        let counts = self.counts(number.last + 1) || self.is_times(at) || self.is_age(number.last + 2);
        let expected = self.before(at, 1).and_then(expects_time);
        let near_time = self.joined_time(at) || self.before(at, 1).is_some_and(|word| weekday(word).is_some());
        let times = |readings: &mut Vec<Reading>| {
            readings.extend(
                clock
                    .iter()
                    .flat_map(|clock| &clock.minutes)
                    .map(|minutes| Reading::Time(*minutes)),
            );
        };
        let mut readings = Vec::new();
        if !counts && clock.is_some() && expected == Some(true) && !number.article {
            times(&mut readings);
            return readings;
        }
        if number.needs_unit && (number.article || !near_time) {
            return readings;
        }
        let dotted = self.text.word(number.first).contains(['.', ',']);
        if (!counts || near_time) && (expected.is_some() || near_time || dotted) {
            times(&mut readings);
        }
        let priced = !counts
            && (1..=3)
                .filter_map(|back| self.before(at, back))
                .any(|word| listed(PRICE_WORDS, word));
        readings.extend(number.values.iter().map(|value| match priced {
            true => Reading::Money(*value, Currency::Unknown),
            false => Reading::Plain { value: *value, counts },
        }));
        readings
    }

    /// The unit beside the number, how many numbers that takes, and the values with it.
    fn unit_of(&self, at: usize) -> Option<(Unit, usize, Vec<u64>)> {
        let number = &self.numbers[at];
        let after = self.unit_after(number.last);
        if let Some((unit, last)) = after.filter(|(unit, last)| !self.is_prefix_of_next(at, *last, *unit)) {
            let cents = self.cents_after(at, last, unit);
            let takes = 1 + usize::from(cents.is_some());
            let values = number
                .values
                .iter()
                .map(|value| value.saturating_add(cents.unwrap_or(0)));
            return Some((unit, takes, values.collect()));
        }
        let unit = self.currency_before(number.first).or_else(|| {
            // Thousands of what is not said are rupiah.
            matches!(self.text.word(number.last), "ribu" | "rb" | "juta" | "jt")
                .then_some(Unit::Money(Currency::Unknown))
        })?;
        Some((unit, 1, number.values.clone()))
    }

    /// The unit and its last token.
    fn unit_after(&self, last: usize) -> Option<(Unit, usize)> {
        let text = self.text;
        let mut at = last + 1;
        // `20,- €`
        let bare = matches!(text.word(at), "," | ".") && text.word(at + 1) == "-" && text.glued(at + 1);
        if bare {
            at += 2 + usize::from(text.word(at + 2) == "-");
        }
        if text.word(at) == "-" && text.glued(at) && text.glued(at + 1) && text.kind(at + 1) == Kind::Word {
            at += 1;
        }
        if matches!(text.word(at), "per" | "por" | "pour") && matches!(text.word(at + 1), "cent" | "ciento" | "cento") {
            return Some((Unit::Percent, at + 1));
        }
        if let Some(found) = self.currency_of_two(at) {
            return Some(found);
        }
        if let Some(found) = unit(text.word(at)).filter(|_| !self.is_age(at)) {
            return Some((found, at));
        }
        if listed(BETWEEN, text.word(at)) {
            return unit(text.word(at + 1)).map(|found| (found, at + 1));
        }
        bare.then_some((Unit::Money(Currency::Unknown), at - 1))
    }

    /// `7 years old`, `a 7-year-old`, by the token of the years.
    fn is_age(&self, at: usize) -> bool {
        let (next, after) = (self.text.word(at + 1), self.text.word(at + 2));
        next == "old" || (next == "-" && after == "old")
    }

    /// `R$`, `US$` and the like are two tokens.
    fn currency_of_two(&self, at: usize) -> Option<(Unit, usize)> {
        if self.text.word(at + 1) != "$" || !self.text.glued(at + 1) {
            return None;
        }
        let currency = match self.text.word(at) {
            "r" => Currency::Real,
            "mx" | "mex" => Currency::Peso,
            "us" | "ca" | "c" | "a" | "au" | "nz" | "s" | "hk" => Currency::Dollar,
            _ => return None,
        };
        Some((Unit::Money(currency), at + 1))
    }

    fn currency_before(&self, first: usize) -> Option<Unit> {
        let mut sign = first.checked_sub(1)?;
        if self.text.word(sign) == "." {
            sign = sign.checked_sub(1)?;
        }
        if let Some((unit, _)) = sign.checked_sub(1).and_then(|two| self.currency_of_two(two)) {
            return Some(unit);
        }
        let found = unit(self.text.word(sign))?;
        let taken = sign > 0 && self.numbers.iter().any(|number| number.last + 1 == sign);
        let sign_only = self.text.kind(sign) == Kind::Sign;
        (matches!(found, Unit::Money(_)) && (!taken || (sign_only && self.text.glued(first) && !self.text.glued(sign))))
            .then_some(found)
    }

    /// `5 €10` or `from 5 to $10`: the sign belongs to the number after it.
    fn is_prefix_of_next(&self, at: usize, last: usize, unit: Unit) -> bool {
        let next = self
            .numbers
            .get(at + 1)
            .is_some_and(|next| next.first == last + 1 && self.text.glued(next.first));
        next && matches!(unit, Unit::Money(_)) && !self.text.glued(last)
    }

    /// `5 euro 50`
    fn cents_after(&self, at: usize, last: usize, unit: Unit) -> Option<u64> {
        let next = self.numbers.get(at + 1).filter(|next| next.first == last + 1)?;
        let cents = next.whole().filter(|cents| (1..100).contains(cents))?;
        let alone = self.unit_after(next.last).is_none() && !self.counts(next.last + 1);
        (matches!(unit, Unit::Money(_)) && alone).then_some(u64::from(cents) * 10)
    }

    /// The unit of the number after `to`, or the currency of the one before.
    fn borrowed_unit(&self, at: usize) -> Option<Unit> {
        let mut next = at;
        while self.joined(next) {
            next += 1;
            if let Some((unit, ..)) = self.unit_of(next) {
                return Some(unit);
            }
        }
        let before = at.checked_sub(1).filter(|before| self.joined(*before))?;
        if self.counts(self.numbers[at].last + 1) {
            return None;
        }
        self.currency_before(self.numbers[before].first)
    }

    /// The date that a range of days ends with: `12 al 15 giugno`.
    fn joined_date(&self, at: usize) -> Option<Reading> {
        if !self.joined(at) {
            return None;
        }
        let (dates, _) = dates_at(self.text, self.numbers, at + 1)?;
        dates.first().copied().filter(|_| dates.len() == 1)
    }

    /// Whether the number is an hour in a range of hours.
    fn joined_time(&self, at: usize) -> bool {
        let hour = |at: usize| {
            let number = &self.numbers[at];
            let whole = number.whole().is_some_and(|hour| hour <= 24);
            let sure = time_at(self.text, self.numbers, at, true).is_some_and(|clock| clock.sure);
            let open = match self.unit_of(at) {
                None => !self.counts(number.last + 1),
                Some((unit, ..)) => matches!(unit, Unit::Clock { .. }),
            };
            sure || (whole && open)
        };
        let before = at
            .checked_sub(1)
            .filter(|before| self.joined(*before) || self.minutes_before(at));
        hour(at) && (before.is_some_and(hour) || (self.joined(at) && hour(at + 1)))
    }

    /// Whether the number before is the minutes of a time that a joining word follows: `18:30 bis 20`.
    fn minutes_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.joined(before))
    }

    /// Whether only a joining word stands between number `at` and the next.
    fn joined(&self, at: usize) -> bool {
        let Some(next) = self.numbers.get(at + 1) else {
            return false;
        };
        let between = self.numbers[at].last + 1..next.first;
        let clock = |word: &str| matches!(unit(word), Some(Unit::Clock { .. }));
        (1..=3).contains(&between.len())
            && between
                .clone()
                .all(|at| listed(JOINS, self.text.word(at)) || clock(self.text.word(at)))
            && between.clone().any(|at| listed(JOINS, self.text.word(at)))
    }

    fn before(&self, at: usize, back: usize) -> Option<&str> {
        let at = self.numbers[at].first.checked_sub(back)?;
        Some(self.text.word(at)).filter(|word| !word.is_empty())
    }

    /// `2x1`, `30 x 40`: neither number is a price.
    fn is_times(&self, at: usize) -> bool {
        let number = &self.numbers[at];
        self.text.word(number.last + 1) == "x" || self.before(at, 1) == Some("x")
    }

    /// Whether token `at` can be what a number counts.
    fn counts(&self, at: usize) -> bool {
        self.text.kind(at) == Kind::Word && !listed(FUNCTION_WORDS, self.text.word(at))
    }
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}
