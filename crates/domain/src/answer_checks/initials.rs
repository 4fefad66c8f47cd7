//! Days of the week that are written as initials: `L-V 10-14, S 10-13:45`, `M-F`.

use super::language::{Language, Languages};
use super::opening::{says_closed, says_open};
use super::text::{Kind, Text};
use super::weekdays::Weekdays;

/// The days from one initial to another, in languages that write `L M X J V S D`, and in English `M-F`.
pub(super) fn initials_at(text: &Text, at: usize, languages: Languages) -> Option<Weekdays> {
    let apart = |at: usize| text.kind(at) == Kind::Word && text.word(at).len() == 1;
    if !apart(at) {
        return None;
    }
    let whole = text.word(at.wrapping_sub(1)) != "'" && text.word(at + 3) != "'";
    let joined = matches!(text.word(at + 1), "-" | "a" | "/") && apart(at + 2) && whole;
    let days = match (text.word(at), text.word(at + 2)) {
        ("m", "f") => (0, 4),
        (first, last) => (initial(first)?, initial(last)?),
    };
    let romance =
        languages.has(Language::Spanish) || languages.has(Language::French) || languages.has(Language::Italian);
    let sure = text.word(at) == "l" || text.word(at + 2) == "f" || romance;
    (joined && sure && days.0 < days.1).then(|| Weekdays::range(days.0, days.1))
}

fn initial(word: &str) -> Option<u32> {
    ["l", "m", "x", "j", "v", "s", "d"]
        .iter()
        .zip(0..)
        .find(|(letter, _)| **letter == word)
        .map(|(_, day)| day)
}

/// `S 10-13:45` and `D cerrado` beside a range of initials.
pub(super) fn lone_initial(text: &Text, at: usize, ranges: bool) -> Option<u32> {
    let begins = at > 0 && matches!(text.word(at - 1), "," | "/" | ";" | "." | "|" | "y" | "e" | "et");
    let next = at + 1 + usize::from(matches!(text.word(at + 1), ":" | "."));
    let told = text.kind(next) == Kind::Number || says_closed(text.word(next)) || says_open(text.word(next));
    initial(text.word(at)).filter(|day| ranges && *day > 1 && begins && told)
}
