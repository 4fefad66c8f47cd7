//! What can be seen without a model: free, at once, and the same every time. A finding that blocks rejects the text without asking
//! the judge; one that warns stands beside what the judge says.

use super::{Category, Finding};
use crate::answer_checks::hides;
use crate::persona::CheckedText;
use crate::text_screen::{self, ScreenCategory, ScreenFinding, ScreenSeverity, ScreenedText};

/// Characters shown on each side of what cannot be seen.
const AROUND: usize = 30;

/// What is wrong with `text`, or worth a second look.
#[must_use]
pub fn screen_text(kind: CheckedText, text: &str) -> Vec<Finding> {
    let kind = match kind {
        CheckedText::Persona => ScreenedText::Persona,
        CheckedText::Prompt => ScreenedText::Prompt,
    };
    let found = text_screen::screen_text(text, kind);
    found.into_iter().map(|found| finding(text, found)).collect()
}

fn finding(text: &str, found: ScreenFinding) -> Finding {
    let words = text.get(found.start..found.end).unwrap_or_default();
    let quote = match found.category {
        ScreenCategory::TooLong => String::new(),
        ScreenCategory::InvisibleCharacters => around(text, found.start),
        _ => words.to_owned(),
    };
    match found.severity {
        ScreenSeverity::Block => Finding::block(category(found.category), &quote),
        ScreenSeverity::Warn => Finding::warn(category(found.category), &quote),
    }
}

const fn category(screened: ScreenCategory) -> Category {
    match screened {
        ScreenCategory::TooLong => Category::TooLong,
        ScreenCategory::InvisibleCharacters => Category::InvisibleCharacters,
        ScreenCategory::Link => Category::Link,
        ScreenCategory::Email => Category::Email,
        ScreenCategory::LongNumber => Category::LongNumber,
        ScreenCategory::DisableSafety => Category::DisableSafety,
        ScreenCategory::RoleChange => Category::RoleChange,
    }
}

/// The visible words around a place.
fn around(text: &str, place: usize) -> String {
    let visible = |character: &char| hides(character.encode_utf8(&mut [0; 4])).is_none();
    let before: Vec<char> = text[..place].chars().rev().filter(visible).take(AROUND).collect();
    let after = text[place..].chars().filter(visible).take(AROUND);
    before.into_iter().rev().chain(after).collect()
}
