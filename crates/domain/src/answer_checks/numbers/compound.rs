//! What two numbers say together, or a number with more than a unit: `nine fifty`, `1 hour 30 minutes`, `May 3, 10 and 17`, `7 days a week`.

use super::amount::{Reading, minutes_of};
use super::clock::{both, half_of_day};
use super::dates::date_after_month;
use super::fractions;
use super::read::{Reader, listed};
use super::units::{Currency, Measure, Unit, unit};
use crate::answer_checks::language::Language;

impl Reader<'_> {
    /// `hora y media`, without a number before it.
    pub(super) fn one_and_a_part(&self, at: usize) -> Option<Reading> {
        let size = match unit(self.text.word(at))? {
            Unit::Measure(Measure::Minutes, 60) | Unit::Clock { hours: true } => 60,
            _ => return None,
        };
        let (part, _) = fractions::after_unit(self.text, at)
            .filter(|_| self.text.word(at).len() > 2 && self.text.word(at) != "jam")?;
        let taken = self
            .numbers
            .iter()
            .any(|number| (number.first..=number.last + 2).contains(&at));
        (!taken).then_some(Reading::Measure((1_000 + part) * size, Measure::Minutes))
    }

    /// `quinze jours` are two weeks.
    pub(super) fn is_romance_fortnight(&self, at: usize, measure: Measure) -> bool {
        let number = &self.numbers[at];
        !self.approved
            && measure == Measure::Days
            && matches!(self.text.word(number.first), "quinze" | "quindici" | "quince" | "15")
            && number.whole() == Some(15)
            && !self.languages.has(Language::English)
            && !self.languages.has(Language::German)
    }

    /// `10` of `May 3, 10 and 17`, which may be a quantity too.
    pub(super) fn day_after_month(&self, at: usize) -> Option<Vec<Reading>> {
        let date = date_after_month(self.text, self.numbers, at)?;
        let plain = self.numbers[at].values.iter().map(|value| Reading::Plain {
            value: *value,
            counts: self.counts(self.numbers[at].last + 1),
        });
        Some(std::iter::once(date).chain(plain).collect())
    }

    /// `one hour and 30 minutes`, in thousandths of a minute.
    pub(super) fn hours_and_minutes(&self, at: usize) -> Option<u64> {
        let (number, next) = (&self.numbers[at], self.numbers.get(at + 1)?);
        let (unit, last) = self.unit_after(number.last)?;
        let hours = matches!(unit, Unit::Measure(Measure::Minutes, 60) | Unit::Clock { hours: true });
        let and = usize::from(listed(" and und y e et en dan ", self.text.word(last + 1)));
        let (minutes, _) = self.unit_after(next.last)?;
        let whole = next.whole().filter(|minutes| (1..60).contains(minutes))?;
        let stop = usize::from(self.text.word(last + 1) == "." && self.text.glued(last + 1));
        let joined = hours && next.first == last + 1 + and + stop && minutes == Unit::Measure(Measure::Minutes, 1);
        joined.then(|| u64::from(number.whole().unwrap_or(0)) * 60_000 + u64::from(whole) * 1_000)
    }

    /// `nine fifty`: ten to ten, or a price.
    pub(super) fn spoken_pair(&self, at: usize) -> Option<Vec<Reading>> {
        let (number, next) = (&self.numbers[at], self.numbers.get(at + 1)?);
        let (first, second) = (number.whole()?, next.whole()?);
        let and = listed("e y et", self.text.word(number.last + 1)) && second % 5 == 0;
        let between = self
            .before(at, 1)
            .is_some_and(|word| listed("entre tra fra between", word));
        let after = number.last + 1 + usize::from(and && !between);
        let beside = next.first == after
            && !number.digits
            && !next.digits
            && (!number.article || self.text.word(number.first) == "one");
        let counted = self.counts(next.last + 1) && half_of_day(self.text, next.last + 1).is_none();
        if !beside || !(10..100).contains(&second) || first >= 1_000 || counted {
            return None;
        }
        let currency = match self.unit_after(next.last) {
            None => Currency::Unknown,
            Some((Unit::Money(currency), _)) => currency,
            Some(_) => return None,
        };
        let price = u64::from(first) * 1_000 + u64::from(second) * 10;
        let half = half_of_day(self.text, next.last + 1);
        let times = minutes_of(first, second).into_iter().flat_map(|minutes| match half {
            Some(half) => vec![half.of(minutes)],
            None => both(minutes, true),
        });
        let mut readings = vec![Reading::Money(price, currency)];
        readings.extend(times.map(Reading::Time));
        let year = u64::from(first) * 100_000 + u64::from(second) * 1_000;
        readings.extend(matches!(first, 18..=20).then_some(Reading::Plain {
            value: year,
            counts: false,
        }));
        Some(readings)
    }

    /// `seven days a week`, `7 días a la semana`
    pub(super) fn is_every_day(&self, at: usize) -> bool {
        const LINKS: &str = " a per die der in pro por par alla la de / ";
        let number = &self.numbers[at];
        let unit_at = number.last + 1;
        let week = |word: &str| unit(word) == Some(Unit::Measure(Measure::Days, 7));
        let mut after = unit_at + 1;
        while after < unit_at + 4 && listed(LINKS, self.text.word(after)) {
            after += 1;
        }
        let weekly = self.text.word(unit_at + 1) == "seminggu";
        number.whole() == Some(7) && (weekly || (after > unit_at + 1 && week(self.text.word(after))))
    }

    /// `3/4` may be three quarters.
    pub(super) fn with_fraction(&self, at: usize, mut dates: Vec<Reading>) -> Vec<Reading> {
        let fraction = fractions::in_digits(self.text, self.numbers[at].first);
        dates.extend(fraction.map(|(value, _)| Reading::Plain { value, counts: false }));
        dates
    }
}
