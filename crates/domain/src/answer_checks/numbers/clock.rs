//! Times of day: `10am`, `10:00`, `10 Uhr`, `10h30`, `às 10`, `half past ten`, `halb zehn`, `las diez y media`, `noon`.

use super::amount::{hours_and_minutes, minutes_of};
use super::scan::Number;
use super::units::{Unit, unit};
use crate::answer_checks::text::{Kind, Text};

/// A time of day as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// Minutes after midnight; two when morning and evening are both meant.
    pub(crate) minutes: Vec<u32>,
    /// It can be nothing but a time.
    pub(crate) sure: bool,
    /// How many numbers it takes.
    pub(crate) takes: usize,
}

const MORNING: &str =
    " am morning morgens vormittags fruh manana manha matin mattina mattino ochtends morgen pagi утра ";
const EVENING: &str = " pm afternoon evening night tonight nachmittags abends nachts tarde noche noite soir sera pomeriggio middags avonds siang sore malam вечера дня ";
const STRONG: &str = " at um as las alle om jam pukul gegen в ";
const WEAK: &str = " from until till by before after between around about to von bis ab vor nach de a desde hasta da das do ate des dal dalle fino entro entre le van tot vanaf voor dari sampai hingga с до ";

/// Whether a time of day is expected after the word.
pub(crate) fn expects_time(word: &str) -> Option<bool> {
    let has = |list: &str| !word.is_empty() && list.split(' ').any(|listed| listed == word);
    if has(STRONG) {
        Some(true)
    } else {
        has(WEAK).then_some(false)
    }
}

/// The time that begins with number `at`, if it is written as one. `both_halves` reads 6 as 6:00 and 18:00.
pub(crate) fn time_at(text: &Text, numbers: &[Number], at: usize, both_halves: bool) -> Option<Clock> {
    let number = &numbers[at];
    let literal = text.word(number.first);
    let hour = number.whole();
    if let Some(clock) = half_or_quarter(text, number, hour) {
        return Some(clock);
    }
    let mut sure = false;
    let mut takes = 1;
    let mut last = number.last;
    let minutes = if let Some(minutes) = written_minutes(text, numbers, at) {
        sure = true;
        takes = 2;
        last = numbers[at + 1].last;
        minutes_of(hour?, minutes)?
    } else if let Some(minutes) = hours_and_minutes(literal).filter(|_| number.digits) {
        minutes
    } else {
        minutes_of(hour?, 0)?
    };
    let mut halves = both_halves && !(number.digits && literal.starts_with('0'));
    if let Some(Unit::Clock { hours }) = unit(text.word(last + 1)) {
        last += 1;
        sure |= !hours;
    } else if text.word(last + 1) == "o" && text.word(last + 2) == "'" && text.word(last + 3) == "clock" {
        last += 3;
        sure = true;
    }
    let mut minutes = minutes;
    if let Some((evening, _)) = half_of_day(text, last + 1) {
        if minutes / 60 <= 12 {
            minutes = minutes % 720 + if evening { 720 } else { 0 };
        }
        (sure, halves) = (true, false);
    }
    Some(Clock {
        minutes: both(minutes, halves),
        sure,
        takes,
    })
}

fn both(minutes: u32, halves: bool) -> Vec<u32> {
    if halves && (60..780).contains(&minutes) {
        vec![minutes, (minutes + 720) % 1_440]
    } else {
        vec![minutes]
    }
}

/// Minutes after `:` or `h`, in digits.
fn written_minutes(text: &Text, numbers: &[Number], at: usize) -> Option<u32> {
    let (number, next) = (&numbers[at], numbers.get(at + 1)?);
    let between = number.last + 1;
    let colon = text.word(between) == ":" && text.glued(between) && text.glued(next.first);
    let word = matches!(unit(text.word(between)), Some(Unit::Clock { .. }));
    let right = next.first == between + 1 && number.digits && next.digits && (colon || word);
    let minutes = next.whole().filter(|_| right && text.word(next.first).len() == 2)?;
    (minutes < 60).then_some(minutes)
}

/// `am`, `p.m.`, `in the evening`, `de la noche`.
fn half_of_day(text: &Text, at: usize) -> Option<(bool, usize)> {
    let word = text.word(at);
    if matches!(word, "a" | "p") && text.word(at + 1) == "." && text.word(at + 2) == "m" {
        return Some((word == "p", at + 2));
    }
    for at in at..at + 4 {
        let word = text.word(at);
        if !matches!(text.kind(at), Kind::Word) && word != "'" {
            return None;
        }
        let has = |list: &str| list.split(' ').any(|listed| listed == word);
        if has(MORNING) || has(EVENING) {
            return Some((has(EVENING), at));
        }
        if !matches!(
            word,
            "in" | "the" | "de" | "la" | "da" | "du" | "di" | "del" | "l" | "'" | "s" | "at" | "uhr" | "horas" | "hs"
        ) {
            return None;
        }
    }
    None
}

/// Halves and quarters in words; the number is the hour before or after.
fn half_or_quarter(text: &Text, number: &Number, hour: Option<u32>) -> Option<Clock> {
    let hour = hour.filter(|hour| (1..=12).contains(hour))? * 60;
    let back = |by: usize| number.first.checked_sub(by).map_or("", |at| text.word(at));
    let next = |by: usize| text.word(number.last + by);
    let quarter = |word: &str| matches!(word, "quarter" | "viertel" | "kwart" | "seperempat");
    let mut last = number.last;
    let minutes = match (back(2), back(1)) {
        ("half", "past") => hour + 30,
        (first, "past" | "after" | "nach" | "over") if quarter(first) => hour + 15,
        (first, "to" | "vor" | "voor") if quarter(first) => hour - 15,
        (_, "halb" | "half" | "setengah") => hour - 30,
        (_, "dreiviertel") => hour - 15,
        _ => {
            let skip = 1 + usize::from(matches!(unit(next(1)), Some(Unit::Clock { .. })));
            let (join, what) = (next(skip), next(skip + 1));
            let what = if matches!(what, "un" | "le") {
                next(skip + 2)
            } else {
                what
            };
            let by = match (join, what) {
                ("y" | "e" | "et", "media" | "meia" | "demie" | "demi" | "mezza" | "mezzo") => 30,
                ("y" | "e" | "et", "cuarto" | "quart" | "quarto") => 15,
                ("menos" | "moins" | "meno", "cuarto" | "quart" | "quarto") => -15,
                _ => return None,
            };
            last = number.last + skip + 1;
            hour.checked_add_signed(by)?
        }
    };
    let minutes = match half_of_day(text, last + 1) {
        Some((evening, _)) => vec![minutes % 720 + if evening { 720 } else { 0 }],
        None => both(minutes.max(1), true),
    };
    Some(Clock {
        minutes,
        sure: true,
        takes: 1,
    })
}

/// `noon`, `midnight`: the minutes after midnight.
pub(crate) fn named_time(text: &Text, at: usize) -> Option<u32> {
    let after_hyphen = at > 0 && text.word(at - 1) == "-";
    match text.word(at) {
        "noon" | "mediodia" | "mezzogiorno" => Some(720),
        "dia" if after_hyphen && at > 1 && text.word(at - 2) == "meio" => Some(720),
        "midnight" | "medianoche" | "mitternacht" | "minuit" | "mezzanotte" | "middernacht" => Some(0),
        "noite" if after_hyphen && at > 1 && text.word(at - 2) == "meia" => Some(0),
        _ => None,
    }
}
