//! Whether a number after a word such as *at* or *of* is an hour, and whether hours are a time or last.

use super::amount::{Reading, hours_and_minutes};
use super::clock::{Clock, expects_time};
use super::read::{Reader, listed};
use super::scan::Number;
use super::units::Measure;
use crate::answer_checks::language::{Language, Languages};

/// Minutes.
const SHORT_SPAN: u32 = 300;

impl Reader<'_> {
    /// A time; `2h30` is two and a half hours as well.
    pub(super) fn sure_time(&self, at: usize, clock: &Clock) -> Vec<Reading> {
        let span = clock
            .span
            .map(|minutes| Reading::Measure(u64::from(minutes) * 1_000, Measure::Minutes));
        // Where hours are counted to 24, nothing opens at `1h30` unless a word of time says so.
        let expected = self.before(at, 1).and_then(expects_time).is_some() || self.joined_time(at);
        let short = clock.span.is_some_and(|minutes| minutes < SHORT_SPAN);
        let lasts = self.approved && short && !expected;
        let times = clock
            .minutes
            .iter()
            .filter(|_| !lasts)
            .map(|minutes| Reading::Time(*minutes));
        times.chain(span).collect()
    }

    /// Whether a word before the number announces a time, whatever follows.
    pub(super) fn is_said_hour(&self, at: usize) -> bool {
        match self.before(at, 1) {
            Some("um" | "om" | "at" | "gegen" | "alle" | "rond" | "vers") => true,
            // `le 10 persone` are people, `le 16.15 chiedi` is a time.
            Some("le") => {
                let dotted = self.text.word(self.numbers[at].first).contains('.');
                dotted && self.languages.has(Language::Italian)
            }
            Some("las") => self
                .before(at, 2)
                .is_some_and(|word| listed("a sobre hacia hasta desde para de antes y", word)),
            _ => false,
        }
    }

    /// `16.15 uur`: digits of a time that is too late in the day to be a span.
    pub(super) fn is_dotted_hour(&self, at: usize) -> bool {
        let number = &self.numbers[at];
        let literal = self.text.word(number.first);
        number.digits && hours_and_minutes(literal).is_some_and(|minutes| minutes >= SHORT_SPAN)
    }

    /// `le 14`: a day in French, an hour in Italian.
    pub(super) fn is_french_day(&self, at: usize) -> bool {
        self.before(at, 1) == Some("le") && !self.languages.has(Language::Italian)
    }

    /// `11 a 18 hrs`: hours in short that go on after noon are times, and may last too.
    pub(super) fn is_late_range(&self, at: usize) -> bool {
        let hour = |at: usize| self.numbers.get(at).and_then(Number::whole).filter(|hour| *hour <= 24);
        let late = |from: usize| {
            let ends = hour(from).zip(hour(from + 1));
            self.joined(from) && ends.is_some_and(|(from, to)| from < to && to > 12)
        };
        let last = |at: usize| self.numbers.get(at).map_or(0, |number| number.last);
        let short = [at, at + 1].map(|at| self.text.word(last(at) + 1)).contains(&"hrs");
        short && (late(at) || at.checked_sub(1).is_some_and(late))
    }

    /// `los de 4`: only the beginning of a range stands after *of* as a time.
    pub(super) fn is_of(&self, at: usize) -> bool {
        self.before(at, 1)
            .is_some_and(|word| listed("de of von van da di del des du dari", word))
    }

    /// `à quatre`: French says a time with its unit, and so many people without.
    pub(super) fn is_french_a(&self, at: usize) -> bool {
        let word = self.before(at, 1) == Some("a") && !self.numbers[at].digits;
        word && self.languages == Languages::only(Language::French)
    }
}
