//! Folding: what two spellings of one word have in common.
//!
//! Unicode NFKC and full case folding, then what people leave out or type otherwise on the keyboard they have: `tables` for single
//! characters, `writer` for accents and prolonged marks. docs/matching.md lists all of it by script, and what stays apart.

use caseless::Caseless;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::quick::{Quick, quick};
use super::tables::{before_compatibility, steers_display};
use super::writer::{TORN, Umlauts, Writer};

/// Folds a message or a keyword for comparison. Idempotent; canonically equivalent texts fold to the same string. The result may
/// be empty (white space or invisible characters only) and has no white space at its ends.
#[must_use]
pub fn fold(text: &str) -> String {
    fold_plain(text).0
}

/// The same, and whether the text has letters that are also typed out (`ü` as `ue`).
pub(super) fn fold_plain(text: &str) -> (String, bool) {
    fold_with(text, Umlauts::Plain)
}

/// Folds with `ä ö ü ø å` typed out as `ae oe ue oe aa`; none for a text without them. With the positions between the two letters
/// of each.
pub(super) fn fold_typed_out(text: &str) -> Option<(String, Vec<usize>)> {
    let (marked, has_umlauts) = fold_with(text, Umlauts::TypedOut);
    if !has_umlauts {
        return None;
    }
    let mut folded = String::with_capacity(marked.len());
    let mut torn = Vec::new();
    for (number, piece) in marked.split(TORN).enumerate() {
        if number > 0 {
            torn.push(folded.len());
        }
        folded.push_str(piece);
    }
    Some((folded, torn))
}

fn fold_with(text: &str, umlauts: Umlauts) -> (String, bool) {
    if text.is_ascii() {
        return (ascii(text), false);
    }
    quickly(text, umlauts).unwrap_or_else(|| by_unicode(text, umlauts))
}

fn ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.make_ascii_lowercase();
    if folded.contains('`') {
        return folded.replace('`', "'");
    }
    folded
}

/// None when a character needs Unicode's tables.
pub(super) fn quickly(text: &str, umlauts: Umlauts) -> Option<(String, bool)> {
    let mut writer = Writer::new(umlauts, text.len());
    for c in text.chars() {
        match quick(c)? {
            Quick::One(c) => writer.push(c),
            Quick::Several(chars) => chars.chars().for_each(|c| writer.push(c)),
            Quick::Nothing => {}
        }
    }
    Some(writer.finish())
}

pub(super) fn by_unicode(text: &str, umlauts: Umlauts) -> (String, bool) {
    let visible = || text.chars().filter(|c| !steers_display(*c));
    let mut writer = Writer::new(umlauts, text.len());
    if visible().all(has_no_case) {
        let decomposed = visible().map(before_compatibility).nfkd();
        decomposed.for_each(|c| writer.push(c.to_ascii_lowercase()));
    } else {
        let decomposed = visible()
            .nfd()
            .map(before_compatibility)
            .default_case_fold()
            .nfkd()
            .default_case_fold()
            .nfkd();
        decomposed.for_each(|c| writer.push(c));
    }
    let (folded, has_umlauts) = writer.finish();
    if is_nfkc_quick(folded.chars()) == IsNormalized::Yes {
        return (folded, has_umlauts);
    }
    (folded.nfkc().collect(), has_umlauts)
}

/// ASCII, whose case is known, and blocks of scripts without case, whose compatibility forms have none beyond ASCII either.
fn has_no_case(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{7F}'
            | '\u{590}'..='\u{109F}'   // Hebrew to Myanmar
            | '\u{2010}'..='\u{206F}'  // punctuation
            | '\u{2E80}'..='\u{31FF}'  // CJK
            | '\u{3400}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7FF}'  // Hangul
            | '\u{FB1D}'..='\u{FDFF}'  // forms of Hebrew and Arabic
            | '\u{FE70}'..='\u{FEFC}'
            | '\u{1F000}'..'\u{20000}' // emoji
    )
}
