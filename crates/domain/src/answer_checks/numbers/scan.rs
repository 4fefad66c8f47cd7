//! The numbers of a text, in digits and in words, before anything is known about their units.

use super::amount::values;
use super::fractions;
use super::number_words::in_words;
use super::words::multiplier;
use crate::answer_checks::language::Languages;
use crate::answer_checks::text::{Kind, Text};

/// A number and the tokens it is written with.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    /// Thousandths; more than one when the digits can be read in two ways.
    pub(crate) values: Vec<u64>,
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Written in digits.
    pub(crate) digits: bool,
    /// Counts before a unit, or where a time is expected, only.
    pub(crate) needs_unit: bool,
    /// Counts before a unit only: `one`, `un`, `ein`.
    pub(crate) article: bool,
}

impl Number {
    /// The value, if it is a whole number that is read in one way.
    pub(crate) fn whole(&self) -> Option<u32> {
        match self.values.as_slice() {
            [value] if value % 1_000 == 0 => u32::try_from(value / 1_000).ok(),
            _ => None,
        }
    }
}

/// All numbers of `text` outside the `masked` ranges of the folded text.
pub(crate) fn numbers_of(text: &Text, languages: Languages, masked: &[(usize, usize)]) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        let token = text.tokens[at];
        let hidden = masked
            .iter()
            .any(|(start, end)| token.start < *end && token.end > *start);
        let number = match token.kind {
            _ if hidden => None,
            // `<3`
            Kind::Number if text.word(at) == "3" && token.glued && text.word(at - 1) == "<" => None,
            Kind::Number if is_list_marker(text, at) => None,
            Kind::Number => Some(in_digits(text, at)),
            Kind::Word => in_words(text, at, languages),
            Kind::Sign | Kind::Break => None,
        };
        at = number.as_ref().map_or(at, |number| number.last) + 1;
        found.extend(number);
    }
    found
}

/// `1.` or `2)` at the beginning of a line, or `2)` before a word.
fn is_list_marker(text: &Text, at: usize) -> bool {
    let begins = at == 0 || text.kind(at - 1) == Kind::Break;
    let short = text.word(at).len() <= 2 && !text.tokens[at].keycap;
    let next = text.word(at + 1);
    let sign = text.glued(at + 1) && (next == ")" || (begins && matches!(next, "." | ":")));
    let opened = (0..at)
        .rev()
        .map(|at| text.word(at))
        .find(|word| matches!(*word, "(" | ")"))
        == Some("(");
    short
        && sign
        && !opened
        && !text.glued(at + 2)
        && text.kind(at + 2) == Kind::Word
        && super::dates::month(text.word(at + 2)).is_none()
        && (begins || super::units::unit(text.word(at + 2)).is_none())
}

fn in_digits(text: &Text, at: usize) -> Number {
    if let Some((value, last)) = fractions::in_digits(text, at).filter(|(_, last)| fractions::has_unit(text, *last)) {
        return fraction(value, at, last);
    }
    let mut literal = text.word(at).to_owned();
    let mut last = at;
    let keycap = text.tokens[at].keycap;
    while keycap
        && text
            .tokens
            .get(last + 1)
            .is_some_and(|token| token.keycap && token.glued)
    {
        last += 1;
        literal.push_str(text.word(last));
    }
    let plain = |at: usize| text.kind(at) == Kind::Number && text.word(at).bytes().all(|b| b.is_ascii_digit());
    // `1 250 000`, where no sign separates the thousands.
    if !keycap && plain(at) && literal.len() <= 3 && !literal.starts_with('0') {
        while text.kind(last + 1) == Kind::Number && !text.glued(last + 1) && groups_of_three(text.word(last + 1)) {
            last += 1;
            literal.push_str(text.word(last));
        }
    }
    let mut values = values(&literal);
    if let Some(times) = text.glued(last + 1).then(|| multiplier(text.word(last + 1))).flatten() {
        last += 1;
        values = multiplied(&values, times);
    }
    if let Some(times) = multiplier(text.word(last + 1)).filter(|_| text.word(last + 1) != "k") {
        last += 1;
        values = multiplied(&values, times);
    }
    // `$14 1/2lb` is a price and a weight.
    let priced = at
        .checked_sub(1)
        .is_some_and(|before| super::is_currency(text.word(before)));
    let mixed = fractions::in_digits(text, last + 1).filter(|_| literal.len() <= 3 && !text.glued(last + 1) && !priced);
    if let (Some((part, end)), [value]) = (mixed, values.as_slice()) {
        return fraction(value + part, at, end);
    }
    if let Some(more) =
        fractions::after_whole(text, values.first().copied().unwrap_or_default(), last).filter(|_| values.len() == 1)
    {
        return fraction(more.thousandths, at, more.last);
    }
    let needs_unit = keycap && last == at;
    Number {
        values,
        first: at,
        last,
        digits: true,
        needs_unit,
        article: false,
    }
}

pub(super) fn fraction(value: u64, first: usize, last: usize) -> Number {
    Number {
        values: vec![value],
        first,
        last,
        digits: true,
        needs_unit: false,
        article: false,
    }
}

/// Three digits, alone or with a fraction.
fn groups_of_three(literal: &str) -> bool {
    let whole = literal.split([',', '.']).next().unwrap_or_default();
    whole.len() == 3 && literal.len() <= 6
}

fn multiplied(values: &[u64], times: u64) -> Vec<u64> {
    values.iter().filter_map(|value| value.checked_mul(times)).collect()
}
