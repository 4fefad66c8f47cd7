//! Times of day as they are said: `half past ten`, `halb zehn`, `zehn vor sechs`, `las diez y media`, `dix-huit heures trente`.

use super::clock::{Clock, DayHalf, expects_time, half_of_day};
use super::read::is_noun;
use super::scan::Number;
use super::units::{Unit, unit};
use crate::answer_checks::language::{Language, languages_of};
use crate::answer_checks::text::Text;

const HALF_DAY: u32 = 720;
const DAY: u32 = 1_440;
const PLUS: &str = "y e et und en and lewat lebih";
const MINUS: &str = "menos moins meno minus kurang";
const HALVES: &str = "media meia demie demi mezza mezzo setengah";
const QUARTERS: &str = "quarter viertel kwart seperempat cuarto quart quarto";

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}

/// The time that begins with number `at`, if its minutes are said in words.
pub(super) fn spoken_time(text: &Text, numbers: &[Number], at: usize) -> Option<Clock> {
    half_or_quarter(text, &numbers[at])
        .or_else(|| minutes_first(text, numbers, at))
        .or_else(|| minutes_last(text, numbers, at))
}

/// A time in both halves of the day, or in the one that is named after token `last`.
fn clock(text: &Text, minutes: u32, last: usize, takes: usize, span: Option<u32>) -> Clock {
    let minutes = minutes % DAY;
    let halves = match half_of_day(text, last + 1) {
        Some(half) => vec![half.of(minutes)],
        None if minutes < HALF_DAY + 60 => vec![minutes, (minutes + HALF_DAY) % DAY],
        None => vec![minutes],
    };
    Clock {
        minutes: halves,
        sure: true,
        takes,
        span,
    }
}

/// Halves and quarters; the number is the hour before or after.
fn half_or_quarter(text: &Text, number: &Number) -> Option<Clock> {
    let whole = number.whole().filter(|hour| *hour <= 24)?;
    let back = |by: usize| number.first.checked_sub(by).map_or("", |at| text.word(at));
    let before = (1..=12).contains(&whole).then_some((back(2), back(1)));
    let hour = whole * 60 + HALF_DAY;
    let minutes = match before {
        Some(("half", "past")) => hour + 30,
        Some((first, "past" | "after" | "nach" | "over")) if listed(QUARTERS, first) => hour + 15,
        Some((first, "to" | "vor" | "voor")) if listed(QUARTERS, first) => hour - 15,
        Some((_, "halb" | "setengah")) => hour - 30,
        Some((_, "half")) => return Some(half_before(text, number, hour)),
        Some((_, "viertel")) if back(2) != "um" || unit(text.word(number.last + 1)).is_none() => hour - 45,
        Some((_, "dreiviertel")) => hour - 15,
        _ => return part_after(text, number, whole),
    };
    Some(clock(text, minutes % HALF_DAY, number.last, 1, None))
}

/// `half eight` is 8:30 in English and 7:30 in Dutch.
fn half_before(text: &Text, number: &Number, hour: u32) -> Clock {
    let languages = languages_of(text);
    let later = languages.is_empty() || languages.has(Language::English);
    let earlier = languages.is_empty() || languages.has(Language::Dutch);
    let mut found = clock(text, (hour + 30) % HALF_DAY, number.last, 1, None);
    let before = clock(text, (hour - 30) % HALF_DAY, number.last, 1, None);
    match (later, earlier) {
        (true, false) => found,
        (true, true) => {
            found.minutes.extend(before.minutes);
            found
        }
        _ => before,
    }
}

/// `las diez y media`, `dix heures et quart`, `le sei meno un quarto`
fn part_after(text: &Text, number: &Number, hour: u32) -> Option<Clock> {
    let clock_unit = unit(text.word(number.last + 1));
    let unit_follows = matches!(clock_unit, Some(Unit::Clock { .. }));
    let most = if unit_follows || number.digits { 24 } else { 12 };
    let last = number.last + usize::from(unit_follows);
    let (by, last) = part_joined(text, last)?;
    if !(1..=most).contains(&hour) {
        return None;
    }
    let hours = matches!(clock_unit, Some(Unit::Clock { hours: true })) && by > 0;
    let minutes = (hour * 60).checked_add_signed(by)?;
    Some(clock(text, minutes, last, 1, hours.then_some(minutes)))
}

/// The minutes that a half or a quarter after token `last` adds, and its last token.
pub(super) fn part_joined(text: &Text, last: usize) -> Option<(i32, usize)> {
    let (join, mut at) = (text.word(last + 1), last + 2);
    at += usize::from(matches!(text.word(at), "un" | "le" | "um"));
    let by = match text.word(at) {
        part if listed(HALVES, part) => 30,
        part if listed(QUARTERS, part) => 15,
        _ => return None,
    };
    let sign = match join {
        "y" | "e" | "et" | "lewat" | "lebih" => 1,
        "menos" | "moins" | "meno" | "kurang" => -1,
        _ => return None,
    };
    Some((sign * by, at))
}

