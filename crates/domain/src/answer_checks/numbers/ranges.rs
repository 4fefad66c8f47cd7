//! Whether two numbers are the ends of a range, and of hours: `from 9 to six`, `18:30 bis 20`, `8.30-16u`.

use super::amount::hours_and_minutes;
use super::clock::{expects_time, time_at};
use super::read::{Reader, listed};
use super::units::{Unit, unit};

const JOINS: &str = " - to bis a al till until through und and y e et en dan or oder o ou of atau sampai hingga tot x ~ / alle ate au as las 到 至 から 에서 부터 до الى ile ";

impl Reader<'_> {
    /// Whether the number is an hour in a range of hours.
    pub(super) fn joined_time(&self, at: usize) -> bool {
        let hour = |at: usize| {
            let number = &self.numbers[at];
            let dotted = number.digits && hours_and_minutes(self.text.word(number.first)).is_some();
            let whole = dotted || number.whole().is_some_and(|hour| hour <= 24);
            let sure = time_at(self.text, self.numbers, at, true).is_some_and(|clock| clock.sure);
            let open = match self.unit_of(at) {
                None => !self.counts(number.last + 1),
                Some((unit, ..)) => matches!(unit, Unit::Clock { .. }),
            };
            sure || dotted || (whole && open)
        };
        let before = at
            .checked_sub(1)
            .filter(|before| self.joined(*before) || self.minutes_before(at));
        // `los de 4 y 7` are no hours unless one of them says so.
        let together = |one: usize, other: usize| {
            hour(one)
                && hour(other)
                && (!self.is_listed(one.min(other)) || self.is_surely_hour(one) || self.is_surely_hour(other))
        };
        before.is_some_and(|before| together(before, at)) || (self.joined(at) && together(at, at + 1))
    }

    /// Whether *and* or *or* stands between number `at` and the next.
    fn is_listed(&self, at: usize) -> bool {
        let next = self.numbers.get(at + 1).map_or(0, |next| next.first);
        (self.numbers[at].last + 1..next)
            .any(|at| listed("and und y e et en dan or oder o ou of atau", self.text.word(at)))
    }

    fn is_surely_hour(&self, at: usize) -> bool {
        let number = &self.numbers[at];
        let strong = self.before(at, 1).and_then(expects_time) == Some(true);
        let dotted = number.digits && hours_and_minutes(self.text.word(number.first)).is_some();
        let clock = self.text.word(number.last + 1);
        strong
            || dotted
            || matches!(unit(clock), Some(Unit::Clock { .. }))
            || time_at(self.text, self.numbers, at, true).is_some_and(|clock| clock.sure)
    }

    /// Whether the number before is the minutes of a time that a joining word follows: `18:30 bis 20`.
    fn minutes_before(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.joined(before))
    }

    /// `4-10 -50%`
    fn is_minus(&self, at: usize) -> bool {
        self.text.word(at) == "-" && !self.text.glued(at) && self.text.glued(at + 1)
    }

    /// Whether only a joining word stands between number `at` and the next.
    pub(super) fn joined(&self, at: usize) -> bool {
        let Some(next) = self.numbers.get(at + 1) else {
            return false;
        };
        let between = self.numbers[at].last + 1..next.first;
        let clock = |word: &str| {
            matches!(unit(word), Some(Unit::Clock { .. }))
                || matches!(word, "halb" | "half" | "setengah" | "dreiviertel")
        };
        // `$5 a dozen`
        let each = self.text.word(between.start) == "a" && self.text.word(next.first) == "dozen";
        !each
            && (1..=4).contains(&between.len())
            && between
                .clone()
                .all(|at| listed(JOINS, self.text.word(at)) || clock(self.text.word(at)))
            && between.clone().any(|at| listed(JOINS, self.text.word(at)))
            && !(between.len() == 1 && self.is_minus(between.start))
    }
}
