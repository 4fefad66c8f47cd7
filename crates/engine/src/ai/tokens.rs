//! How many tokens a text has, without the model's own tokenizer.

/// About how many tokens `text` has, rather too many than too few: one for every three letters of ASCII, and one for
/// every character of other scripts.
#[must_use]
pub fn estimate_tokens(text: &str) -> u32 {
    count(text, 3, 1)
}

/// Fewer tokens than any common tokenizer makes of `text`.
pub(super) fn fewest_tokens(text: &str) -> u32 {
    count(text, 7, 5)
}

fn count(text: &str, ascii_per_token: usize, others_per_token: usize) -> u32 {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let others = text.chars().filter(|character| !character.is_ascii()).count();
    let tokens = ascii.div_ceil(ascii_per_token) + others.div_ceil(others_per_token);
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{estimate_tokens, fewest_tokens};

    #[test]
    fn the_real_number_lies_between_both_estimates() {
        // Estimates; no tokenizer of a provider is part of the project.
        let counted = [
            ("Hello, how much is the blue cup, and do you ship to Lisbon?", 16),
            ("Guten Tag, wie lange dauert der Versand nach Österreich?", 13),
            ("Сколько стоит доставка в Новосибирск и когда она придёт?", 13),
            ("这个杯子多少钱？可以寄到上海吗？", 11),
        ];
        for (text, tokens) in counted {
            assert!(estimate_tokens(text) >= tokens, "{text}");
            assert!(fewest_tokens(text) <= tokens, "{text}");
        }
        assert_eq!(estimate_tokens(""), 0);
    }
}
