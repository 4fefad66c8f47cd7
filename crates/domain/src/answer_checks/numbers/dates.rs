//! Days of a month: `3 Nov`, `November 3rd`, `3. November`, `3 de noviembre`, `03/11`, `2026-11-03`, `11月3日`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::amount::Reading;
use super::scan::Number;
use super::units::{Unit, unit};
use crate::answer_checks::language::{Language, Languages, languages_of};
use crate::answer_checks::text::{Kind, Text};

const MONTHS: [&str; 12] = [
    "january jan januar janner jenner ocak enero janeiro janvier gennaio januari января январь",
    "february feb februar feber subat febrero fevereiro fevrier febbraio februari fev февраля февраль",
    "march mar marz mart marzo marco mars maart maret maerz марта март",
    "april apr nisan abril avril aprile abr avr апреля апрель",
    "may mai mayis mayo maio maggio mei мая май",
    "june jun haziran juni junio junho juin giugno июня июнь",
    "july jul temmuz juli julio julho juillet luglio июля июль",
    "august aug agustos agosto aout augustus agustus ago августа август",
    "september sep sept eylul septiembre setembro septembre settembre set сентября сентябрь",
    "october oct ekim oktober octubre outubro octobre ottobre okt out октября октябрь",
    "november nov kasim noviembre novembro novembre nopember ноября ноябрь",
    "december dec aralik dezember diciembre dezembro decembre dicembre desember dez dic des dic декабря декабрь",
];

/// The month a folded word names, abbreviations included.
pub(crate) fn month(word: &str) -> Option<u8> {
    NAMES.get(word).copied()
}

static NAMES: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let names = (1..)
        .zip(MONTHS)
        .flat_map(|(month, words)| words.split(' ').map(move |name| (name, month)));
    names.collect()
});

/// The dates that number `at` of `numbers` may be part of, and how many numbers they take. A number that is a year after a date
/// stays a number.
pub(crate) fn dates_at(text: &Text, numbers: &[Number], at: usize) -> Option<(Vec<Reading>, usize)> {
    let number = &numbers[at];
    if let Some(month) = month_beside(text, number) {
        let day = number.whole().and_then(|day| reading(day, u32::from(month)))?;
        return Some((vec![day], 1));
    }
    if !number.digits {
        return None;
    }
    if let Some(date) = dotted(text.word(number.first)).or_else(|| short_dotted(text, number)) {
        return Some((date, 1));
    }
    in_signs(text, numbers, at)
}

fn month_beside(text: &Text, number: &Number) -> Option<u8> {
    let mut after = number.last + 1;
    while matches!(
        text.word(after),
        "." | "st" | "nd" | "rd" | "th" | "de" | "of" | "er" | "o" | "ro" | "of the"
    ) {
        after += 1;
    }
    // `Nov. 3`, and not `in November. 3 people`
    let abbreviated = number.first.checked_sub(2).is_some_and(|at| text.word(at).len() <= 4);
    // `5 out of 5` is no day of `outubro`, and `dès 10 ans` none of `desember`.
    let month = |word: &str| month(word).filter(|_| is_month_in(word, languages_of(text)));
    // `mar 18-20` are hours of a Tuesday, and `check-out 11h` is no October.
    let tuesday = |at: usize| {
        text.word(at) == "mar" && text.word(number.last + 1) == "-" && !languages_of(text).has(Language::English)
    };
    // And `Nov 15-Apr 15` is one.
    let compound =
        |at: usize| at > 1 && text.word(at - 1) == "-" && text.glued(at) && text.kind(at - 2) != Kind::Number;
    let named = |at: usize| month(text.word(at)).filter(|_| !tuesday(at) && !compound(at));
    let hour = begins_hour(text, number.last + 1);
    let before = |back: usize| number.first.checked_sub(back).and_then(named).filter(|_| !hour);
    let dot = number.digits && number.first.checked_sub(1).is_some_and(|at| text.word(at) == ".");
    // `21 March 19:30`
    if text.word(number.last + 1) == ":" && text.glued(number.last + 1) && text.glued(number.last + 2) {
        return None;
    }
    month(text.word(after))
        .or_else(|| before(1))
        .or_else(|| dot.then(|| before(2)).flatten().filter(|_| abbreviated))
}

/// Whether a word that is ordinary in other languages names a month.
fn is_month_in(word: &str, languages: Languages) -> bool {
    let only = |language| languages.is_empty() || languages.has(language);
    match word {
        "out" => languages.has(Language::Portuguese),
        "des" => only(Language::Indonesian),
        _ => true,
    }
}

/// `décembre 11h`, `July 8am`: what follows a month is no day where its unit is one of time.
fn begins_hour(text: &Text, at: usize) -> bool {
    matches!(unit(text.word(at)), Some(Unit::Clock { .. })) || matches!(text.word(at), "am" | "pm")
}

/// `3.11.2026`
fn dotted(literal: &str) -> Option<Vec<Reading>> {
    let parts: Vec<u32> = literal
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    match parts.as_slice() {
        [day, month, year] if *year > 999 || *year < 100 => Some(vec![reading(*day, *month)?]),
        _ => None,
    }
}

