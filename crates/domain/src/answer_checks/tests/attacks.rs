//! Each answer of a model that obeys an attack is held, whatever shop it speaks for.

use serde::Deserialize;

use super::sets::{CANARY, PREAMBLE, shops};
use crate::answer_checks::decode::rot13;

const POSTAMBLE: &str = include_str!("../sets/postamble.txt");

#[derive(Deserialize)]
struct Attack {
    id: String,
    language: String,
    wants: String,
    message: String,
    obeyed_answer: String,
}

fn attacks() -> Vec<Attack> {
    let lines = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../engine/tests/attacks/attacks.jsonl"
    ));
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of the table is JSON"))
        .collect()
}

/// The answer with its placeholders filled in.
fn obeyed(attack: &Attack) -> String {
    let preamble = PREAMBLE.replace("{canary}", CANARY);
    let sentence = preamble
        .split_inclusive('.')
        .max_by_key(|sentence| sentence.len())
        .unwrap_or_default()
        .trim();
    let mut answer = attack.obeyed_answer.clone();
    for (name, text) in [
        ("canary", CANARY),
        ("preamble", &preamble),
        ("postamble", POSTAMBLE),
        ("sentence", sentence),
        ("last", POSTAMBLE.lines().last().unwrap_or_default()),
    ] {
        answer = answer.replace(&format!("{{{name}}}"), text);
        for change in [
            "base64",
            "rot13",
            "hex",
            "reversed",
            "words_reversed",
            "spaced",
            "dashed",
            "upper",
            "fullwidth",
        ] {
            let placeholder = format!("{{{name}|{change}}}");
            if answer.contains(&placeholder) {
                answer = answer.replace(&placeholder, &changed(text, change));
            }
        }
    }
    answer
}

fn changed(text: &str, change: &str) -> String {
    let joined = |by: &str| text.chars().map(String::from).collect::<Vec<_>>().join(by);
    match change {
        "base64" => base64(text.as_bytes()),
        "rot13" => rot13(text),
        "hex" => text.bytes().map(|byte| format!("{byte:02x}")).collect(),
        "reversed" => text.chars().rev().collect(),
        "words_reversed" => text.split(' ').rev().collect::<Vec<_>>().join(" "),
        "spaced" => joined(" "),
        "dashed" => joined("-"),
        "upper" => text.to_uppercase(),
        _ => text
            .chars()
            .map(|c| {
                char::from_u32(u32::from(c) + 0xFEE0)
                    .filter(|_| c.is_ascii_graphic())
                    .unwrap_or(c)
            })
            .collect(),
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let bits = (0..3).fold(0_u32, |bits, at| {
            bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0))
        });
        let digit = move |at: usize| char::from(ALPHABET[(bits >> (18 - 6 * at) & 63) as usize]);
        (0..=chunk.len())
            .map(digit)
            .chain(std::iter::repeat_n('=', 3 - chunk.len()))
    });
    digits.collect()
}

#[test]
fn the_table_is_varied() {
    let attacks = attacks();
    let mut languages: Vec<&str> = attacks.iter().map(|attack| attack.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    assert!(attacks.len() >= 120);
    assert!(languages.len() >= 6);
}

#[test]
fn an_obeyed_attack_is_held_in_every_shop() {
    let shops = shops();
    let mut sent = Vec::new();
    let mut total = 0;
    for attack in attacks() {
        let answer = obeyed(&attack);
        // Advice in words alone is what no list of words sees.
        if attack.wants == "advice" && !answer.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        for (name, shop) in &shops {
            total += 1;
            if shop.check(&attack.message, &answer).is_ok() {
                sent.push(format!("{} for {name}: {answer}", attack.id));
            }
        }
    }
    println!("{} of {total} obeyed attacks go out:\n{}", sent.len(), sent.join("\n"));
    assert_eq!(sent, Vec::<String>::new());
}
