//! Brings a text into the form the vocabulary was made from: the model's own map of characters, and one mark for each space.

/// The character map as the model carries it.
pub(super) struct Normaliser {
    /// A double-array trie over bytes; a unit holds label, offset and whether a key ends here.
    pub units: Vec<u32>,
    /// What the keys become: texts that end with a zero byte. A leaf of the trie says where.
    pub replacements: Vec<u8>,
}

/// Stands for a space, at the beginning too.
pub(super) const SPACE: &str = "▁";

impl Normaliser {
    /// The empty text for a text of nothing but spaces.
    pub(super) fn normalise(&self, text: &str) -> String {
        let mut rest = text.as_bytes();
        let mut normal = Vec::with_capacity(text.len() + SPACE.len());
        let mut after_space = true;
        while !rest.is_empty() {
            let (replacement, used) = self.longest_prefix(rest);
            rest = &rest[used..];
            let skipped = if after_space { leading_spaces(replacement) } else { 0 };
            for &byte in &replacement[skipped..] {
                if normal.is_empty() {
                    normal.extend_from_slice(SPACE.as_bytes());
                }
                match byte {
                    b' ' => normal.extend_from_slice(SPACE.as_bytes()),
                    byte => normal.push(byte),
                }
                after_space = byte == b' ';
            }
        }
        while normal.ends_with(SPACE.as_bytes()) {
            normal.truncate(normal.len() - SPACE.len());
        }
        String::from_utf8(normal).unwrap_or_default()
    }

    /// What the longest known beginning of `text` becomes, and how many bytes it has; else one character as it is.
    fn longest_prefix<'a>(&'a self, text: &'a [u8]) -> (&'a [u8], usize) {
        self.walk(text).unwrap_or_else(|| {
            let length = text.iter().skip(1).take_while(|&&byte| byte & 0xC0 == 0x80).count() + 1;
            (&text[..length], length)
        })
    }

    fn walk(&self, text: &[u8]) -> Option<(&[u8], usize)> {
        let mut node = offset(*self.units.first()?);
        let mut best = None;
        for (at, &byte) in text.iter().enumerate() {
            node ^= usize::from(byte);
            let unit = self.units.get(node).copied().unwrap_or(u32::MAX);
            if unit & 0x8000_00FF != u32::from(byte) {
                break;
            }
            node ^= offset(unit);
            if unit & 0x100 != 0 {
                let value = self.units.get(node).copied().unwrap_or(u32::MAX) & 0x7FFF_FFFF;
                best = Some((value as usize, at + 1));
            }
        }
        let (value, length) = best?;
        let replacement = self.replacements.get(value..)?;
        Some((replacement.split(|&byte| byte == 0).next()?, length))
    }
}

fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}

fn leading_spaces(text: &[u8]) -> usize {
    text.iter().take_while(|&&byte| byte == b' ').count()
}
