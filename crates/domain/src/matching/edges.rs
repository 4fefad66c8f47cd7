//! Where words begin and end.
//!
//! Unicode segmentation (UAX 29) with one exception: it joins letters across an apostrophe, full stop, colon or underscore, so
//! that `heure` would not be found in `l'heure` nor `price` in `hi.price`. Here both sides of such a sign are edges, unless it
//! stands between two digits (`3.50`).

use unicode_segmentation::UnicodeSegmentation;

/// Signs with an edge on both sides, unless between two digits.
pub(crate) const FORCED_EDGES: [char; 4] = ['\'', '.', ':', '_'];

/// For each byte position of `folded`, its end included, whether a word may begin or end there.
pub(super) fn word_edges(folded: &str) -> Vec<bool> {
    let mut edges = vec![false; folded.len() + 1];
    for (start, _) in folded.split_word_bound_indices() {
        edges[start] = true;
    }
    edges[folded.len()] = true;
    let mut before = None;
    let mut chars = folded.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, next)| *next);
        if FORCED_EDGES.contains(&c) && !(is_number(before) && is_number(after)) {
            edges[at] = true;
            edges[at + c.len_utf8()] = true;
        }
        before = Some(c);
    }
    edges
}

fn is_number(c: Option<char>) -> bool {
    c.is_some_and(char::is_numeric)
}

/// Whether a keyword that begins (or ends) with `c` needs no word edge there: scripts that are written without spaces, Korean
/// (particles follow the noun without a space) and emoji (a skin tone may follow). Flags are pairs of letters and do need one.
pub(crate) fn needs_no_edge(c: char) -> bool {
    matches!(
        c,
        '\u{0E00}'..='\u{0EFF}'      // Thai, Lao
        | '\u{1000}'..='\u{109F}'    // Myanmar
        | '\u{1100}'..='\u{11FF}'    // Hangul Jamo
        | '\u{1780}'..='\u{17FF}'    // Khmer
        | '\u{19E0}'..='\u{19FF}'    // Khmer symbols
        | '\u{200D}'                 // the joiner inside emoji
        | '\u{203C}' | '\u{2049}'    // ‼ ⁉
        | '\u{2139}'                 // ℹ
        | '\u{2190}'..='\u{21FF}'    // arrows
        | '\u{2300}'..='\u{23FF}'    // technical: ⌚ ⏰
        | '\u{2460}'..='\u{24FF}'    // enclosed: Ⓜ
        | '\u{25A0}'..='\u{27BF}'    // shapes, symbols, dingbats
        | '\u{2900}'..='\u{297F}'    // arrows
        | '\u{2B00}'..='\u{2BFF}'    // ⭐ ⬆
        | '\u{2E80}'..='\u{A4CF}'    // CJK radicals to Yi: Han, kana, Bopomofo, CJK signs
        | '\u{A960}'..='\u{A97F}'    // Hangul Jamo
        | '\u{A9E0}'..='\u{A9FF}'    // Myanmar
        | '\u{AA60}'..='\u{AA7F}'    // Myanmar
        | '\u{AC00}'..='\u{D7FF}'    // Hangul
        | '\u{F900}'..='\u{FAFF}'    // Han
        | '\u{1F000}'..='\u{1F1E5}'  // tiles, cards, enclosed letters; flags follow
        | '\u{1F200}'..='\u{1FAFF}'  // emoji
        | '\u{20000}'..='\u{3FFFF}'  // Han
        | '\u{E0020}'..='\u{E007F}'  // tags: 🏴󠁧󠁢󠁥󠁮󠁧󠁿
    )
}
