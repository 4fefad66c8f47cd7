//! Whether two numbers are the ends of a range, and of hours: `from 9 to six`, `18:30 bis 20`, `8.30-16u`.

use super::amount::hours_and_minutes;
use super::clock::time_at;
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
    }
}
