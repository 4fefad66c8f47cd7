//! What is typed for what, script by script: one sorted table of what a character becomes once Unicode's own compatibility forms
//! and letter case are gone. docs/matching.md gives an example of each row from use.
//!
//! What depends on the letter before it (accents, prolonged marks) is in `writer`.

/// What a character becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Becomes {
    /// Left out.
    Nothing,
    /// The same sign for the whole row.
    Sign(char),
    /// The first of the row becomes this, the next the next after it.
    Run(char),
}

use Becomes::{Nothing, Run, Sign};

/// First and last character of a row, and what they become.
pub(super) type Row = (char, char, Becomes);

/// Sorted, no two rows overlap, and nothing that a row yields is in a row.
pub(super) const ROWS: &[Row] = &[
    // Apostrophes (modifier letters), hyphens and quotation marks of every keyboard.
    ('\u{AB}', '\u{AB}', Sign('"')),
    ('\u{BB}', '\u{BB}', Sign('"')),
    ('\u{2B9}', '\u{2B9}', Sign('\'')),
    ('\u{2BA}', '\u{2BA}', Sign('"')),
    ('\u{2BB}', '\u{2BF}', Sign('\'')),
    ('\u{2C8}', '\u{2C8}', Sign('\'')),
    ('\u{2CA}', '\u{2CB}', Sign('\'')),
    ('\u{2D7}', '\u{2D7}', Sign('-')),
    ('\u{2EE}', '\u{2EE}', Sign('"')),
    ('\u{55A}', '\u{55A}', Sign('\'')),
    ('\u{58A}', '\u{58A}', Sign('-')),
    // Hebrew: points and accents; maqaf, geresh, gershayim.
    ('\u{591}', '\u{5BD}', Nothing),
    ('\u{5BE}', '\u{5BE}', Sign('-')),
    ('\u{5BF}', '\u{5BF}', Nothing),
    ('\u{5C1}', '\u{5C2}', Nothing),
    ('\u{5C4}', '\u{5C5}', Nothing),
    ('\u{5C7}', '\u{5C7}', Nothing),
    ('\u{5F3}', '\u{5F3}', Sign('\'')),
    ('\u{5F4}', '\u{5F4}', Sign('"')),
    // Arabic, Persian, Urdu: vowel marks and the hamza on a carrier, tatweel, letters of the other keyboard, digits.
    ('\u{610}', '\u{61A}', Nothing),
    ('\u{629}', '\u{629}', Sign('\u{647}')),
    ('\u{640}', '\u{640}', Nothing),
    ('\u{649}', '\u{649}', Sign('\u{64A}')),
    ('\u{64B}', '\u{65F}', Nothing),
    ('\u{660}', '\u{669}', Run('0')),
    ('\u{66A}', '\u{66A}', Sign('%')),
    ('\u{66B}', '\u{66B}', Sign('.')),
    ('\u{66C}', '\u{66C}', Sign(',')),
    ('\u{670}', '\u{670}', Nothing),
    ('\u{671}', '\u{671}', Sign('\u{627}')),
    ('\u{6A9}', '\u{6AA}', Sign('\u{643}')),
    ('\u{6C1}', '\u{6C1}', Sign('\u{647}')),
    ('\u{6C3}', '\u{6C3}', Sign('\u{647}')),
    ('\u{6CC}', '\u{6CC}', Sign('\u{64A}')),
    ('\u{6D5}', '\u{6D5}', Sign('\u{647}')),
    ('\u{6D6}', '\u{6DC}', Nothing),
    ('\u{6DF}', '\u{6E4}', Nothing),
    ('\u{6E7}', '\u{6E8}', Nothing),
    ('\u{6EA}', '\u{6ED}', Nothing),
    ('\u{6F0}', '\u{6F9}', Run('0')),
    // Decimal digits: N'Ko, Tibetan, Myanmar, Khmer, Mongolian and their neighbours. For those of India, Thai and Lao see `becomes`.
    ('\u{7C0}', '\u{7C9}', Run('0')),
    ('\u{7F4}', '\u{7F5}', Sign('\'')),
    ('\u{8D3}', '\u{8E1}', Nothing),
    ('\u{8E3}', '\u{8FF}', Nothing),
    ('\u{F20}', '\u{F29}', Run('0')),
    ('\u{1040}', '\u{1049}', Run('0')),
    ('\u{1090}', '\u{1099}', Run('0')),
    ('\u{17E0}', '\u{17E9}', Run('0')),
    ('\u{1806}', '\u{1806}', Sign('-')),
    ('\u{1810}', '\u{1819}', Run('0')),
    ('\u{1946}', '\u{194F}', Run('0')),
    ('\u{19D0}', '\u{19D9}', Run('0')),
    ('\u{1A80}', '\u{1A89}', Run('0')),
    ('\u{1A90}', '\u{1A99}', Run('0')),
    ('\u{1B50}', '\u{1B59}', Run('0')),
    ('\u{1BB0}', '\u{1BB9}', Run('0')),
    ('\u{1C40}', '\u{1C49}', Run('0')),
    ('\u{1C50}', '\u{1C59}', Run('0')),
    // Signs of every script: hyphens and dashes, apostrophes, quotation marks, the keycap around a digit.
    ('\u{2010}', '\u{2015}', Sign('-')),
    ('\u{2018}', '\u{201B}', Sign('\'')),
    ('\u{201C}', '\u{201F}', Sign('"')),
    ('\u{2032}', '\u{2032}', Sign('\'')),
    ('\u{2035}', '\u{2035}', Sign('\'')),
    ('\u{2039}', '\u{203A}', Sign('\'')),
    ('\u{2043}', '\u{2043}', Sign('-')),
    ('\u{20E3}', '\u{20E3}', Nothing),
    ('\u{2212}', '\u{2212}', Sign('-')),
    ('\u{223C}', '\u{223C}', Sign('~')),
    ('\u{2500}', '\u{2501}', Sign('-')),
    ('\u{275B}', '\u{275C}', Sign('\'')),
    ('\u{275D}', '\u{275E}', Sign('"')),
    // Digits in filled circles (those in open circles are Unicode's own compatibility forms).
    ('\u{2776}', '\u{277E}', Run('1')),
    ('\u{2780}', '\u{2788}', Run('1')),
    ('\u{278A}', '\u{2792}', Run('1')),
    ('\u{2E3A}', '\u{2E3B}', Sign('-')),
    // Chinese and Japanese: corner brackets, low quotation marks, the wave.
    ('\u{300C}', '\u{300F}', Sign('"')),
    ('\u{301C}', '\u{301C}', Sign('~')),
    ('\u{301D}', '\u{301F}', Sign('"')),
    ('\u{3030}', '\u{3030}', Sign('~')),
    // More decimal digits.
    ('\u{A620}', '\u{A629}', Run('0')),
    ('\u{A78C}', '\u{A78C}', Sign('\'')),
    ('\u{A8D0}', '\u{A8D9}', Run('0')),
    ('\u{A900}', '\u{A909}', Run('0')),
    ('\u{A9D0}', '\u{A9D9}', Run('0')),
    ('\u{A9F0}', '\u{A9F9}', Run('0')),
    ('\u{AA50}', '\u{AA59}', Run('0')),
    ('\u{ABF0}', '\u{ABF9}', Run('0')),
    ('\u{104A0}', '\u{104A9}', Run('0')),
    ('\u{10D30}', '\u{10D39}', Run('0')),
    ('\u{10D40}', '\u{10D49}', Run('0')),
    ('\u{11066}', '\u{1106F}', Run('0')),
    ('\u{110F0}', '\u{110F9}', Run('0')),
    ('\u{11136}', '\u{1113F}', Run('0')),
    ('\u{111D0}', '\u{111D9}', Run('0')),
    ('\u{112F0}', '\u{112F9}', Run('0')),
    ('\u{11450}', '\u{11459}', Run('0')),
    ('\u{114D0}', '\u{114D9}', Run('0')),
    ('\u{11650}', '\u{11659}', Run('0')),
    ('\u{116C0}', '\u{116C9}', Run('0')),
    ('\u{116D0}', '\u{116D9}', Run('0')),
    ('\u{116DA}', '\u{116E3}', Run('0')),
    ('\u{11730}', '\u{11739}', Run('0')),
    ('\u{118E0}', '\u{118E9}', Run('0')),
    ('\u{11950}', '\u{11959}', Run('0')),
    ('\u{11BF0}', '\u{11BF9}', Run('0')),
    ('\u{11C50}', '\u{11C59}', Run('0')),
    ('\u{11D50}', '\u{11D59}', Run('0')),
    ('\u{11DA0}', '\u{11DA9}', Run('0')),
    ('\u{11DE0}', '\u{11DE9}', Run('0')),
    ('\u{11F50}', '\u{11F59}', Run('0')),
    ('\u{16130}', '\u{16139}', Run('0')),
    ('\u{16A60}', '\u{16A69}', Run('0')),
    ('\u{16AC0}', '\u{16AC9}', Run('0')),
    ('\u{16B50}', '\u{16B59}', Run('0')),
    ('\u{16D70}', '\u{16D79}', Run('0')),
    ('\u{1E140}', '\u{1E149}', Run('0')),
    ('\u{1E2F0}', '\u{1E2F9}', Run('0')),
    ('\u{1E4F0}', '\u{1E4F9}', Run('0')),
    ('\u{1E5F1}', '\u{1E5FA}', Run('0')),
    ('\u{1E950}', '\u{1E959}', Run('0')),
    // Emoji: skin tones.
    ('\u{1F3FB}', '\u{1F3FF}', Nothing),
];

