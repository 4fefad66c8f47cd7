//! What of an answer is held back is named in the answer's own words.

use proptest::prelude::*;

use crate::answer_checks::{AnswerContext, Held, HeldBy, Piece, check_answer, check_naming};

const APPROVED: &str =
    "Open Tuesday to Saturday 9am-6pm. A cut is $45. Mail hello@shop.example, book at shop.example/book.";

fn context<'a>() -> AnswerContext<'a> {
    AnswerContext {
        approved: &[APPROVED],
        quotable: &[APPROVED],
        max_bytes: 400,
        ..AnswerContext::default()
    }
}

fn held(answer: &str) -> Held {
    check_naming(answer, &context()).unwrap_err()
}

#[test]
fn what_stands_in_no_approved_text_is_said_as_written() {
    for (answer, words) in [
        ("A cut is 95 dollars.", "95"),
        ("A cut is $95, or ask.", "$95"),
        ("We open on Sunday too!", "Sunday"),
    ] {
        let sentence = held(answer).sentence();
        assert_eq!(
            sentence,
            format!("It says “{words}”, which no approved text says like this.")
        );
    }
    for (answer, words) in [
        ("See (https://Elsewhere.example).", "https://Elsewhere.example"),
        ("Mail Sales@shop.example, and we answer.", "Sales@shop.example"),
    ] {
        let sentence = held(answer).sentence();
        assert_eq!(
            sentence,
            format!("It says “{words}”, which stands in no approved text.")
        );
    }
}

#[test]
fn a_promise_and_a_denial_are_said_with_their_clause() {
    let promise = held("Good news! I have booked your table, see you.");
    assert_eq!(promise.by, HeldBy::Promise);
    assert!(promise.sentence().contains("“I have booked your table”"), "{promise:?}");
    let denial = held("Hi! I am not a bot. Ask away.");
    assert_eq!(denial.by, HeldBy::BotDenial);
    assert!(denial.sentence().contains("“I am not a bot”"), "{denial:?}");
}

#[test]
fn what_is_too_long_is_said_in_bytes() {
    let long = "word ".repeat(240);
    assert_eq!(held(&long).sentence(), "It has 1,200 bytes, and 400 fit.");
}

#[test]
fn a_long_piece_is_cut() {
    let link = format!("https://elsewhere.example/{}", "é".repeat(100));
    let Some(Piece::Words(words)) = held(&link).piece else {
        panic!("a link is named");
    };
    assert_eq!(words.chars().count(), 121);
    assert!(words.ends_with('…'));
}

#[test]
fn what_has_no_words_is_said_in_general() {
    assert_eq!(held("  ").sentence(), HeldBy::Empty.text());
    assert_eq!(held("**Hello** and **welcome**").sentence(), HeldBy::Markup.text());
}

proptest! {
    #[test]
    fn naming_decides_as_the_check_does_and_names_words_of_the_answer(
        answer in r"([a-zA-Z€é ]{0,8}|[0-9$%.,:/@-]{0,6}|I have booked it|I am not a bot|Sunday|x\.example| |\n|！|ſ|½){0,9}",
    ) {
        let named = check_naming(&answer, &context());
        prop_assert_eq!(named.as_ref().map_err(|held| held.by).copied(), check_answer(&answer, &context()));
        if let Err(Held { piece: Some(Piece::Words(words)), .. }) = named {
            prop_assert!(answer.contains(words.trim_end_matches('…')), "{:?}", words);
        }
    }
}
