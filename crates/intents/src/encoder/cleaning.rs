//! What a message carries besides its words, and the model reads as words: capitals, emoji, marks around the sentence.
//!
//! Measured on the tuning set: without them 2 messages in 100 more find their intent. Rules and messages go the same way.

/// The text as the model reads it best; the text itself when nothing would be left.
pub(super) fn clean(text: &str) -> String {
    let words: String = text.chars().filter(|&character| !is_emoji(character)).collect();
    let words = words.to_lowercase();
    match words.trim_matches(is_mark) {
        "" => text.to_owned(),
        words => words.to_owned(),
    }
}

fn is_mark(character: char) -> bool {
    character.is_whitespace() || matches!(character, '?' | '!' | '.' | '¿' | '¡' | '…')
}

/// Pictographs, and the invisible characters that join and colour them.
fn is_emoji(character: char) -> bool {
    matches!(character, '\u{1F000}'..='\u{1FFFF}' | '\u{2600}'..='\u{27FF}' | '\u{FE0F}' | '\u{200D}' | '\u{E0020}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn words_stay_and_decoration_goes() {
        assert_eq!(clean("  ¿PRECIO??? 😍❤️"), "precio");
        assert_eq!(
            clean("Do you ship to St. Ives? Thanks!"),
            "do you ship to st. ives? thanks"
        );
    }

    #[test]
    fn a_text_without_words_is_left_as_it_is() {
        for text in ["", "?", "👩‍👩‍👧‍👦", " 🙂! "] {
            assert_eq!(clean(text), text);
        }
    }
}
