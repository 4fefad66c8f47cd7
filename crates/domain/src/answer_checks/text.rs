//! A text as the checks read it: folded, digits of all scripts as ASCII, cut into tokens, every token with its place in the
//! original.

use unicode_normalization::char::is_combining_mark;

use super::characters::{ascii_digit, is_invisible};
use super::top_level::is_word_too;
use crate::matching::fold;

/// Combines with the digit before it.
const KEYCAP: &str = "\u{20E3}";

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// Digits, with single `.`, `,` or `'` between two of them.
    Number,
    Sign,
    Break,
}

/// A piece of the folded text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Nothing stands between it and the token before.
    pub(crate) glued: bool,
    /// A digit on a key cap.
    pub(crate) keycap: bool,
}

/// Folded text with its tokens. White space is one space; a line break stays one.
pub(crate) struct Text {
    pub(crate) folded: String,
    pub(crate) tokens: Vec<Token>,
    chunks: Vec<Chunk>,
}

struct Chunk {
    folded: usize,
    original: (usize, usize),
}

impl Text {
    pub(crate) fn new(original: &str) -> Self {
        let mut folded = String::with_capacity(original.len() + 16);
        let mut chunks = Vec::new();
        let mut broken = false;
        let mut start = None;
        for (at, c) in original.char_indices().chain([(original.len(), ' ')]) {
            if !c.is_whitespace() {
                start.get_or_insert(at);
                continue;
            }
            if let Some(from) = start.take() {
                push_chunk(&original[from..at], (from, at), broken, &mut folded, &mut chunks);
                broken = false;
            }
            broken |= matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        }
        let tokens = tokens_of(&folded);
        Self { folded, tokens, chunks }
    }

    /// The words of token `at`; empty beyond the ends.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.folded[token.start..token.end])
    }

    pub(crate) fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::Break, |token| token.kind)
    }

    /// Whether token `at` touches the one before.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// Where a range of the folded text stands in the original, in whole words.
    pub(crate) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let holding = |at: usize| {
            self.chunks
                .partition_point(|chunk| chunk.folded <= at)
                .saturating_sub(1)
        };
        let first = self.chunks.get(holding(start)).map_or(0, |chunk| chunk.original.0);
        let last = self
            .chunks
            .get(holding(end.saturating_sub(1)))
            .map_or(0, |chunk| chunk.original.1);
        (first, last.max(first))
    }
}

fn push_chunk(chunk: &str, original: (usize, usize), broken: bool, folded: &mut String, chunks: &mut Vec<Chunk>) {
    if let Some(stop) = forgotten_space(chunk) {
        push_chunk(&chunk[..stop], (original.0, original.0 + stop), broken, folded, chunks);
        return push_chunk(&chunk[stop..], (original.0 + stop, original.1), false, folded, chunks);
    }
    let plain = if chunk.is_ascii() {
        chunk.to_ascii_lowercase()
    } else {
        let visible: String = chunk.chars().filter(|c| !is_invisible(*c)).flat_map(apart).collect();
        fold_keeping_keycaps(&visible)
    };
    if plain.is_empty() {
        return;
    }
    if !folded.is_empty() {
        folded.push(if broken { '\n' } else { ' ' });
    }
    chunks.push(Chunk {
        folded: folded.len(),
        original,
    });
    folded.extend(plain.chars().map(simple));
}

/// Matching takes a keycap for its digit; here it tells a marker from a number.
fn fold_keeping_keycaps(text: &str) -> String {
    let parts: Vec<String> = text.split(KEYCAP).map(fold).collect();
    parts.join(KEYCAP)
}

/// `Thanks.It is`: where the second sentence begins, if its first word could be taken for the end of a domain.
fn forgotten_space(chunk: &str) -> Option<usize> {
    let found = chunk.match_indices('.').find(|(stop, _)| {
        let next = &chunk[stop + 1..];
        let word = &next[..next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len())];
        let before = chunk[..*stop].ends_with(|c: char| c.is_lowercase());
        before && word.starts_with(|c: char| c.is_uppercase()) && is_word_too(&word.to_lowercase())
    });
    found.map(|(stop, _)| stop + 1)
}

/// Fractions stand apart, or `5½` would fold to `51/2`.
fn apart(c: char) -> impl Iterator<Item = char> {
    let fraction = matches!(c, '¼'..='¾' | '⅐'..='⅞');
    fraction.then_some(' ').into_iter().chain(Some(c))
}

/// One character for what is written in many ways.
fn simple(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '×' => 'x',
        '⁄' | '∕' => '/',
        '٪' => '%',
        '٫' => '.',
        '٬' => ',',
        '`' | '´' | '′' => '\'',
        other => ascii_digit(other).unwrap_or(other),
    }
}

fn tokens_of(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(folded.len() / 4);
    let mut glued = false;
    let mut at = 0;
    while let Some(c) = folded[at..].chars().next() {
        let end = at + c.len_utf8();
        if c == ' ' {
            glued = false;
            at = end;
            continue;
        }
        let (kind, end) = if c == '\n' {
            (Kind::Break, end)
        } else if c.is_ascii_digit() {
            (Kind::Number, number_end(folded, at))
        } else if c.is_alphabetic() {
            (Kind::Word, word_end(folded, at))
        } else {
            (Kind::Sign, end)
        };
        let keycap = kind == Kind::Number && folded[end..].starts_with(KEYCAP);
        tokens.push(Token {
            kind,
            start: at,
            end,
            glued,
            keycap,
        });
        at = if keycap { end + KEYCAP.len() } else { end };
        glued = kind != Kind::Break;
    }
    tokens
}

fn word_end(folded: &str, start: usize) -> usize {
    let rest = &folded[start..];
    let length = rest.find(|c: char| !c.is_alphabetic() && !is_combining_mark(c));
    start + length.unwrap_or(rest.len())
}

fn number_end(folded: &str, start: usize) -> usize {
    let bytes = folded.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = start + 1;
    while digit(at) || (matches!(bytes.get(at), Some(b'.' | b',' | b'\'')) && digit(at + 1)) {
        at += 1;
    }
    at
}
