//! Half an emoji, left over where a text was cut, makes a whole delivery unreadable as JSON, and so does a raw control character or an
//! unknown escape: each becomes "�", and the rest stays.

use std::borrow::Cow;

const REPLACEMENT: &str = "\\ufffd";
/// Characters of an escape such as `\ud83d`.
const ESCAPE: usize = 6;

/// The body as text in which every broken character of a string is replaced.
pub(super) fn text(body: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body);
    match broken(&text) {
        None => text,
        Some(first) => Cow::Owned(replaced(&text, first)),
    }
}

/// Where the first broken character stands.
fn broken(text: &str) -> Option<usize> {
    Pieces {
        text,
        at: 0,
        in_string: false,
    }
    .find_map(|piece| piece.broken.then_some(piece.from))
}

fn replaced(text: &str, first: usize) -> String {
    let mut repaired = String::with_capacity(text.len() + REPLACEMENT.len());
    let pieces = Pieces {
        text,
        at: 0,
        in_string: false,
    };
    for piece in pieces {
        let keep = piece.from < first || !piece.broken;
        repaired.push_str(if keep { &text[piece.from..piece.to] } else { REPLACEMENT });
    }
    repaired
}

/// A part of the text that is taken over, or one broken character.
struct Piece {
    from: usize,
    to: usize,
    broken: bool,
}

struct Pieces<'a> {
    text: &'a str,
    at: usize,
    in_string: bool,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let from = self.at;
        let rest = &self.text[from..];
        let first = *rest.as_bytes().first()?;
        let (length, broken) = match first {
            b'"' => {
                self.in_string = !self.in_string;
                (1, false)
            }
            b'\\' if self.in_string => escape(rest),
            0..0x20 if self.in_string => (1, true),
            _ => (self.plain(rest), false),
        };
        self.at = from + length;
        Some(Piece {
            from,
            to: self.at,
            broken,
        })
    }
}

impl Pieces<'_> {
    /// How far nothing happens.
    fn plain(&self, rest: &str) -> usize {
        let in_string = self.in_string;
        let ends = |byte: &u8| *byte == b'"' || (in_string && (*byte == b'\\' || *byte < 0x20));
        rest.bytes().position(|byte| ends(&byte)).unwrap_or(rest.len())
    }
}

/// How long an escape is, and whether it stands for no character.
fn escape(rest: &str) -> (usize, bool) {
    match (unit(rest), unit(rest.get(ESCAPE..).unwrap_or_default())) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (2 * ESCAPE, false),
        (Some(0xd800..=0xdfff), _) => (ESCAPE, true),
        (Some(_), _) => (ESCAPE, false),
        (None, _) if rest.starts_with("\\u") => (1, true),
        // The backslash and what it escapes: the second of two backslashes begins nothing.
        (None, _) => match rest.as_bytes().get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => (2, false),
            _ => (1, true),
        },
    }
}

/// The UTF-16 unit of the escape that `text` begins with.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}
