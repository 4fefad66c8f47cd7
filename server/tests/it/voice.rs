//! The sentences that people read keep to docs/voice.md: words that it bans stand in no text of a page, a reason or an error.

use std::fs;
use std::path::{Path, PathBuf};

/// What stands for what people are told.
const SPEAKING: [&str; 5] = [
    "app/src",
    "crates/domain/src/reasons",
    "crates/domain/src/standing",
    "crates/engine/src/accounts",
    "crates/engine/src/connect",
];
const BANNED: [&str; 8] = [
    "please",
    "oops",
    "sorry",
    "successfully",
    "invalid",
    "skipped",
    "webhook active",
    "something went wrong",
];

#[test]
fn no_sentence_has_a_banned_word() {
    let mut found = Vec::new();
    for folder in SPEAKING {
        for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)) {
            let text = fs::read_to_string(&file).unwrap();
            // What is for the browser has its own words: `aria-invalid`.
            let is_told = |literal: &String| literal.contains(' ') && !literal.contains("aria-");
            let sentences = literals(&text).into_iter().filter(is_told);
            for sentence in sentences {
                let words = format!(
                    " {} ",
                    sentence.to_lowercase().replace(|c: char| !c.is_alphabetic(), " ")
                );
                let banned = BANNED.iter().find(|word| words.contains(&format!(" {word} ")));
                if let Some(word) = banned {
                    found.push(format!("{}: “{word}” in “{sentence}”", file.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn literals_are_read_without_comments_and_with_escapes() {
    let text = "// please \"not this one\"\nlet a = \"say \\\"hi\\\" to them\"; // \"nor this\"";
    assert_eq!(literals(text), ["say \"hi\" to them"]);
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files
}

/// The texts in quotation marks; SQL and class names are among them.
fn literals(source: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => while letters.next().is_some_and(|letter| letter != '\n') {},
            // The character '"' is no quotation mark.
            '\'' if letters.peek() == Some(&'"') => {
                letters.next();
            }
            '"' => {
                let mut literal = String::new();
                while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                    literal.push(if letter == '\\' {
                        letters.next().unwrap_or_default()
                    } else {
                        letter
                    });
                }
                literals.push(literal);
            }
            _ => {}
        }
    }
    literals
}
