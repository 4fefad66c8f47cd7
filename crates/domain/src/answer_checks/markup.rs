//! What a DM cannot show: invisible characters, Markdown, HTML, JSON and placeholders.

use unicode_script::{Script, UnicodeScript};

use super::characters::is_invisible;

/// Whether the answer holds something that only a program reads.
pub(crate) fn has_markup(answer: &str) -> bool {
    hides(answer).is_some() || has_tags(answer) || has_markdown(answer) || has_json(answer) || has_placeholder(answer)
}

/// The first character that is there for nobody to see, with its place. Joiners within emoji and within scripts that need them, and
/// variation selectors after what they vary, are none.
pub(crate) fn hides(text: &str) -> Option<(usize, char)> {
    let mut before = None;
    let mut flag = false;
    for (at, c) in text.char_indices() {
        flag = match c {
            '\u{1F3F4}' => true,
            '\u{E0061}'..='\u{E007A}' | '\u{E0030}'..='\u{E0039}' => flag,
            _ => false,
        } || (flag && c == '\u{E007F}');
        let hidden = match c {
            '\n' | '\r' | '\t' => false,
            _ if c.is_control() => true,
            _ if !is_invisible(c) => false,
            '\u{200D}' => !before.is_some_and(joins),
            '\u{200C}' => !before.is_some_and(needs_joiners),
            '\u{FE0E}' | '\u{FE0F}' => {
                !before.is_some_and(|b: char| !b.is_alphabetic() && !b.is_whitespace() && !is_invisible(b))
            }
            '\u{200E}' | '\u{200F}' | '\u{061C}' => !text.chars().any(right_to_left),
            '\u{200B}' => !before.is_some_and(super::characters::writes_without_spaces),
            _ => !(flag && matches!(c, '\u{E0020}'..='\u{E007F}')),
        };
        if hidden {
            return Some((at, c));
        }
        before = Some(c);
    }
    None
}

fn joins(c: char) -> bool {
    needs_joiners(c) || matches!(c, '\u{FE0F}' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Persian, Arabic, Syriac, the Indic scripts and Mongolian.
fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}')
}

fn right_to_left(c: char) -> bool {
    matches!(
        c.script(),
        Script::Arabic | Script::Hebrew | Script::Syriac | Script::Thaana
    )
}

/// `<b>`, `</think>`, `&nbsp;`
fn has_tags(answer: &str) -> bool {
    let tag = answer.match_indices('<').any(|(at, _)| {
        let rest = &answer[at + 1..];
        let named = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '|');
        named && rest.contains('>')
    });
    let entity = answer.match_indices('&').any(|(at, _)| {
        let rest = &answer[at + 1..];
        let name = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
            .unwrap_or(rest.len());
        (2..10).contains(&name) && rest[name..].starts_with(';')
    });
    tag || entity
}

fn has_markdown(answer: &str) -> bool {
    let pairs = ["**", "__", "`", "~~"]
        .iter()
        .any(|sign| answer.matches(sign).count() >= 2);
    pairs || answer.contains("```") || answer.contains("](") || answer.lines().any(is_markdown_line)
}

fn is_markdown_line(line: &str) -> bool {
    let line = line.trim();
    let heading = line.trim_start_matches('#');
    let level = line.len() - heading.len();
    ((1..=6).contains(&level) && heading.starts_with(' '))
        || (line.starts_with('|') && line.matches('|').count() > 1)
        || line.starts_with("> ")
        || (line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=')))
}

fn has_json(answer: &str) -> bool {
    let text = answer.trim();
    let wrapped = (text.starts_with('{') && text.ends_with('}')) || (text.starts_with('[') && text.ends_with(']'));
    let keyed = text.contains('{') && text.contains("\":");
    wrapped || keyed
}

/// `[Name]`, `{{name}}`
fn has_placeholder(answer: &str) -> bool {
    answer.contains("{{")
        || ["[]", "{}"].iter().any(|pair| {
            let (open, close) = pair.split_at(1);
            answer.split(open).skip(1).any(|rest| {
                let inside = rest.split(close).next().filter(|inside| inside.len() < rest.len());
                inside.is_some_and(|inside| inside.len() < 40 && inside.chars().any(char::is_alphabetic))
            })
        })
}
