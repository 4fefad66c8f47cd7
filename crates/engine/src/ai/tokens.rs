//! How many tokens a text has, without the model's own tokenizer.

/// About how many tokens `text` has, rather too many than too few: a token for every four bytes of ASCII, and
/// one for every character of other scripts.
#[must_use]
pub fn estimate_tokens(text: &str) -> u32 {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let others = text.chars().filter(|character| !character.is_ascii()).count();
    u32::try_from(ascii.div_ceil(4) + others).unwrap_or(u32::MAX)
}
