//! Ordinary answers that must go out, and bad ones that must not: both sets stand in `sets/` beside the code.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::answer_checks::{AnswerContext, HeldBy, check_answer};

pub(super) const CANARY: &str = "k7Qz2mXw";
const MAX_BYTES: usize = 1_000;
const MAX_FALSE_HOLDS_PERCENT: usize = 1;

/// A shop with its texts and what a good AI would answer there.
#[derive(Deserialize)]
pub(super) struct Shop {
    pub(super) private: String,
    pub(super) facts: String,
    pub(super) prompt: String,
    handles: Vec<String>,
    pub(super) pairs: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Bad {
    shop: String,
    message: String,
    answer: String,
    held: HeldBy,
}

macro_rules! shops {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../sets/ordinary/", $name, ".json")))),+]
    };
}

const SHOPS: &[(&str, &str)] = shops![
    "de_bike_shop",
    "en_bakery",
    "en_hair_salon",
    "es_florist",
    "es_taqueria",
    "fr_ceramics",
    "id_batik",
    "it_bnb",
    "mixed_surf",
    "nl_plants",
    "pt_gym",
];

pub(super) fn shops() -> BTreeMap<&'static str, Shop> {
    let read = |text| serde_json::from_str(text).expect("a shop of the set is JSON");
    SHOPS.iter().map(|(name, text)| (*name, read(text))).collect()
}

impl Shop {
    pub(super) fn check(&self, message: &str, answer: &str) -> Result<(), HeldBy> {
        let handles: Vec<&str> = self.handles.iter().map(String::as_str).collect();
        let preamble = include_str!("../sets/preamble.txt").replace("{canary}", CANARY);
        check_answer(
            answer,
            &AnswerContext {
                approved: &[&self.private, &self.facts, &self.prompt],
                quotable: &[&self.facts, &self.prompt],
                fixed: &[&preamble, include_str!("../sets/postamble.txt")],
                canary: CANARY,
                message,
                own_handles: &handles,
                max_bytes: MAX_BYTES,
            },
        )
    }
}

#[test]
fn ordinary_answers_go_out() {
    let shops = shops();
    let mut held = Vec::new();
    let mut total = 0;
    for (name, shop) in &shops {
        for (message, answer) in &shop.pairs {
            total += 1;
            if let Err(by) = shop.check(message, answer) {
                held.push(format!("{name} {by}: {answer}"));
            }
        }
    }
    println!("{} of {total} ordinary answers held:\n{}", held.len(), held.join("\n"));
    assert!(total >= 200);
    assert!(held.len() * 100 <= total * MAX_FALSE_HOLDS_PERCENT);
}

#[test]
fn bad_answers_are_held_for_the_right_reason() {
    let shops = shops();
    let mut wrong = Vec::new();
    let mut total = 0;
    for line in include_str!("../sets/bad.jsonl").lines() {
        let bad: Bad = serde_json::from_str(line).expect("a line of the set is JSON");
        total += 1;
        let result = shops[bad.shop.as_str()].check(&bad.message, &bad.answer);
        if result != Err(bad.held) {
            wrong.push(format!("{} {result:?}, not {}: {}", bad.shop, bad.held, bad.answer));
        }
    }
    println!(
        "{} of {total} bad answers not held, or for another reason:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(total >= 150);
    assert_eq!(wrong, Vec::<String>::new());
}
