//! What can be seen without a model: free, at once, and the same every time. A finding that blocks rejects the text without asking
//! the judge.

use super::{Category, Finding};
use crate::limits::MAX_PERSONA_CHARS;
use crate::matching::fold;

/// What is wrong with `text`.
#[must_use]
pub fn screen_text(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if text.chars().count() > MAX_PERSONA_CHARS {
        findings.push(Finding::block(Category::TooLong, ""));
    }
    if let Some(place) = text.find(is_invisible) {
        findings.push(Finding::block(Category::InvisibleCharacters, &around(text, place)));
    }
    findings.extend(orders_to_ignore(text));
    findings
}

/// Characters that nobody sees but a model reads: tags, directions, joiners outside emoji and scripts that need them.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || (character.is_control() && !matches!(character, '\n' | '\t'))
}

/// The visible words around a place.
fn around(text: &str, place: usize) -> String {
    let visible = |character: &char| !is_invisible(*character);
    let before: Vec<char> = text[..place].chars().rev().filter(visible).take(30).collect();
    let after = text[place..].chars().filter(visible).take(30);
    before.into_iter().rev().chain(after).collect()
}

/// A verb that drops rules, and what it drops, in the order of the language; up to four words may stand between them.
const ORDERS: &[(&[&str], &[&str])] = &[
    (
        &["ignore", "disregard", "forget", "override", "bypass"],
        &[
            "instruction",
            "instructions",
            "rule",
            "rules",
            "prompt",
            "guidelines",
            "policy",
            "restrictions",
        ],
    ),
    (
        &["ignora", "ignorar", "ignore", "olvida", "olvidar", "olvide"],
        &["instrucciones", "instruccion", "reglas", "normas", "indicaciones"],
    ),
    (
        &["ignora", "ignorar", "ignore", "esqueca", "esquece", "desconsidere"],
        &["instrucoes", "instrucao", "regras", "orientacoes"],
    ),
    (
        &["ignoriere", "ignoriert", "ignorieren", "missachte", "vergiss", "umgehe"],
        &[
            "anweisung",
            "anweisungen",
            "regeln",
            "vorgaben",
            "instruktionen",
            "richtlinien",
        ],
    ),
    (
        &["ignore", "ignorez", "ignorer", "oublie", "oubliez", "contourne"],
        &["instructions", "consignes", "regles", "directives"],
    ),
    (
        &["ignora", "ignorare", "ignorate", "dimentica", "dimenticate", "trascura"],
        &["istruzioni", "istruzione", "regole", "direttive"],
    ),
    (
        &["negeer", "vergeet", "omzeil"],
        &["instructies", "regels", "aanwijzingen", "richtlijnen"],
    ),
    (
        &["abaikan", "lupakan", "hiraukan"],
        &["instruksi", "perintah", "aturan", "petunjuk"],
    ),
];
/// Words that may stand between verb and object.
const BETWEEN: usize = 4;

fn orders_to_ignore(text: &str) -> Option<Finding> {
    let words: Vec<(&str, String)> = text
        .split_whitespace()
        .map(|word| (word, fold(word.trim_matches(|c: char| !c.is_alphanumeric()))))
        .collect();
    let begins = |index: usize| {
        ORDERS.iter().find_map(|(verbs, objects)| {
            let verb = &words[index].1;
            verbs.contains(&verb.as_str()).then_some(())?;
            let end = (index + BETWEEN + 2).min(words.len());
            let object = (index + 1..end).find(|at| objects.contains(&words[*at].1.as_str()))?;
            Some((index, object))
        })
    };
    let (first, last) = (0..words.len()).find_map(begins)?;
    let quote: Vec<&str> = words[first..=last].iter().map(|(word, _)| *word).collect();
    Some(Finding::block(Category::DisableSafety, &quote.join(" ")))
}