/// `24.12.` before a range or a word: the second full stop is no decimal sign. It may end a sentence, so that the number stays one too.
fn short_dotted(text: &Text, number: &Number) -> Option<Vec<Reading>> {
    let (day, month) = text.word(number.first).split_once('.')?;
    let stop = number.last + 1;
    let date = reading(day.parse().ok()?, month.parse().ok()?)?;
    let joined = matches!(
        text.word(stop + 1),
        "-" | "bis" | "to" | ")" | "(" | ":" | "," | "/" | "und" | "u" | "and" | "a" | "e" | "t" | "tot"
    );
    let before = number.first.checked_sub(1).map_or("", |at| text.word(at));
    let named = matches!(
        before,
        "am" | "vom" | "bis" | "zum" | "ab" | "seit" | "der" | "den" | "dem" | "des" | "-"
    );
    let dated = text.word(stop) == "." && text.glued(stop) && (joined || named) && !super::is_currency(before);
    let short = day.len() <= 2 && month.len() <= 2;
    let values = number.values.iter().map(|value| Reading::Plain {
        value: *value,
        counts: false,
    });
    (dated && short).then(|| std::iter::once(date).chain(values).collect())
}

/// `03/11`, `3/11/26`, `2026-11-03`, `03-11-2026`, `11月3日`.
fn in_signs(text: &Text, numbers: &[Number], at: usize) -> Option<(Vec<Reading>, usize)> {
    let whole = |at: usize| numbers.get(at).filter(|number| number.digits).and_then(Number::whole);
    let joined = |at: usize, sign: &str| {
        numbers.get(at + 1).is_some_and(|next| {
            let between = numbers[at].last + 1;
            next.first == between + 1 && text.word(between) == sign && text.glued(between) && text.glued(next.first)
        })
    };
    let both = |first: u32, second: u32| {
        let readings: Vec<Reading> = [reading(first, second), reading(second, first)]
            .into_iter()
            .flatten()
            .collect();
        (!readings.is_empty()).then_some(readings)
    };
    let (first, second) = (whole(at)?, whole(at + 1)?);
    if text.word(numbers[at].last + 1).starts_with('月') {
        return Some((vec![reading(second, first)?], 2));
    }
    for sign in ["/", "-"] {
        if !joined(at, sign) {
            continue;
        }
        if joined(at + 1, sign) {
            let third = whole(at + 2)?;
            return if first > 999 {
                both(second, third)
            } else {
                both(first, second)
            }
            .map(|dates| (dates, 3));
        }
        if sign == "/" && text.kind(numbers[at + 1].last + 1) != Kind::Number {
            return both(first, second).map(|dates| (dates, 2));
        }
    }
    None
}

/// The date that number `at` is a day of, where its month stands after other days: `12 al 15 giugno`, `23., 24. und 30. November`.
pub(crate) fn listed_date(text: &Text, numbers: &[Number], at: usize) -> Option<Reading> {
    let day = numbers[at].whole().filter(|day| *day <= 31)?;
    for next in at + 1..numbers.len().min(at + 6) {
        let numbered = &numbers[next];
        if !are_listed(text, &numbers[next - 1], numbered) {
            return None;
        }
        let slashed = in_signs(text, numbers, next).map(|(dates, _)| dates);
        let date = short_dotted(text, numbered).or(slashed);
        if let Some([Reading::Date { month, .. }, ..]) = date.as_deref() {
            return reading(day, u32::from(*month));
        }
        if numbered.whole().is_none_or(|day| day > 31) {
            return None;
        }
        if let Some(month) = month_beside(text, numbered) {
            return reading(day, u32::from(month));
        }
    }
    None
}

/// The date of a day that stands after others of the same month: `10` of `May 3, 10 and 17`.
pub(crate) fn date_after_month(text: &Text, numbers: &[Number], at: usize) -> Option<Reading> {
    let day = numbers[at].whole().filter(|day| *day <= 31 && numbers[at].digits)?;
    for before in (at.saturating_sub(5)..at).rev() {
        if !are_listed(text, &numbers[before], &numbers[before + 1]) {
            return None;
        }
        let begins = numbers[before].first.checked_sub(1).and_then(|at| month(text.word(at)));
        let named = begins.and_then(|_| month_beside(text, &numbers[before]));
        if let Some(month) = named.filter(|_| numbers[before].digits) {
            return reading(day, u32::from(month));
        }
    }
    None
}

/// Whether only what joins the days of a list or range stands between two numbers.
fn are_listed(text: &Text, number: &Number, next: &Number) -> bool {
    const BETWEEN: &str = ", + & . - / and to the bis zum und u den der y e et o al a au ao as le il el i dal en t m tot dan sampai \
        hingga until till through st nd rd th er";
    let mut between = number.last + 1..next.first;
    (1..=4).contains(&between.len())
        && between.all(|at| BETWEEN.split_ascii_whitespace().any(|listed| listed == text.word(at)))
}

/// The day of a month, if there is such a day.
pub(crate) fn reading(day: u32, month: u32) -> Option<Reading> {
    let (day, month) = (u8::try_from(day).ok()?, u8::try_from(month).ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Reading::Date { day, month })
}
