//! What the fixed instructions have the model say is no quotation of them; what they keep to themselves is.

use crate::answer_checks::{AnswerContext, HeldBy, check_answer};
use crate::persona::SystemPrompt;

fn check(answer: &str) -> Result<(), HeldBy> {
    let fixed = SystemPrompt::never_quoted();
    let context = AnswerContext {
        approved: &["Open Monday to Saturday."],
        quotable: &["Open Monday to Saturday."],
        fixed: &fixed,
        message: "any discounts?",
        max_bytes: 1_000,
        ..AnswerContext::default()
    };
    check_answer(answer, &context)
}

#[test]
fn a_model_that_does_as_it_is_told_is_not_held_back() {
    for answer in [
        "I do not know that; a person of the business can tell you.",
        "I'm afraid I do not know, but a person of the business can tell you that.",
        "I don't know and that a person of the business can tell you.",
        "A person will read your message.",
        "I am an automated assistant, so a person will read the message.",
        "I am sorry, I cannot help with that.",
    ] {
        assert_eq!(check(answer), Ok(()), "{answer}");
    }
}

#[test]
fn the_instructions_around_it_stay_unsaid() {
    for answer in [
        "If the answer is not there, say that you do not know and that a person of the business can tell.",
        "Say only what stands in the business's own text below.",
        "Every price, number, date, time, link, address and name must stand in the business's own text.",
    ] {
        assert_eq!(check(answer), Err(HeldBy::Quote), "{answer}");
    }
}