/// `ten past nine`, `zehn vor sechs`, `vijf voor half acht`
fn minutes_first(text: &Text, numbers: &[Number], at: usize) -> Option<Clock> {
    let (number, next) = (&numbers[at], numbers.get(at + 1)?);
    let minutes = number.whole().filter(|minutes| (1..30).contains(minutes))?;
    let hour = next.whole().filter(|hour| (1..=12).contains(hour))?;
    let join = number.last + 1;
    let strong = number
        .first
        .checked_sub(1)
        .map(|at| text.word(at))
        .and_then(expects_time)
        == Some(true);
    let later = match text.word(join) {
        "past" | "over" | "nach" | "lewat" => true,
        "vor" | "voor" => false,
        "to" if strong => false,
        _ => return None,
    };
    let halved = next.first == join + 2 && matches!(text.word(join + 1), "halb" | "half");
    let counted = matches!(unit(text.word(next.last + 1)), Some(Unit::Measure(..) | Unit::Money(_)));
    let fifth = minutes % 5 == 0 || text.word(join) == "past";
    if !(halved || next.first == join + 1) || counted || !fifth || is_noun(text, next.last + 1) {
        return None;
    }
    let base = hour * 60 + HALF_DAY - if halved { 30 } else { 0 };
    let total = if later { base + minutes } else { base - minutes };
    Some(clock(text, total % HALF_DAY, next.last, 2, None))
}

/// `nine Uhr dreißig`, `dix-huit heures trente`, `las nueve y diez`, `le sei meno dieci`
fn minutes_last(text: &Text, numbers: &[Number], at: usize) -> Option<Clock> {
    let (number, next) = (&numbers[at], numbers.get(at + 1)?);
    let hour = number.whole().filter(|hour| *hour <= 24)?;
    let minutes = next
        .whole()
        .filter(|minutes| (1..60).contains(minutes) && !next.digits)?;
    let clock_unit = unit(text.word(number.last + 1));
    let unit_follows = matches!(clock_unit, Some(Unit::Clock { .. }));
    let after = number.last + 1 + usize::from(unit_follows);
    let (plus, minus) = (listed(PLUS, text.word(after)), listed(MINUS, text.word(after)));
    let first = after + usize::from(plus || minus);
    let before = |back: usize| number.first.checked_sub(back).map_or("", |at| text.word(at));
    let said = matches!(
        before(1),
        "as" | "las" | "la" | "le" | "alle" | "all" | "dalle" | "ore" | "jam" | "pukul" | "um" | "om" | "at"
    ) && !matches!(
        before(2),
        "entre" | "between" | "zwischen" | "tra" | "fra" | "tussen" | "antara"
    );
    let joined = plus || minus;
    if next.first != first || !(unit_follows || (joined && said)) || (!unit_follows && minutes % 5 != 0) {
        return None;
    }
    if unit(text.word(next.last + 1)).is_some()
        || is_noun(text, next.last + 1) && half_of_day(text, next.last + 1).is_none()
    {
        return None;
    }
    let base = hour * 60 + DAY;
    let total = if minus { base - minutes } else { base + minutes } % DAY;
    let hours = matches!(clock_unit, Some(Unit::Clock { hours: true })) && !minus;
    Some(clock(text, total, next.last, 2, hours.then_some(total)))
}

/// `noon`, `midnight`, `mezzogiorno e mezza`: the minutes after midnight.
pub(super) fn named_time(text: &Text, at: usize) -> Option<u32> {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| text.word(at));
    let halves = |first: &str| before(1) == first || (before(1) == "-" && before(2) == first);
    let minutes = match text.word(at) {
        "noon" | "midday" | "mediodia" | "mezzogiorno" => HALF_DAY,
        "midi" if !halves("apres") => HALF_DAY,
        "dia" if halves("meio") => HALF_DAY,
        "midnight" | "medianoche" | "mitternacht" | "minuit" | "mezzanotte" | "middernacht" => 0,
        "noite" if halves("meia") => 0,
        _ => return None,
    };
    let by = part_joined(text, at).map_or(0, |(by, _)| by);
    (minutes + DAY).checked_add_signed(by).map(|minutes| minutes % DAY)
}

impl DayHalf {
    /// The time of a day of 24 hours.
    pub(super) fn of(self, minutes: u32) -> u32 {
        let hour = minutes / 60 % 12;
        let late = match self {
            Self::Morning => false,
            Self::Evening => true,
            Self::Midday => !matches!(hour, 10 | 11),
            Self::Night => hour > 4,
        };
        if minutes < HALF_DAY + 60 {
            minutes % HALF_DAY + if late { HALF_DAY } else { 0 }
        } else {
            minutes
        }
    }
}
