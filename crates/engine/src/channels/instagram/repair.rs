//! Half an emoji, left over where a text was cut, makes a whole delivery unreadable as JSON: it becomes "�", and the rest stays.

const REPLACEMENT: &str = "\\ufffd";
/// Characters of an escape such as `\ud83d`.
const ESCAPE: usize = 6;

/// The body as text in which every broken character is replaced.
pub(super) fn text(body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body);
    let mut repaired = String::with_capacity(body.len());
    let mut rest = body.as_ref();
    while let Some(at) = rest.find('\\') {
        repaired.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (half(rest), half(rest.get(ESCAPE..).unwrap_or_default())) {
            (Some(Half::First), Some(Half::Second)) => 2 * ESCAPE,
            (Some(_), _) => {
                repaired.push_str(REPLACEMENT);
                rest = &rest[ESCAPE..];
                continue;
            }
            // The backslash and what it escapes: the second of two backslashes begins nothing.
            (None, _) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        repaired.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    repaired + rest
}

enum Half {
    First,
    Second,
}

/// The half of a pair of UTF-16 units that `text` begins with.
fn half(text: &str) -> Option<Half> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Half::First),
        0xdc00..=0xdfff => Some(Half::Second),
        _ => None,
    }
}
