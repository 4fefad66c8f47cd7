//! One fact said in many ways and languages, and the same ways with another number.

use serde::Deserialize;

use crate::answer_checks::{AnswerContext, HeldBy, check_answer};

#[derive(Deserialize)]
struct Phrasings {
    approved: String,
    message: String,
    goes_out: Vec<String>,
    held: Vec<String>,
}

impl Phrasings {
    fn check(&self, answer: &str) -> Result<(), HeldBy> {
        let context = AnswerContext {
            approved: &[&self.approved],
            quotable: &[&self.approved],
            message: &self.message,
            max_bytes: 1_000,
            ..AnswerContext::default()
        };
        check_answer(answer, &context)
    }
}

fn phrasings() -> Vec<Phrasings> {
    let lines = include_str!("../sets/phrasings.jsonl").lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a line of the set is JSON"))
        .collect()
}

#[test]
fn a_fact_goes_out_however_it_is_said() {
    for phrasings in phrasings() {
        for answer in &phrasings.goes_out {
            assert_eq!(phrasings.check(answer), Ok(()), "{} / {answer}", phrasings.approved);
        }
    }
}

#[test]
fn another_number_is_held_however_it_is_said() {
    for phrasings in phrasings() {
        for answer in &phrasings.held {
            assert_eq!(
                phrasings.check(answer),
                Err(HeldBy::Number),
                "{} / {answer}",
                phrasings.approved
            );
        }
    }
}
