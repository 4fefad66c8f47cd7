//! What an answer may repeat of a customer's numbers.

use super::amount::{Amount, Reading};
use super::grounding::{DAY, Grounds};
use super::is_currency;
use super::mentions::Mention;
use super::named::identifies;
use super::read::listed;
use super::said::{hands_on, is_left_open};
use super::units::{Currency, Measure};
use crate::answer_checks::text::Text;

/// A customer's quantity is repeated up to here, in thousandths: nobody orders more, but many would like to have it confirmed. What is
/// larger and no quantity is the number of an order, a postcode or a year, which are written without signs between the digits.
const MOST_SAID: u64 = 999_000;
/// Up to here, in thousandths, so many people or things are asked about: `is there a price for three?`
const MOST_ASKED: u64 = 20_000;
/// What the customer has to spend is no price of the business: `for a $200 budget`.
const BUDGETS: &str =
    "budget presupuesto orcamento anggaran begroting bajet bujet budzet butce 予算 预算 預算 예산 бюджет";
const OF: &str = "of de von di van r mx us";
/// So many words before its sum a budget is named at most.
const BUDGET_BEFORE: usize = 4;

impl Grounds {
    /// What a customer said: quantities and days may be repeated, prices and percentages may not, and times only where `answer` hands
    /// them on or turns them down.
    pub(super) fn holds_said(&self, amount: &Amount, answer: &Text) -> bool {
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
                let sized = |value: &u64| is_length(*measure) && self.sizes.contains(value);
                self.holds_measure(*value, *measure) || amount.measured.iter().any(|value| alone(value) || sized(value))
            }
            Reading::Date { day, month } => self.dates.contains(&(*day, *month)),
            Reading::Time(minutes) => self.times.contains(&(minutes % DAY)) && hands_on(answer, amount.start),
            Reading::Money(value, Currency::Unknown) if self.is_asked_for(*value, amount.start, answer) => true,
            Reading::Money(..) | Reading::Percent(_) | Reading::AroundTheClock | Reading::EveryDay => false,
        };
        amount.readings.iter().all(repeated) || self.holds_budget(amount, answer)
    }

    /// Whether `value` is the day of a date: `the 12th` of August.
    fn has_day(&self, value: u64) -> bool {
        self.dates.iter().any(|(day, _)| u64::from(*day) * 1_000 == value)
    }

    /// `I don't know whether there is a price for three`: so many things, in what is not known.
    fn is_asked_for(&self, value: u64, start: usize, answer: &Text) -> bool {
        let at = answer.tokens.partition_point(|token| token.start < start);
        let before = at.checked_sub(1).map_or("", |at| answer.word(at));
        let quantity = value <= MOST_ASKED && value.is_multiple_of(1_000) && self.plain.contains(&value);
        quantity && listed("for fur por para pour per voor untuk", before) && is_left_open(answer, start)
    }

    /// The customer's own money, where it is called a budget.
    fn holds_budget(&self, amount: &Amount, answer: &Text) -> bool {
        let named = |reading: &Reading| match reading {
            Reading::Money(value, currency) => self.names_sum(*value, *currency),
            _ => false,
        };
        amount.readings.iter().any(named) && is_called_budget(amount, answer)
    }
}

/// Whether `text` speaks of a budget.
pub(super) fn names_budget(text: &Text) -> bool {
    (0..text.tokens.len()).any(|at| listed(BUDGETS, text.word(at)))
}

/// `a budget of $200`, `a $200 budget`
fn is_called_budget(amount: &Amount, answer: &Text) -> bool {
    let money = |at: usize| is_currency(answer.word(at));
    let first = answer.tokens.partition_point(|token| token.start < amount.start);
    let next = answer.tokens.partition_point(|token| token.start < amount.end);
    let before = (first.saturating_sub(BUDGET_BEFORE)..first)
        .rev()
        .find(|at| !(money(*at) || listed(OF, answer.word(*at))));
    let after = next + usize::from(money(next));
    let is_budget = |at: usize| listed(BUDGETS, answer.word(at));
    before.is_some_and(is_budget) || is_budget(after)
}

fn is_length(measure: Measure) -> bool {
    matches!(measure, Measure::Millimetres | Measure::Inches)
}
