//! Folding: what two spellings of one word have in common.
//!
//! Unicode NFKC and full case folding, then accents are removed on Latin letters only: elsewhere marks carry meaning (`й` is
//! not `и`, `が` is not `か`). Beyond that: letters with a stroke and ligatures lose them too (`ø`, `ł`, `đ`, `ħ`, `ŧ`, `æ`, `œ`),
//! Turkish `İ I i ı` are one letter, curly apostrophes are straight, runs of white space are one space, and characters that only
//! steer the display (variation selectors, bidirectional marks, zero-width spaces) are gone. Joiners stay: emoji, Persian and the
//! Indic scripts need them.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// Folds a message or a keyword for comparison. Idempotent; canonically equivalent texts fold to the same string. The result may
/// be empty (white space or invisible characters only) and has no white space at its ends.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return collapse(text.chars().map(|c| c.to_ascii_lowercase())).collect();
    }
    let decomposed = text
        .chars()
        .filter(|c| !steers_display(*c))
        .nfd()
        .default_case_fold()
        .nfkd()
        .default_case_fold()
        .nfkd();
    collapse(without_accents(decomposed)).nfkc().collect()
}

/// Removes combining marks after Latin letters and spells special Latin letters plainly. Takes decomposed, case-folded text.
fn without_accents(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut after_latin = false;
    chars
        .filter(move |c| {
            if is_combining_mark(*c) {
                return !after_latin;
            }
            after_latin = is_latin(*c);
            true
        })
        .flat_map(|c| {
            let (first, second) = plain(c);
            std::iter::once(first).chain(second)
        })
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.script() == Script::Latin)
}

/// What Unicode does not decompose but people type without.
fn plain(c: char) -> (char, Option<char>) {
    match c {
        'ı' => ('i', None),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' => ('d', None),
        'ħ' => ('h', None),
        'ŧ' => ('t', None),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => ('\'', None),
        other => (other, None),
    }
}

/// Invisible characters that change how text looks, not what it says.
fn steers_display(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// One space for each run of white space, none at the ends.
fn collapse(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut started = false;
    let mut gap = false;
    chars.flat_map(move |c| {
        if c.is_whitespace() {
            gap = started;
            return None.into_iter().chain(None);
        }
        started = true;
        let space = std::mem::take(&mut gap).then_some(' ');
        space.into_iter().chain(Some(c))
    })
}
