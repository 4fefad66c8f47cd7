//! Prices of an approved text that stand in a list, with the sign of their currency elsewhere or nowhere.

use super::amount::values;
use super::clock::expects_time;
use super::grounding::has_cents;
use super::possible::digits_of;
use super::read::listed;
use super::units::{Unit, unit};
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::{is_short_for_day, weekday};

/// A line with so many entries, and so many of them with a sign of a price, is a list of prices.
const ENTRIES_OF_A_LIST: usize = 3;
const PRICES_OF_A_LIST: usize = 2;
const LAST_HOUR: u32 = 24;

/// The numbers that may be prices in the currency of their line, each with its place: three and more between slashes (`12/30/48`), what
/// follows a size (`5x10 79`), and what so many cost (`2x60`). No dates, sizes or durations.
pub(super) fn listed_prices(text: &Text, masked: &[(usize, usize)]) -> Vec<(usize, u64)> {
    let number = |at: usize| text.kind(at) == Kind::Number;
    let before = |at: usize, back: usize, sign: &str| {
        at.checked_sub(back)
            .is_some_and(|first| number(first) && text.word(first + 1) == sign)
    };
    let priced = |at: &usize| {
        let at = *at;
        let after_size = before(at, 3, "x") && number(at - 1);
        let few = before(at, 2, "x") && matches!(text.word(at - 2), "2" | "3") && !is_measured(text, at);
        is_slashed_price(text, at) || after_size || few
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

/// `2x60 minutes`
fn is_measured(text: &Text, at: usize) -> bool {
    let unit = unit(text.word(at + 1));
    matches!(unit, Some(Unit::Measure(..) | Unit::Clock { .. })) || text.word(at + 1) == "'"
}

/// One of three or more between slashes that are neither a date nor sizes nor `24/7/365`.
fn is_slashed_price(text: &Text, at: usize) -> bool {
    const SIZES: &str = "size sizes gr grosse grossen groesse talla tallas taille tailles taglia taglie maat maten tamanho tamanhos ukuran";
    let slashed = |at: usize| text.word(at + 1) == "/" && text.kind(at + 2) == Kind::Number;
    let mut first = at;
    while first >= 2 && text.kind(first - 2) == Kind::Number && slashed(first - 2) {
        first -= 2;
    }
    let three = slashed(first) && slashed(first + 2);
    let number = |at: usize| text.word(at).parse::<u32>().unwrap_or(u32::MAX);
    let (one, two, last) = (number(first), number(first + 2), text.word(first + 4));
    let priced = matches!(unit(text.word(first + 5)), Some(Unit::Money(_)));
    let dated = !priced && one <= 31 && two <= 12 && matches!(last.len(), 2 | 4) && text.glued(first + 1);
    let around_the_clock = (one, two) == (24, 7);
    let sized = first
        .checked_sub(1)
        .is_some_and(|before| listed(SIZES, text.word(before)));
    three && !dated && !around_the_clock && !sized
}

/// Numbers between words and signs in a line that lists some: `talons dame 18.-, aiguilles 14; couture 35.` What has two decimals, or a plus
/// before it, is a price in each of its lines, also where it could be a time.
pub(super) fn unsigned_prices(text: &Text, masked: &[(usize, usize)]) -> Vec<u64> {
    let priced = |at: &usize| {
        let at = *at;
        let cents = has_cents(text.word(at));
        let sure = cents || text.word(at.wrapping_sub(1)) == "+" || is_hourly(text, at);
        let ends = ends_entry(text, at);
        follows_name(text, at) && ((ends && sure) || ((ends || cents) && is_list_of_prices(text, at)))
    };
    digits_of(text, masked)
        .filter(priced)
        .flat_map(|at| values(text.word(at)))
        .collect()
}

/// After a word that announces neither a time nor a day nor a limit.
fn follows_name(text: &Text, at: usize) -> bool {
    const OTHERS: &str = "max min bis until up gr nr no n size linie bus tram line ligne linea lijn platz room raum zimmer floor etage \
        level stock gate str strasse street road rd ave avenue rue calle via rua straat laan founded since seit gegr est staff team chairs \
        seats rated google ph";
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    let word = text.word(before);
    let named = text.kind(before) == Kind::Word || matches!(word, "(" | ")" | "+" | "/" | ":");
    // `18h30`
    let minutes = text.glued(at) && text.kind(before) == Kind::Word;
    let other = OTHERS.split_ascii_whitespace().any(|other| other == word);
    // Nothing begins at 38.
    let hour = !text.word(at).parse::<u32>().is_ok_and(|hour| hour > LAST_HOUR);
    let announced = (hour && expects_time(word).is_some()) || weekday(word).is_some() || is_short_for_day(word);
    named && !minutes && !other && !announced
}

/// Before a sign, the end of its line, or what it is the price of one of.
fn ends_entry(text: &Text, at: usize) -> bool {
    let next = text.word(at + 1);
    let stops = matches!(next, "," | ";" | "." | "·" | "(" | ")" | "|") || text.kind(at + 1) == Kind::Break;
    let each = next == "/" && text.kind(at + 2) != Kind::Number;
    stops || each || listed("ea each pp pro per", next)
}

/// Whether the line has some prices that say so, and more entries like them.
fn is_list_of_prices(text: &Text, at: usize) -> bool {
    let ends = |at: &usize| text.kind(*at) == Kind::Break;
    let first = (0..at).rev().find(ends).map_or(0, |at| at + 1);
    let last = (at..text.tokens.len()).find(ends).unwrap_or(text.tokens.len());
    let numbers = || (first..last).filter(|at| text.kind(*at) == Kind::Number);
    let priced = numbers().filter(|at| is_priced(text, *at)).count();
    let entries = numbers()
        .filter(|at| is_priced(text, *at) || (follows_name(text, *at) && ends_entry(text, *at)))
        .count();
    priced >= PRICES_OF_A_LIST && entries >= ENTRIES_OF_A_LIST
}

/// `65/h`
fn is_hourly(text: &Text, at: usize) -> bool {
    let time = matches!(unit(text.word(at + 2)), Some(Unit::Measure(..) | Unit::Clock { .. }));
    text.word(at + 1) == "/" && text.glued(at + 1) && time
}

fn is_priced(text: &Text, at: usize) -> bool {
    let money = |at: usize| matches!(unit(text.word(at)), Some(Unit::Money(_)));
    let dash = matches!(text.word(at + 1), "." | ",") && text.word(at + 2) == "-" && text.glued(at + 2);
    let more = at.checked_sub(1).is_some_and(|before| text.word(before) == "+");
    has_cents(text.word(at)) || dash || more || money(at + 1) || at.checked_sub(1).is_some_and(money)
}
