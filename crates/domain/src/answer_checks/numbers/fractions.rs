//! Halves and quarters of a unit: `half an hour`, `eineinhalb Stunden`, `2 1/2 Std`, `trois quarts d'heure`, `una hora y media`.

use super::units::{Measure, Unit, unit};
use super::words::readings;
use crate::answer_checks::text::{Kind, Text};

/// Thousandths of one.
const HALF: u64 = 500;
const QUARTER: u64 = 250;

const HALVES: &str =
    "half halve halb halbe halber halbes halben medio media meio meia demi demie mezzo mezza mezz setengah yarim";
const QUARTERS: &str =
    "quarter quarters cuarto cuartos quarto quartos quart quarts quarti viertel kwart seperempat perempat";
const JOINS: &str = "and y e et und en";
const ARTICLES: &str = "a an one un une una um uma ein eine einen einer einem een";
/// What stands between a fraction and its unit.
const LINKS: &str = "a an of de d di ' - pro";

/// A fraction, or a number with one, and the tokens it takes before its unit.
pub(super) struct Fraction {
    pub(super) thousandths: u64,
    pub(super) last: usize,
    /// No unit follows, so that it may be a number of things as well.
    pub(super) alone: bool,
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}

fn part(word: &str) -> Option<u64> {
    if listed(HALVES, word) {
        Some(HALF)
    } else {
        listed(QUARTERS, word).then_some(QUARTER)
    }
}

/// The last token before the unit that belongs to what ends at `last`.
fn before_unit(text: &Text, last: usize) -> Option<usize> {
    let mut at = last;
    while at < last + 3 && listed(LINKS, text.word(at + 1)) {
        at += 1;
    }
    is_divisible(unit(text.word(at + 1))?).then_some(at)
}

/// Half a day is a word for a morning, and half past is no duration.
fn is_divisible(unit: Unit) -> bool {
    !matches!(
        unit,
        Unit::Clock { hours: false } | Unit::Percent | Unit::Cents | Unit::Measure(Measure::Nights, _)
    )
}

/// A fraction in words that begins at token `at`.
pub(super) fn in_words(text: &Text, at: usize) -> Option<Fraction> {
    let word = text.word(at);
    if let Some(thousandths) = one_and_more(word).or_else(|| glued(word)) {
        return Some(Fraction {
            thousandths,
            last: at,
            alone: false,
        });
    }
    let thousandths = part(word)?;
    let last = before_unit(text, at)?;
    let day = matches!(unit(text.word(last + 1)), Some(Unit::Measure(Measure::Days, 1)));
    (!day).then_some(Fraction {
        thousandths,
        last,
        alone: false,
    })
}

/// `anderthalb` and its kind.
fn one_and_more(word: &str) -> Option<u64> {
    matches!(
        word,
        "anderthalb" | "anderthalbe" | "anderthalben" | "eineinhalb" | "einundeinhalb" | "anderhalf" | "anderhalve"
    )
    .then_some(1_000 + HALF)
}

/// `zweieinhalb`, `tweeenhalf`
fn glued(word: &str) -> Option<u64> {
    let ends = ["undeinhalb", "einhalb", "eneenhalf", "enhalf", "eneenhalve", "enhalve"];
    let whole = ends.iter().find_map(|end| word.strip_suffix(end))?;
    let number = readings(whole).into_iter().next()?;
    Some(u64::from(number.value) * 1_000 + HALF)
}

/// The fraction after a whole number of `value` thousandths that ends at token `last`: `two and a half hours`, `three quarters`.
pub(super) fn after_whole(text: &Text, value: u64, last: usize) -> Option<Fraction> {
    if value == 3_000 && listed(QUARTERS, text.word(last + 1)) && !text.word(last + 1).is_empty() {
        let end = before_unit(text, last + 1);
        return Some(Fraction {
            thousandths: 3 * QUARTER,
            last: end.unwrap_or(last + 1),
            alone: end.is_none(),
        });
    }
    let joined = last + usize::from(listed(JOINS, text.word(last + 1)));
    let part_at = joined + 1 + usize::from(joined > last && listed(ARTICLES, text.word(joined + 1)));
    let bare = joined == last && text.word(part_at) != "setengah" && text.word(part_at) != "yarim";
    if bare {
        return None;
    }
    let part = part(text.word(part_at))?;
    let end = before_unit(text, part_at);
    // `six and a half` needs no unit.
    let alone = end.is_none() && part == HALF && part_at > joined + 1 && matches!(text.word(joined), "and" | "en");
    Some(Fraction {
        thousandths: value.checked_add(part)?,
        last: end.or(alone.then_some(part_at))?,
        alone,
    })
}

/// What `and a half` after a unit that ends at token `last` adds, and its last token.
pub(super) fn after_unit(text: &Text, last: usize) -> Option<(u64, usize)> {
    let joined = last + usize::from(listed(JOINS, text.word(last + 1)));
    let article = usize::from(joined > last && listed(ARTICLES, text.word(joined + 1)));
    let at = joined + 1 + article;
    if joined == last && text.word(at) != "setengah" {
        return None;
    }
    let part = part(text.word(at))?;
    // `two hours and half a pound`
    before_unit(text, at).is_none().then_some((part, at))
}

/// Whether `a` or `an` at token `at` is one unit of which more follows: `an hour and a half`.
pub(super) fn is_one_with_more(text: &Text, at: usize) -> bool {
    matches!(text.word(at), "a" | "an")
        && unit(text.word(at + 1)).is_some_and(is_divisible)
        && after_unit(text, at + 1).is_some()
}

/// The fraction in digits at token `at`, `1/2`, and its last token.
pub(super) fn in_digits(text: &Text, at: usize) -> Option<(u64, usize)> {
    let slashed = text.word(at + 1) == "/" && text.glued(at + 1) && text.glued(at + 2);
    let ended = text.word(at + 3) != "/" || !text.glued(at + 3);
    if !slashed || !ended || text.kind(at + 2) != Kind::Number {
        return None;
    }
    let thousandths = match (text.word(at), text.word(at + 2)) {
        ("1", "2") => HALF,
        ("1", "4") => QUARTER,
        ("3", "4") => 3 * QUARTER,
        ("1", "3") => 333,
        ("2", "3") => 667,
        ("1", "8") => 125,
        _ => return None,
    };
    Some((thousandths, at + 2))
}

/// Whether a unit follows token `last`, as in `1/2 Std` and `1/2lb`.
pub(super) fn has_unit(text: &Text, last: usize) -> bool {
    let at = last + 1 + usize::from(text.word(last + 1) == "-" && text.glued(last + 1));
    unit(text.word(at)).is_some_and(is_divisible)
}
