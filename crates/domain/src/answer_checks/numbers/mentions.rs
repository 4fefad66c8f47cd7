//! The units and ages that a text names away from its numbers: `Days of delivery: 3-5`, `children up to eleven`.

use super::beside::currency_of_two;
use super::clock::expects_time;
use super::is_number_word;
use super::units::{Currency, Measure, Unit, unit};
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::weekday;

/// So many words before an age its children stand.
const AGE_BEFORE: usize = 5;

/// What is counted in years without saying so.
const AGES: &str = "age aged ages alter edad idade eta leeftijd usia umur kid kids child children kinder kind ki ninos nino ninas \
    crianca criancas enfant enfants bambini bambino bimbi kinderen kind anak anak-anak";

/// A unit that a text names.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mention {
    Currency(Currency),
    Measure(Measure),
}

/// The units that `text` names, each with its place.
pub(super) fn mentions_of(text: &Text) -> Vec<(usize, Mention)> {
    let mention = |at: usize| {
        if AGES.split_ascii_whitespace().any(|age| age == text.word(at)) {
            return Some(Mention::Measure(Measure::Months));
        }
        match currency_of_two(text, at.wrapping_sub(1)).or_else(|| unit(text.word(at)))? {
            Unit::Money(currency) => Some(Mention::Currency(currency)),
            // A Dutch `pond` is English for a small lake.
            Unit::Pounds if beside_number(text, at) => Some(Mention::Currency(Currency::Pound)),
            Unit::Measure(measure, _) => Some(Mention::Measure(measure)),
            _ => None,
        }
    };
    let tokens = (0..text.tokens.len()).filter(|at| matches!(text.kind(*at), Kind::Word | Kind::Sign));
    tokens
        .filter_map(|at| Some((text.tokens[at].start, mention(at)?)))
        .collect()
}

fn beside_number(text: &Text, at: usize) -> bool {
    let number = |at: usize| text.kind(at) == Kind::Number || is_number_word(text.word(at));
    number(at + 1) || at.checked_sub(1).is_some_and(number)
}

/// The units named in the line of a number; a measure in its sentence.
pub(super) fn mentioned_beside(
    text: &Text,
    start: usize,
    mentions: &[(usize, Mention)],
) -> impl Iterator<Item = Mention> {
    let within = move |at: usize, ends: &[&str]| {
        let between = &text.folded[start.min(at)..start.max(at)];
        !ends.iter().any(|end| between.contains(end))
    };
    let beside = mentions.iter().filter(move |(at, mention)| match mention {
        Mention::Currency(_) => within(*at, &["\n"]),
        Mention::Measure(_) => within(*at, &["\n", ". "]),
    });
    beside.map(|(_, mention)| *mention)
}

/// Whether who is so old is named before the number that begins at `start`.
pub(super) fn is_age_of(text: &Text, start: usize) -> bool {
    let aged = |at: usize| AGES.split_ascii_whitespace().any(|age| age == text.word(at));
    let at = text.tokens.partition_point(|token| token.start < start);
    (at.saturating_sub(AGE_BEFORE)..at).any(aged)
}

/// The day of a month that the number beginning at `start` is, where it is an end of a range of days and its sentence names one month:
/// `agosto cerrado del 5 al 26`. Where hours can be meant too, `the` stands before it.
pub(super) fn day_in_range(text: &Text, start: usize, value: u64, timed: bool) -> Option<(u8, u8)> {
    const TO: &str = "- al bis au to t/m tot sampai hingga ate ao";
    const WITH_ARTICLE: &str = "del dal du vom tanggal";
    let at = text.tokens.partition_point(|token| token.start < start);
    let is_day =
        |at: usize| text.kind(at) == Kind::Number && text.word(at).parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    let to = |at: usize| TO.split(' ').any(|to| to == text.word(at));
    let first = match at.checked_sub(2) {
        Some(first) if to(first + 1) && is_day(first) => first,
        _ if to(at + 1) && is_day(at + 2) => at,
        _ => return None,
    };
    let article = first.checked_sub(1).is_some_and(|before| {
        let before = text.word(before);
        WITH_ARTICLE.split(' ').any(|article| article == before)
    });
    let months = months_beside(text, start);
    let day = u8::try_from(value / 1_000)
        .ok()
        .filter(|_| value.is_multiple_of(1_000))?;
    match months.as_slice() {
        [month] if is_day(at) && (article || !timed) => Some((day, *month)),
        _ => None,
    }
}

/// The measure of an earlier number of the sentence, with its size, which a range without one shares: `nine weeks, where it should be
/// six to eight`. After a word of time the range is one of hours.
pub(super) fn measured_before(text: &Text, start: usize) -> Option<(Measure, u64)> {
    let number = |at: usize| text.kind(at) == Kind::Number || is_number_word(text.word(at));
    let at = text.tokens.partition_point(|token| token.start < start);
    let first = at.checked_sub(2).filter(|first| number(*first)).unwrap_or(at);
    let before = first.checked_sub(1)?;
    if expects_time(text.word(before)).is_some() || weekday(text.word(before)).is_some() {
        return None;
    }
    let ends = |at: &usize| text.kind(*at) == Kind::Break || matches!(text.word(*at), "." | "!" | "?" | ";");
    let sentence = (0..first).rev().take_while(|at| !ends(at));
    let mut measures = sentence.filter_map(|at| match unit(text.word(at)) {
        Some(Unit::Measure(measure, size)) if at > 0 && number(at - 1) => Some((measure, size)),
        _ => None,
    });
    measures.next()
}

/// The months that the sentence around `start` names.
pub(super) fn months_beside(text: &Text, start: usize) -> Vec<u8> {
    let at = text.tokens.partition_point(|token| token.start < start);
    let ends = |at: &usize| text.kind(*at) == Kind::Break || (text.word(*at) == "." && !text.glued(*at + 1));
    let first = (0..at).rev().find(ends).map_or(0, |at| at + 1);
    let last = (at..text.tokens.len()).find(ends).unwrap_or(text.tokens.len());
    let long = |at: &usize| text.word(*at).len() > 3;
    (first..last)
        .filter(long)
        .filter_map(|at| super::dates::month(text.word(at)))
        .collect()
}
