//! Pasted lists of keywords and of examples.

/// Splits a pasted list at commas (of any script), tabs and line ends; trims, and drops what is empty. Spelling, order and
/// duplicates stay: saying that a keyword is there twice is validation's work.
#[must_use]
pub fn split_keywords(pasted: &str) -> Vec<String> {
    pasted
        .split([',', '\u{FF0C}', '\u{3001}', '\u{060C}', '\t', '\n', '\r', '\u{2028}'])
        .map(str::trim)
        .filter(|keyword| !keyword.is_empty())
        .map(str::to_owned)
        .collect()
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
