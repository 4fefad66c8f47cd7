//! Lists of keywords and of examples as text: typed or pasted, and shown for typing where there is one field for all of them.
//!
//! Only what is typed is split. A list that is stored travels as a list; shown as text it is quoted so that splitting gives it back.

/// Commas of any script, tabs and line ends.
const SEPARATORS: [char; 8] = [',', '\u{FF0C}', '\u{3001}', '\u{060C}', '\t', '\n', '\r', '\u{2028}'];

/// Splits a typed or pasted list at commas (of any script), tabs and line ends; trims, and drops what is empty. A keyword that holds
/// a comma stands in quotation marks (`"1,000 followers"`), which go; others keep theirs. Spelling, order and duplicates stay: saying
/// that a keyword is there twice is validation's work.
#[must_use]
pub fn split_keywords(typed: &str) -> Vec<String> {
    let mut keywords = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        if let Some((keyword, after)) = quoted(rest) {
            keywords.push(keyword);
            rest = after;
        }
        let (keyword, after) = rest.split_once(SEPARATORS).unwrap_or((rest, ""));
        if !keyword.trim().is_empty() {
            keywords.push(keyword.trim().to_owned());
        }
        rest = after.trim_start();
    }
    keywords
}

/// The list as one line of text that [`split_keywords`] takes apart into the same keywords, line ends and tabs inside of them as spaces.
#[must_use]
pub fn join_keywords(keywords: &[String]) -> String {
    let shown: Vec<String> = keywords.iter().map(|keyword| in_one_line(keyword)).collect();
    shown.join(", ")
}

/// Whether a comma that is typed next belongs to the keyword: its quotation mark is not closed.
#[must_use]
pub fn is_in_quotes(typed: &str) -> bool {
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        if let Some((_, after)) = quoted(rest) {
            rest = after;
        }
        if closing(rest).is_some_and(|marks| !rest.chars().skip(1).any(|c| marks.contains(&c))) {
            return true;
        }
        rest = rest.split_once(SEPARATORS).map_or("", |(_, after)| after.trim_start());
    }
    false
}

fn in_one_line(keyword: &str) -> String {
    let keyword = keyword.replace(['\t', '\n', '\r', '\u{2028}'], " ");
    if keyword.contains(SEPARATORS) || closing(&keyword).is_some() {
        format!("\"{}\"", keyword.replace('"', "\"\""))
    } else {
        keyword
    }
}

/// The marks that close the one that `text` begins with.
fn closing(text: &str) -> Option<&'static [char]> {
    match text.chars().next()? {
        '"' => Some(&['"']),
        '“' => Some(&['”', '“']),
        '„' => Some(&['“', '”']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// The quoted keyword that `text` begins with, and what follows; none when the quotation marks protect nothing. A straight mark inside is
/// written twice.
fn quoted(text: &str) -> Option<(String, &str)> {
    let marks = closing(text)?;
    let mut inner = String::new();
    let mut has_marks = false;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if !marks.contains(&c) {
            inner.push(c);
            continue;
        }
        if c == '"' && chars.next_if(|(_, next)| *next == '"').is_some() {
            has_marks = true;
            inner.push(c);
            continue;
        }
        let after = text[at + c.len_utf8()..].trim_start_matches(' ');
        let ends = after.is_empty() || after.starts_with(SEPARATORS);
        let protects = has_marks || inner.contains(SEPARATORS) || closing(&inner).is_some();
        let inner = inner.trim();
        return (ends && protects && !inner.is_empty()).then(|| (inner.to_owned(), after));
    }
    None
}

/// Splits the examples of an intent, one a line; trims, and drops what is empty. Commas belong to what a customer writes.
#[must_use]
pub fn split_examples(typed: &str) -> Vec<String> {
    typed
        .split(['\n', '\r', '\u{2028}'])
        .map(str::trim)
        .filter(|example| !example.is_empty())
        .map(str::to_owned)
        .collect()
}