/// What `c` becomes, or none if it stays.
pub(super) fn becomes(c: char) -> Option<Becomes> {
    match c {
        // Latin, Greek, Cyrillic letters and Chinese characters, for speed.
        '\u{BC}'..='\u{2B8}' | '\u{300}'..='\u{559}' | '\u{3031}'..='\u{A61F}' => return None,
        // These scripts have their digits at the same place of each block: those of India, and Thai and Lao.
        '\u{900}'..='\u{DFF}' => return block_digit(c, 0x66),
        '\u{E00}'..='\u{EFF}' => return block_digit(c, 0x50),
        _ => {}
    }
    let next = ROWS.partition_point(|(first, ..)| *first <= c);
    let (first, last, becomes) = ROWS[next.checked_sub(1)?];
    if c > last {
        return None;
    }
    Some(match becomes {
        Run(to) => Sign(nth(to, u32::from(c) - u32::from(first))),
        other => other,
    })
}

/// The digit that `c` is in a block of 128 characters whose digit zero stands at `zero`.
fn block_digit(c: char, zero: u32) -> Option<Becomes> {
    let place = (u32::from(c) & 0x7F).checked_sub(zero)?;
    (place < 10).then(|| Sign(nth('0', place)))
}

fn nth(first: char, number: u32) -> char {
    char::from_u32(u32::from(first) + number).unwrap_or(first)
}

/// Signs that Unicode's compatibility forms would take apart into a space and an accent, or into two signs.
pub(super) fn before_compatibility(c: char) -> char {
    match c {
        '\u{B4}' | '\u{384}' | '\u{1FBD}' | '\u{1FBF}' | '\u{1FFE}' => '\'',
        '\u{2DD}' | '\u{2033}' | '\u{2036}' => '"',
        other => other,
    }
}

/// Invisible characters that change how text looks, not what it says. The joiner of emoji stays.
pub(super) fn steers_display(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}
