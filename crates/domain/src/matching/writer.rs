//! Writes folded text, character by character, for what depends on the letter before: accents, prolonged marks, spaces.

use unicode_normalization::char::is_combining_mark;

use super::tables::{Becomes, becomes};

/// How a letter with an umlaut, a ring or a stroke is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Umlauts {
    /// `ü` as `u`.
    Plain,
    /// `ü` as `ue`, as where the keyboard has none.
    TypedOut,
}

/// Stands before a letter that is typed out, until the text is composed: what is found may begin or end on either side of both
/// letters, not between them. No text of a person holds this character.
pub(super) const TORN: char = '\u{FDD0}';

/// The last letter, as far as its marks go.
#[derive(Clone, Copy)]
enum Base {
    Latin(char),
    Greek,
    Cyrillic(char),
    Other,
}

/// Takes characters in decomposed compatibility form and lower case.
pub(super) struct Writer {
    text: String,
    umlauts: Umlauts,
    /// Whether there was one: the other way of writing gives another text.
    has_umlauts: bool,
    base: Base,
    after_kana: bool,
    gap: bool,
}

impl Writer {
    pub(super) fn new(umlauts: Umlauts, bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            umlauts,
            has_umlauts: false,
            base: Base::Other,
            after_kana: false,
            gap: false,
        }
    }

    /// The text, and whether it has umlauts.
    pub(super) fn finish(self) -> (String, bool) {
        (self.text, self.has_umlauts)
    }

    pub(super) fn push(&mut self, c: char) {
        if c.is_ascii() {
            self.base = if c.is_ascii_alphabetic() {
                Base::Latin(c)
            } else {
                Base::Other
            };
            return self.sign(if c == '`' { '\'' } else { c });
        }
        match becomes(c) {
            Some(Becomes::Nothing) => return,
            Some(Becomes::Sign(sign) | Becomes::Run(sign)) => {
                self.base = Base::Other;
                return self.sign(sign);
            }
            None => {}
        }
        if c >= '\u{300}' && is_combining_mark(c) {
            return self.mark(c);
        }
        if c == '🔟' {
            return ['1', '0'].into_iter().for_each(|digit| self.push(digit));
        }
        self.base = base(c);
        match self.base {
            Base::Latin(_) => self.latin(c),
            _ => self.sign(c),
        }
    }

    /// A mark on the last letter: left out where writers leave it out, kept where it makes another letter.
    fn mark(&mut self, mark: char) {
        match (self.base, mark) {
            (Base::Latin('a' | 'o' | 'u'), '\u{308}') => self.type_out('e'),
            (Base::Latin('a'), '\u{30A}') => self.type_out('a'),
            (Base::Latin(_) | Base::Greek, _) | (Base::Cyrillic('е'), '\u{308}') => {}
            (Base::Cyrillic(vowel), '\u{300}' | '\u{301}') if "аеиоуыэюяіє".contains(vowel) => {}
            _ => self.write(mark),
        }
    }

    fn type_out(&mut self, letter: char) {
        self.has_umlauts = true;
        if self.umlauts == Umlauts::TypedOut {
            self.base = Base::Latin(letter);
            self.text.push(TORN);
            self.write(letter);
        }
    }

    /// Latin letters that Unicode does not decompose but people type without.
    fn latin(&mut self, c: char) {
        let (first, second) = match c {
            'ı' => ('i', None),
            'ø' => ('o', None),
            'ł' => ('l', None),
            'đ' | 'ð' | 'ɗ' => ('d', None),
            'ħ' => ('h', None),
            'ŧ' => ('t', None),
            'ə' | 'ɛ' => ('e', None),
            'ɔ' => ('o', None),
            'ŋ' => ('n', None),
            'ɓ' => ('b', None),
            'ƙ' => ('k', None),
            'ƴ' => ('y', None),
            'æ' => ('a', Some('e')),
            'œ' => ('o', Some('e')),
            'þ' => ('t', Some('h')),
            other => (other, None),
        };
        self.base = Base::Latin(second.unwrap_or(first));
        self.write(first);
        if let Some(second) = second {
            self.write(second);
        }
        if c == 'ø' {
            self.type_out('e');
        }
    }

    /// A sign or a letter without marks. After kana a dash or a wave prolongs; elsewhere the prolonging mark is a dash.
    fn sign(&mut self, c: char) {
        match (c, self.after_kana) {
            ('-' | '~' | 'ー', true) if !self.gap => {
                if !self.text.ends_with('ー') {
                    self.write('ー');
                }
            }
            ('ー', _) => self.write('-'),
            _ => self.write(c),
        }
    }

    /// One space for each run of white space, none at the ends.
    fn write(&mut self, c: char) {
        if c.is_whitespace() {
            self.gap = !self.text.is_empty();
            return;
        }
        if std::mem::take(&mut self.gap) {
            self.text.push(' ');
        }
        self.after_kana = is_kana(c);
        self.text.push(c);
    }
}

fn base(c: char) -> Base {
    match c {
        '\u{D7}' | '\u{F7}' => Base::Other,
        '\u{C0}'..='\u{2AF}'
        | '\u{1D00}'..='\u{1DBF}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{2C60}'..='\u{2C7F}'
        | '\u{A722}'..='\u{A7FF}'
        | '\u{AB30}'..='\u{AB6F}' => Base::Latin(c),
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Base::Greek,
        '\u{400}'..='\u{52F}' => Base::Cyrillic(c),
        _ => Base::Other,
    }
}

/// Hiragana and katakana, their voicing marks and the prolonging mark.
fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}')
}
