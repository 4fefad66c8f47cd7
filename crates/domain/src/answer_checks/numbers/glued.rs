//! Numbers that a language writes in one word.

use super::words::{NumberWord, PHRASES};
use crate::answer_checks::language::Language;

/// `zweitausendfunfhundert`, `duemilacinquecento`: thousands and the rest in one word.
pub(super) fn glued_thousands(word: &str) -> Option<NumberWord> {
    for (thousand, language) in [
        ("tausend", Language::German),
        ("mila", Language::Italian),
        ("mille", Language::Italian),
        ("duizend", Language::Dutch),
    ] {
        let Some((before, after)) = word.split_once(thousand) else {
            continue;
        };
        let part = |part: &str| {
            let found = PHRASES
                .get(part)
                .and_then(|words| words.iter().find(|found| found.language == language).copied());
            found.or_else(|| glued_hundreds(part).filter(|found| found.language == language))
        };
        let many = if before.is_empty() { 1 } else { part(before)?.value };
        let rest = if after.is_empty() { 0 } else { part(after)?.value };
        let whole = many < 1_000 && rest < 1_000 && !(before.is_empty() && after.is_empty());
        return whole.then_some(NumberWord {
            value: many * 1_000 + rest,
            language,
            restricted: false,
            needs_unit: false,
        });
    }
    None
}

/// `hundertfunfzig`, `centocinquanta`, `honderdvijftig`: hundreds and the rest in one word.
pub(super) fn glued_hundreds(word: &str) -> Option<NumberWord> {
    for (hundred, joins) in [("hundert", ["und", ""]), ("cento", ["", ""]), ("honderd", ["en", ""])] {
        let Some((before, after)) = word.split_once(hundred) else {
            continue;
        };
        let Some(all) = PHRASES.get(&format!("{before}{hundred}")) else {
            continue;
        };
        let rest = joins.iter().find_map(|join| PHRASES.get(after.strip_prefix(join)?))?;
        let pairs = all
            .iter()
            .flat_map(|hundreds| rest.iter().map(move |rest| (hundreds, rest)));
        let mut pairs = pairs.filter(|(hundreds, rest)| rest.language == hundreds.language && rest.value < 100);
        let (hundreds, rest) = pairs.next()?;
        return Some(NumberWord {
            value: hundreds.value + rest.value,
            restricted: false,
            needs_unit: false,
            ..*hundreds
        });
    }
    None
}
