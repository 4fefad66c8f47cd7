//! A number in words, put together from what stands beside each other: `two thousand five hundred`, `three quarters`.

use super::fractions;
use super::scan::{Number, fraction};
use super::words::{NumberWord, begins_number, multiplier, readings};
use crate::answer_checks::language::{Language, Languages};
use crate::answer_checks::text::{Kind, Text};

/// How many words one number word has at most: `quatre vingt dix sept`.
const LONGEST: usize = 4;

/// The number in words that begins at token `at`.
pub(super) fn in_words(text: &Text, at: usize, languages: Languages) -> Option<Number> {
    let number = |at: usize| text.kind(at) == Kind::Number || super::is_number_word(text.word(at));
    let per = at > 1 && matches!(text.word(at - 1), "por" | "per" | "pour") && number(at - 2);
    if per && matches!(text.word(at), "cent" | "ciento" | "cento") {
        return None;
    }
    // `vijftig cent`
    if at > 0 && number(at - 1) && text.word(at) == "cent" {
        return None;
    }
    if fractions::is_one_with_more(text, at) {
        return Some(Number {
            article: true,
            ..in_fractions(1_000, at, at)
        });
    }
    if let Some(part) = fractions::in_words(text, at) {
        return Some(in_fractions(part.thousandths, at, part.last));
    }
    let (word, mut last) = longest(text, at, |word| counts(text, at, word, languages))?;
    let mut value = u64::from(word.value);
    if (100..1_000).contains(&value) && value % 100 == 0 {
        let rest = last + 1 + usize::from(matches!(text.word(last + 1), "and" | "e" | "y"));
        let same = |next: &NumberWord| next.language == word.language && next.value < 100 && next.value > 0;
        if let Some((small, end)) = longest(text, rest, same) {
            value = value.saturating_add(u64::from(small.value));
            last = end;
        }
    }
    let mut needs_unit = word.needs_unit;
    while let Some(times) = multiplier(text.word(last + 1)) {
        value = value.checked_mul(times)?;
        last += 1;
        needs_unit = false;
    }
    if let Some((rest, end)) =
        below_thousand(text, last + 1, word.language).filter(|_| value >= 1_000 && value % 1_000 == 0)
    {
        value = value.saturating_add(rest);
        needs_unit = false;
        last = end;
    }
    let article = value == 1 && text.word(at) != "eins";
    let whole = value.checked_mul(1_000)?;
    if let Some(more) = fractions::after_whole(text, whole, last) {
        let mut number = in_fractions(more.thousandths, at, more.last);
        if more.alone {
            number.needs_unit = false;
            // `tres cuartos` may be three rooms.
            if more.thousandths < whole {
                number.values.insert(0, whole);
            }
        }
        return Some(number);
    }
    Some(Number {
        values: vec![whole],
        first: at,
        last,
        digits: false,
        needs_unit: needs_unit || value == 1,
        article,
    })
}

/// What follows a thousand: `lima ratus`, `five hundred and twenty`.
fn below_thousand(text: &Text, at: usize, language: Language) -> Option<(u64, usize)> {
    let same = |next: &NumberWord| next.language == language && next.value < 1_000 && next.value > 1;
    let (first, end) = longest(text, at, same)?;
    let value = u64::from(first.value);
    if value < 100 || !value.is_multiple_of(100) {
        return Some((value, end));
    }
    let rest = longest(text, end + 1, |next| same(next) && next.value < 100);
    Some(rest.map_or((value, end), |(small, end)| (value + u64::from(small.value), end)))
}

fn in_fractions(value: u64, first: usize, last: usize) -> Number {
    Number {
        digits: false,
        needs_unit: true,
        ..fraction(value, first, last)
    }
}

/// Whether the word is a number here at all.
fn counts(text: &Text, at: usize, word: &NumberWord, languages: Languages) -> bool {
    let known = !word.restricted || languages.is_empty() || languages.has(word.language);
    known || super::units::unit(text.word(at + 1)).is_some()
}

fn longest(text: &Text, at: usize, fits: impl Fn(&NumberWord) -> bool) -> Option<(NumberWord, usize)> {
    if text.kind(at) != Kind::Word || !begins_number(text.word(at)) {
        return None;
    }
    let mut phrase = text.word(at).to_owned();
    let mut found = None;
    let mut last = at;
    for _ in 0..LONGEST {
        let here = readings(&phrase).into_iter().filter(&fits);
        if let Some(word) = here.min_by_key(|word| (word.restricted, word.needs_unit)) {
            found = Some((word, last));
        }
        last += 1;
        // `twenty-five`, `quatre-vingt-dix`
        if text.word(last) == "-" && text.glued(last) && text.glued(last + 1) {
            last += 1;
        }
        if text.kind(last) != Kind::Word {
            break;
        }
        phrase.push(' ');
        phrase.push_str(text.word(last));
    }
    found
}
