//! The units and ages that a text names away from its numbers: `Days of delivery: 3-5`, `children up to eleven`.

use super::units::{Currency, Measure, Unit, unit};
use crate::answer_checks::text::{Kind, Text};

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
        match unit(text.word(at))? {
            Unit::Money(currency) => Some(Mention::Currency(currency)),
            Unit::Pounds => Some(Mention::Currency(Currency::Pound)),
            Unit::Measure(measure, _) => Some(Mention::Measure(measure)),
            _ => None,
        }
    };
    let tokens = (0..text.tokens.len()).filter(|at| matches!(text.kind(*at), Kind::Word | Kind::Sign));
    tokens
        .filter_map(|at| Some((text.tokens[at].start, mention(at)?)))
        .collect()
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
