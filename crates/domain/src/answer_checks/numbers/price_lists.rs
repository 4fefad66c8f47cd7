//! Prices of an approved text that stand in a list, with the sign of their currency elsewhere or nowhere.

use super::amount::values;
use super::clock::expects_time;
use super::grounding::has_cents;
use super::possible::digits_of;
use super::units::{Unit, unit};
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::{is_short_for_day, weekday};

/// A line with so many entries is a list of prices.
const ENTRIES_OF_A_LIST: usize = 3;
const LAST_HOUR: u32 = 24;

/// The numbers that may be prices in the currency of their line, each with its place: three and more between slashes (`12/30/48`), what
/// follows a size (`5x10 79`), and what so many cost (`2x60`).
pub(super) fn listed_prices(text: &Text, masked: &[(usize, usize)]) -> Vec<(usize, u64)> {
    let number = |at: usize| text.kind(at) == Kind::Number;
    let slashed = |at: usize| text.word(at + 1) == "/" && number(at + 2);
    let before = |at: usize, back: usize, sign: &str| {
        at.checked_sub(back)
            .is_some_and(|first| number(first) && text.word(first + 1) == sign)
    };
    let priced = |at: &usize| {
        let at = *at;
        let in_three = (slashed(at) && slashed(at + 2))
            || (before(at, 2, "/") && slashed(at))
            || (before(at, 2, "/") && before(at, 4, "/"));
        let after_size = before(at, 3, "x") && number(at - 1);
        let few = |at: usize| matches!(text.word(at), "2" | "3");
        in_three || after_size || (before(at, 2, "x") && few(at - 2))
    };
    digits_of(text, masked)
        .filter(priced)
        .flat_map(|at| {
            values(text.word(at))
                .into_iter()
                .map(move |value| (text.tokens[at].start, value))
        })
        .collect()
}

/// Numbers between words and signs in a line that lists some: `talons dame 18.-, aiguilles 14; couture 35.` What has two decimals, or a plus
/// before it, is a price in each of its lines, also where it could be a time.
pub(super) fn unsigned_prices(text: &Text, masked: &[(usize, usize)]) -> Vec<u64> {
    let priced = |at: &usize| {
        let at = *at;
        let sure = has_cents(text.word(at)) || text.word(at.wrapping_sub(1)) == "+" || is_hourly(text, at);
        is_entry(text, at) && (sure || entries_in_line(text, at) >= ENTRIES_OF_A_LIST)
    };
    digits_of(text, masked)
        .filter(priced)
        .flat_map(|at| values(text.word(at)))
        .collect()
}

/// After a word that announces neither a time nor a day nor a limit, before a sign that ends an entry.
fn is_entry(text: &Text, at: usize) -> bool {
    const LIMITS: &str = "max min bis until up gr nr no n size linie bus tram line ligne linea lijn platz";
    const EACH: &str = "ea each pp pro per";
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    let word = text.word(before);
    // `18h30`
    if text.glued(at) && text.kind(before) == Kind::Word {
        return false;
    }
    // Nothing begins at 38.
    let hour = !text.word(at).parse::<u32>().is_ok_and(|hour| hour > LAST_HOUR);
    let announced = (hour && expects_time(word).is_some()) || weekday(word).is_some() || is_short_for_day(word);
    let named = text.kind(before) == Kind::Word || matches!(word, "(" | ")" | "+" | "/" | ":");
    let limited = LIMITS.split(' ').any(|limit| limit == word);
    let ends = matches!(text.word(at + 1), "," | ";" | "." | "·" | "(" | ")" | "|") || text.kind(at + 1) == Kind::Break;
    let each = EACH.split(' ').any(|each| each == text.word(at + 1))
        || (text.word(at + 1) == "/" && text.kind(at + 2) != Kind::Number);
    named && !announced && !limited && (ends || each)
}

fn entries_in_line(text: &Text, at: usize) -> usize {
    let ends = |at: &usize| text.kind(*at) == Kind::Break;
    let first = (0..at).rev().find(ends).map_or(0, |at| at + 1);
    let last = (at..text.tokens.len()).find(ends).unwrap_or(text.tokens.len());
    let numbers = (first..last).filter(|at| text.kind(*at) == Kind::Number);
    numbers.filter(|at| is_priced(text, *at) || is_entry(text, *at)).count()
}

/// `65/h`
fn is_hourly(text: &Text, at: usize) -> bool {
    let time = matches!(unit(text.word(at + 2)), Some(Unit::Measure(..) | Unit::Clock { .. }));
    text.word(at + 1) == "/" && text.glued(at + 1) && time
}

fn is_priced(text: &Text, at: usize) -> bool {
    let money = |at: usize| matches!(unit(text.word(at)), Some(Unit::Money(_)));
    let dash = matches!(text.word(at + 1), "." | ",") && text.word(at + 2) == "-" && text.glued(at + 2);
    has_cents(text.word(at)) || dash || money(at + 1) || at.checked_sub(1).is_some_and(money)
}
