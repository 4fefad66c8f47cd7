//! The texts that a keyword stands for: as spelled, without the punctuation around it, and with its umlauts typed out.

use super::edges::needs_no_edge;
use super::fold::{fold_plain, fold_typed_out};

/// Every folded text that a message may hold for `keyword`; none when it folds to nothing. A text with umlauts is looked for in the
/// plain message and in the typed-out one, so that `für` is found in `fuer` and `fuer` in `für`, but `fuer` not in `fur`.
pub(crate) fn spellings(keyword: &str) -> Vec<String> {
    let (plain, has_umlauts) = fold_plain(keyword);
    let typed_out = if has_umlauts { fold_typed_out(keyword) } else { None };
    let mut found: Vec<String> = Vec::with_capacity(1);
    for folded in std::iter::once(plain).chain(typed_out.map(|(text, _)| text)) {
        let bare = without_punctuation(&folded);
        if bare.len() < folded.len() {
            found.push(bare.to_owned());
        }
        if !folded.is_empty() {
            found.push(folded);
        }
    }
    found
}

/// The messages that hold `spelling` and nothing else: as it is, and with umlauts for some or all of the pairs of letters that may be
/// one. Other messages with it are found by whatever finds one of these. Beyond three pairs: none, each alone, all.
pub(crate) fn messages_of(spelling: &str) -> Vec<String> {
    let pairs: Vec<usize> = (0..spelling.len())
        .filter(|at| umlaut(spelling.get(*at..at + 2)).is_some())
        .collect();
    let every = 1_usize << pairs.len().min(16);
    let wanted = |chosen: &usize| pairs.len() <= 3 || chosen.count_ones() <= 1 || chosen + 1 == every;
    (0..every)
        .filter(wanted)
        .map(|chosen| with_umlauts(spelling, &pairs, chosen))
        .collect()
}

fn with_umlauts(spelling: &str, pairs: &[usize], chosen: usize) -> String {
    let mut message = spelling.to_owned();
    for (number, at) in pairs.iter().enumerate().rev() {
        let umlaut = umlaut(message.get(*at..at + 2)).filter(|_| chosen >> number & 1 == 1);
        if let Some(umlaut) = umlaut {
            message.replace_range(*at..at + 2, umlaut);
        }
    }
    message
}

/// The letter that is typed out as this pair.
fn umlaut(pair: Option<&str>) -> Option<&'static str> {
    match pair? {
        "ae" => Some("ä"),
        "oe" => Some("ö"),
        "ue" => Some("ü"),
        "aa" => Some("å"),
        _ => None,
    }
}

/// Whether a text may be found where an umlaut stands.
pub(super) fn has_pair(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, b"ae" | b"oe" | b"ue" | b"aa"))
}

/// The keyword without what a person writes around a word in a sentence; the whole of it when nothing else would be left. A full
/// stop, colon or exclamation mark in front stays (`.net`, `:d`, `!price`), and so does a quotation mark after a number (`12"`).
fn without_punctuation(folded: &str) -> &str {
    let bare = folded.trim_start_matches(|c| opens(c) || c == ' ');
    let mut end = bare.len();
    while let Some(last) = bare[..end].chars().next_back() {
        let before = bare[..end - last.len_utf8()].chars().next_back();
        let is_unit = matches!(last, '\'' | '"') && before.is_some_and(char::is_numeric);
        if is_unit || !(closes(last) || last == ' ') {
            break;
        }
        end -= last.len_utf8();
    }
    let bare = &bare[..end];
    if bare.chars().any(|c| c.is_alphanumeric() || needs_no_edge(c)) {
        bare
    } else {
        folded
    }
}

/// Signs in front of a word.
fn opens(c: char) -> bool {
    matches!(
        c,
        '\'' | '"' | '-' | '(' | '[' | '{' | '¿' | '¡' | '·' | '•' | '〈' | '《' | '【' | '〔' | '〖'
    )
}

/// Signs behind a word.
fn closes(c: char) -> bool {
    matches!(
        c,
        '\'' | '"' | '-' | ')' | ']' | '}' | '.' | ',' | ';' | ':' | '!' | '?' | '~' | '…'
            | '\u{55C}'..='\u{55E}' | '\u{589}'                             // Armenian
            | '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{6D4}'                 // Arabic, Urdu
            | '\u{964}' | '\u{965}'                                         // the scripts of India
            | '\u{104A}' | '\u{104B}' | '\u{17D4}' | '\u{17D5}'             // Myanmar, Khmer
            | '\u{1362}'..='\u{1368}'                                       // Ethiopic
            | '\u{3001}' | '\u{3002}' | '〉' | '》' | '】' | '〕' | '〗' // Chinese, Japanese
    )
}
