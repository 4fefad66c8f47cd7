//! Quotation marks and line ends that came along with a value. `docker run --env-file` keeps what a shell would take off, and a
//! secret with quotation marks proves nothing.

/// Opening and closing marks; text editors make the curved ones.
const PAIRS: [(char, char); 4] = [
    ('"', '"'),
    ('\'', '\''),
    ('\u{201c}', '\u{201d}'),
    ('\u{2018}', '\u{2019}'),
];

/// The value without what stands around it, each entry of a list by itself.
///
/// # Errors
/// What is wrong, as the end of a sentence; never the value.
pub(super) fn unquote(text: &str) -> Result<String, &'static str> {
    let text = trim(text);
    if text.chars().any(|character| matches!(character, '\r' | '\n' | '\0')) {
        return Err("holds a line end: write it on one line");
    }
    if let Some(inner) = without_marks(text) {
        return if inner.contains(',') { each(inner) } else { one(inner) };
    }
    if text.contains(',') { each(text) } else { one(text) }
}

fn each(list: &str) -> Result<String, &'static str> {
    let entries: Result<Vec<_>, _> = list.split(',').map(one).collect();
    Ok(entries?.join(","))
}

fn one(entry: &str) -> Result<String, &'static str> {
    let entry = trim(entry);
    let inner = without_marks(entry).map_or(entry, trim);
    let is_mark = |character: char| {
        PAIRS
            .iter()
            .any(|(open, close)| character == *open || character == *close)
    };
    if inner.starts_with(is_mark) || inner.ends_with(is_mark) {
        return Err("begins or ends with a quotation mark: take it off");
    }
    Ok(inner.to_owned())
}

/// What stands between two marks of a pair, if no third one stands there.
fn without_marks(text: &str) -> Option<&str> {
    PAIRS.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    })
}

/// Blanks, and the mark that some editors put at the beginning of a file.
fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
}

#[cfg(test)]
mod tests;
