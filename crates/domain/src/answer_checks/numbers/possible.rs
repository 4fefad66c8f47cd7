//! What a number of an approved text says beside its likeliest reading. Owners write price lists without spaces and signs where a reader
//! needs them: `11 69€, 14 139€`, `Sa 9-16 straight through`, `2h 45 €`.

use super::amount::{Reading, minutes_of, values};
use super::read::listed;
use super::units::{Currency, Measure, Unit, is_unit, unit};
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::{is_short_for_day, weekday};

/// So many words after a percentage another one stands without its sign, after one of these.
const PERCENT_BEFORE: usize = 5;
const THEN: &str = "then after afterwards thereafter later danach dann sonst spater puis ensuite apres poi dopo despues luego depois daarna nadien setelahnya kemudian";

/// The readings of the digits of `text` outside the `masked` ranges that touch their unit, or stand beside it.
pub(super) fn possible_readings(text: &Text, masked: &[(usize, usize)]) -> Vec<Reading> {
    digits_of(text, masked)
        .flat_map(|at| {
            let mut readings = with_unit_beside(text, at);
            readings.extend(hours_of_day(text, at));
            readings.extend(hours_with_minutes(text, at));
            readings.extend(nights_stayed(text, at));
            readings.extend(metres_and_centimetres(text, at));
            readings.extend(pieces_of_size(text, at));
            readings.extend(percentage_after_another(text, at));
            readings
        })
        .collect()
}

pub(super) fn digits_of<'t>(text: &'t Text, masked: &'t [(usize, usize)]) -> impl Iterator<Item = usize> + 't {
    let hidden = |at: usize| {
        let token = text.tokens[at];
        masked
            .iter()
            .any(|(start, end)| token.start < *end && token.end > *start)
    };
    (0..text.tokens.len()).filter(move |at| text.kind(*at) == Kind::Number && !hidden(*at))
}

fn with_unit_beside(text: &Text, at: usize) -> Vec<Reading> {
    // `1/2 kg`
    if text.word(at.wrapping_sub(1)) == "/" && text.glued(at) {
        return Vec::new();
    }
    let values = values(text.word(at)).into_iter();
    match unit_beside(text, at) {
        Some(Unit::Money(currency)) => values.map(|value| Reading::Money(value, currency)).collect(),
        Some(Unit::Cents) => values
            .map(|value| Reading::Money(value / 100, Currency::Unknown))
            .collect(),
        Some(Unit::Percent) => values.map(Reading::Percent).collect(),
        Some(Unit::Measure(measure, size)) => values
            .filter_map(|value| Some(Reading::Measure(value.checked_mul(size)?, measure)))
            .collect(),
        // `9h30` is not nine hours.
        Some(Unit::Clock { hours: true }) if !(text.glued(at + 2) && text.kind(at + 2) == Kind::Number) => values
            .filter_map(|value| Some(Reading::Measure(value.checked_mul(60)?, Measure::Minutes)))
            .collect(),
        _ => Vec::new(),
    }
}

fn unit_beside(text: &Text, at: usize) -> Option<Unit> {
    // `5,500/-`
    if text.word(at + 1) == "/" && text.word(at + 2) == "-" && text.glued(at + 1) && text.glued(at + 2) {
        return Some(Unit::Money(Currency::Unknown));
    }
    let goes_on = text.glued(at + 2) && matches!(text.kind(at + 2), Kind::Word | Kind::Number);
    if text.glued(at + 1) && !goes_on {
        match text.word(at + 1) {
            // `50c`, and not house number 12c
            "c" if text.word(at).ends_with(['0', '5']) && text.word(at.wrapping_sub(1)) != "." => {
                return Some(Unit::Cents);
            }
            // `16"`
            "\"" if !is_quoted(text, at) => return Some(Unit::Measure(Measure::Inches, 1)),
            _ => {}
        }
    }
    let sign = at
        .checked_sub(1)
        .filter(|sign| text.kind(*sign) == Kind::Sign && text.glued(at));
    let before = sign
        .and_then(|sign| unit(text.word(sign)))
        .filter(|unit| matches!(unit, Unit::Money(_)));
    // `50-99 $94`
    let of_next = !text.glued(at + 1) && text.kind(at + 2) == Kind::Number;
    before.or_else(|| unit(text.word(at + 1)).filter(|_| is_unit(text.word(at + 1)) && !of_next))
}

/// Whether a quotation that began before token `at` goes on there.
fn is_quoted(text: &Text, at: usize) -> bool {
    let line = (0..at).rev().take_while(|at| text.kind(*at) != Kind::Break);
    line.filter(|at| text.word(*at) == "\"" && text.kind(at.wrapping_sub(1)) != Kind::Number)
        .count()
        % 2
        == 1
}

