//! Whether an answer is written in the script of the customer's message.

use unicode_script::{Script, UnicodeScript};

/// A message may be answered in each script that has this share of its letters, as one part of so many.
const SHARE: usize = 3;

/// Whether `answer` is mostly in a script that the message uses. A message without letters accepts any.
pub(crate) fn fits_script(answer: &str, message: &str) -> bool {
    let asked = counts(message);
    let total: usize = asked.iter().map(|(_, count)| count).sum();
    let Some((main, _)) = counts(answer).into_iter().max_by_key(|(_, count)| *count) else {
        return true;
    };
    if total == 0 {
        return true;
    }
    let most = asked.iter().map(|(_, count)| *count).max().unwrap_or(0);
    asked
        .iter()
        .any(|(script, count)| *script == main && (*count == most || count * SHARE >= total))
}

/// Letters by script. Links and handles say nothing about a customer's language.
fn counts(text: &str) -> Vec<(Script, usize)> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let words = text
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.starts_with('@'));
    for c in words.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        let Some((script, weight)) = script_of(c) else { continue };
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += weight,
            None => counts.push((script, weight)),
        }
    }
    counts
}

/// The script, and how much its letters say: one Han or Hangul character stands for about three Latin letters.
fn script_of(c: char) -> Option<(Script, usize)> {
    Some(match c.script() {
        Script::Common | Script::Inherited | Script::Unknown => return None,
        Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Han => (Script::Han, 3),
        Script::Hangul => (Script::Hangul, 3),
        other => (other, 1),
    })
}
