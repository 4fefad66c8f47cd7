//! What of a conversation reaches the model.

use proptest::prelude::*;

use super::{alternating, fit};
use crate::ai::{AiError, AnswerFormat, ChatTurn, CompletionRequest, ModelRole, TurnAuthor};

fn turns<'a>(texts: &[(TurnAuthor, &'a str)]) -> Vec<ChatTurn<'a>> {
    texts
        .iter()
        .map(|(author, text)| ChatTurn { author: *author, text })
        .collect()
}

fn request<'a>(turns: &'a [ChatTurn<'a>]) -> CompletionRequest<'a> {
    CompletionRequest {
        role: ModelRole::Reply,
        system: "Answer.",
        turns,
        max_tokens: 100,
        format: AnswerFormat::Text,
    }
}

#[test]
fn the_oldest_turns_go_first_and_the_last_one_never() {
    let long = "word ".repeat(60);
    let turns = turns(&[
        (TurnAuthor::Customer, &long),
        (TurnAuthor::Assistant, "yes"),
        (TurnAuthor::Customer, "and now?"),
    ]);
    let request = request(&turns);
    assert_eq!(fit(&request, 8_192).unwrap().turns.len(), 3);
    let fitted = fit(&request, 200).unwrap();
    assert_eq!(fitted.turns.len(), 2);
    assert!(fitted.prompt_tokens + fitted.answer_tokens <= 200);
    assert!(fitted.answer_tokens >= 100);
    assert_eq!(fit(&request, 110).err(), Some(AiError::Overflow));
    assert_eq!(fit(&self::request(&[]), 90).err(), Some(AiError::Overflow));
}

#[test]
fn authors_alternate_and_the_customer_begins() {
    use TurnAuthor::{Assistant, Customer};
    let turns = turns(&[
        (Assistant, "a"),
        (Customer, "b"),
        (Customer, "c"),
        (Assistant, "d"),
        (Customer, "e"),
    ]);
    let expected = vec![
        (Customer, "b\nc".to_owned()),
        (Assistant, "d".to_owned()),
        (Customer, "e".to_owned()),
    ];
    assert_eq!(alternating(&turns), expected);
}

proptest! {
    #[test]
    fn nothing_larger_than_the_context_is_sent(
        texts in proptest::collection::vec((any::<bool>(), ".{0,80}"), 1..12),
        context in 50_u32..2_000,
    ) {
        let author = |customer| if customer { TurnAuthor::Customer } else { TurnAuthor::Assistant };
        let turns: Vec<_> = texts.iter().map(|(customer, text)| ChatTurn { author: author(*customer), text }).collect();
        match fit(&request(&turns), context) {
            Ok(fitted) => {
                prop_assert!(fitted.prompt_tokens + fitted.answer_tokens <= context);
                prop_assert!(fitted.answer_tokens >= 100);
                prop_assert!(!fitted.turns.is_empty());
                let sent = alternating(fitted.turns);
                prop_assert!(sent.windows(2).all(|pair| pair[0].0 != pair[1].0));
            }
            Err(error) => prop_assert_eq!(error, AiError::Overflow),
        }
    }
}