/// `Sa 9-16`: the number is an hour of a range after the name of a day, whatever follows.
fn hours_of_day(text: &Text, at: usize) -> Vec<Reading> {
    let joins = |at: usize| matches!(text.word(at), "-" | "a" | "bis" | "to" | "tot" | "alle" | "as");
    let first = match at.checked_sub(2) {
        Some(first) if joins(first + 1) && text.kind(first) == Kind::Number => first,
        _ if joins(at + 1) && text.kind(at + 2) == Kind::Number => at,
        _ => return Vec::new(),
    };
    let hour = |at: usize| text.word(at).parse::<u32>().ok().filter(|hour| *hour <= 24);
    // `9-12:30`
    let whole = text.word(first + 3) != ":" || !text.glued(first + 3);
    match (hour(first), hour(first + 2), hour(at)) {
        (Some(from), Some(to), Some(hour)) if whole && from < to && follows_day(text, first) => {
            minutes_of(hour, 0).map(Reading::Time).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn follows_day(text: &Text, at: usize) -> bool {
    let stop = at
        .checked_sub(1)
        .filter(|stop| matches!(text.word(*stop), "." | ":" | ","));
    let Some(name) = stop.unwrap_or(at).checked_sub(1) else {
        return false;
    };
    let word = text.word(name);
    let initial = matches!(word, "l" | "m" | "x" | "j" | "v" | "s" | "d");
    // What is short for a day and says something else more often.
    let other = listed("so min do di me ma mar sen dom mo za ve je zo", word);
    text.kind(name) == Kind::Word && !other && (initial || is_short_for_day(word) || weekday(word).is_some())
}

/// `1h e 30`
fn hours_with_minutes(text: &Text, at: usize) -> Option<Reading> {
    let hours: u32 = text.word(at).parse().ok()?;
    let and = matches!(text.word(at + 2), "e" | "et" | "y" | "and" | "und" | "en" | "dan");
    let minutes = text.word(at + 3);
    let hour = matches!(unit(text.word(at + 1)), Some(Unit::Clock { hours: true }));
    let joined = hour && and && minutes.len() == 2 && text.kind(at + 3) == Kind::Number;
    let minutes = minutes.parse().ok().filter(|_| joined)?;
    Some(Reading::Measure(
        u64::from(minutes_of(hours, minutes)?) * 1_000,
        Measure::Minutes,
    ))
}

/// `Stay 7 pay 6`
fn nights_stayed(text: &Text, at: usize) -> Vec<Reading> {
    let stayed = at.checked_sub(1).is_some_and(|before| text.word(before) == "stay");
    let nights = values(text.word(at)).into_iter().filter(|_| stayed);
    nights.map(|value| Reading::Measure(value, Measure::Nights)).collect()
}

/// `1m25`
fn metres_and_centimetres(text: &Text, at: usize) -> Option<Reading> {
    let metres: u64 = text.word(at).parse().ok()?;
    let glued = text.word(at + 1) == "m" && text.glued(at + 1) && text.glued(at + 2);
    let centimetres = text.word(at + 2);
    let centimetres: u64 = centimetres.parse().ok().filter(|_| glued && centimetres.len() == 2)?;
    let millimetres = metres.checked_mul(1_000)? + centimetres * 10;
    Some(Reading::Measure(millimetres.checked_mul(1_000)?, Measure::Millimetres))
}

/// `24x33cl` are 24 of them.
fn pieces_of_size(text: &Text, at: usize) -> Vec<Reading> {
    let measured = text.kind(at + 3) == Kind::Word || text.word(at + 3) == "'";
    let pieces = text.word(at + 1) == "x" && text.kind(at + 2) == Kind::Number && measured;
    let values = values(text.word(at)).into_iter().filter(|_| pieces);
    values.map(|value| Reading::Plain { value, counts: true }).collect()
}

/// `until 24 h 50%, then 100`
fn percentage_after_another(text: &Text, at: usize) -> Vec<Reading> {
    let before = (at.saturating_sub(PERCENT_BEFORE)..at).rev();
    let ends = |at: &usize| text.kind(*at) == Kind::Break || matches!(text.word(*at), "." | ";");
    let percent = before.take_while(|at| !ends(at)).any(|at| text.word(at) == "%");
    let word = |back: usize| at.checked_sub(back).map_or("", |at| text.word(at));
    let then = listed(THEN, word(1)) || (word(1) == "that" && word(2) == "after");
    let stops = matches!(text.kind(at + 1), Kind::Break) || matches!(text.word(at + 1), "." | ";" | ")");
    let values = values(text.word(at)).into_iter();
    values
        .filter(|value| percent && then && stops && *value <= 100_000)
        .map(Reading::Percent)
        .collect()
}
