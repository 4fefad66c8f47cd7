//! Times of day: `10am`, `10:00`, `10 Uhr`, `10h30`, `às 10`, `half past ten`, `halb zehn`, `las diez y media`, `noon`.

use super::amount::{hours_and_minutes, minutes_of};
use super::scan::Number;
use super::spoken::spoken_time;
use super::units::{Unit, is_unit, unit};
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
    /// The minutes, where it may be so many hours as well: `2h30`.
    pub(crate) span: Option<u32>,
}

/// What people say of a time to tell morning from evening.
#[derive(Clone, Copy, Debug)]
pub(super) enum DayHalf {
    Morning,
    Midday,
    Evening,
    /// From nine in the evening to four in the morning.
    Night,
}

const MORNING: &str =
    "am morning morgens vormittags fruh manana manha matin mattina mattino ochtends morgen pagi madrugada утра";
const MIDDAY: &str = "noon midday mittags mediodia siang";
const EVENING: &str =
    "pm afternoon evening tonight nachmittags abends tarde soir sera pomeriggio middags avonds sore вечера дня";
const NIGHT: &str = "night nachts noche noite notte nuit malam";
const STRONG: &str = " at um as las alle ore om jam pukul saat gegen в ";
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
    if let Some(clock) = spoken_time(text, numbers, at) {
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
    let mut span = None;
    let mut halves = both_halves && !(number.digits && literal.starts_with('0'));
    if let Some(Unit::Clock { hours }) = unit(text.word(last + 1)) {
        last += 1;
        sure |= !hours;
    } else if text.word(last + 1) == "o" && text.word(last + 2) == "'" && text.word(last + 3) == "clock" {
        last += 3;
        sure = true;
    }
    let mut minutes = minutes;
    if takes == 2 && matches!(unit(text.word(number.last + 1)), Some(Unit::Clock { hours: true })) {
        span = Some(minutes);
    }
    let east = number.first.checked_sub(1).and_then(|at| half_before(text.word(at)));
    if ["点半", "點半", "時半"]
        .iter()
        .any(|half| text.word(last).starts_with(half))
    {
        minutes += 30;
    }
    if let Some(half) = half_of_day(text, last + 1).or(east) {
        minutes = half.of(minutes);
        (sure, halves) = (true, false);
    }
    Some(Clock {
        minutes: both(minutes, halves),
        sure,
        takes,
        span,
    })
}

/// `晚上9点`, `午後3時`, `오전 10시`: the half of the day stands before the hour.
fn half_before(word: &str) -> Option<DayHalf> {
    let ends = |list: &[&str]| list.iter().any(|listed| word.ends_with(listed));
    if ends(&["上午", "早上", "凌晨", "午前", "朝", "오전", "아침"]) {
        Some(DayHalf::Morning)
    } else {
        ends(&["下午", "晚上", "傍晚", "午後", "夜", "오후", "저녁"]).then_some(DayHalf::Evening)
    }
}

pub(super) fn both(minutes: u32, halves: bool) -> Vec<u32> {
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
    // `11時から22時` is no 11:22.
    let whole_word = is_unit(text.word(between));
    let word = whole_word && matches!(unit(text.word(between)), Some(Unit::Clock { .. }));
    // `2h-3h 15 photos`
    let near = text.glued(next.first) || !super::read::is_noun(text, next.last + 1);
    let right = next.first == between + 1 && number.digits && next.digits && (colon || (word && near));
    let minutes = next.whole().filter(|_| right && text.word(next.first).len() == 2)?;
    (minutes < 60).then_some(minutes)
}

/// `am`, `p.m.`, `8a`, `in the evening`, `de la noche`.
pub(super) fn half_of_day(text: &Text, at: usize) -> Option<DayHalf> {
    let word = text.word(at);
    let dotted = text.word(at + 1) == "." && text.word(at + 2) == "m";
    let glued = text.glued(at) && text.kind(at + 1) != Kind::Word && text.word(at + 1) != "'";
    if matches!(word, "a" | "p") && (dotted || glued) {
        return Some(if word == "p" {
            DayHalf::Evening
        } else {
            DayHalf::Morning
        });
    }
    for at in at..at + 4 {
        let word = text.word(at);
        if !matches!(text.kind(at), Kind::Word) && word != "'" {
            return None;
        }
        if word == "apres" && text.word(at + 1) == "-" {
            return Some(DayHalf::Evening);
        }
        let half = [
            (MORNING, DayHalf::Morning),
            (MIDDAY, DayHalf::Midday),
            (EVENING, DayHalf::Evening),
            (NIGHT, DayHalf::Night),
        ];
        let named = half
            .into_iter()
            .find(|(list, _)| list.split(' ').any(|listed| listed == word));
        if let Some((_, half)) = named {
            return Some(half);
        }
        if !matches!(
            word,
            "in" | "the"
                | "de"
                | "la"
                | "da"
                | "du"
                | "di"
                | "del"
                | "l"
                | "'"
                | "s"
                | "at"
                | "uhr"
                | "horas"
                | "hs"
                | "uur"
                | "ore"
                | "am"
        ) {
            return None;
        }
    }
    None
}
