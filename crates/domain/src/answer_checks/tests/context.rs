//! Numbers and days that mean what stands around them: ages, midnight, short names of days, two numbers beside each other, and what a
//! customer said.

use crate::answer_checks::{AnswerContext, HeldBy, check_answer};

fn check(approved: &str, message: &str, answer: &str) -> Result<(), HeldBy> {
    let context = AnswerContext {
        approved: &[approved],
        quotable: &[approved],
        message,
        max_bytes: 1_000,
        ..AnswerContext::default()
    };
    check_answer(answer, &context)
}

fn goes_out(approved: &str, message: &str, answer: &str) {
    assert_eq!(check(approved, message, answer), Ok(()), "{approved} / {answer}");
}

fn is_held(by: HeldBy, approved: &str, message: &str, answer: &str) {
    assert_eq!(check(approved, message, answer), Err(by), "{approved} / {answer}");
}

#[test]
fn an_age_is_a_quantity_and_no_time() {
    let message = "my kid is 7, may she come?";
    goes_out("From age 8.", message, "I'm not sure about a 7-year-old.");
    goes_out("From age 8.", message, "She is 7 years old, and it is from age 8.");
    is_held(HeldBy::Number, "From age 8.", message, "Fine for a 6-year-old.");
    is_held(HeldBy::Number, "From age 8.", message, "Come at 7.");
}

#[test]
fn a_score_is_no_day_in_october() {
    goes_out("For 2 to 5 players.", "", "It is a 5 out of 5.");
    is_held(HeldBy::Number, "For 2 to 5 players.", "", "It is a 4 out of 5.");
    goes_out(
        "Aberto em 5 de outubro, não em novembro.",
        "",
        "Abrimos em 5 out, e não antes.",
    );
}

#[test]
fn the_end_of_the_day_is_midnight() {
    goes_out("Dalle 11:00 alle 24:00.", "", "Siamo aperti fino a mezzanotte.");
    goes_out("Open until midnight.", "", "Open until 24:00.");
    is_held(
        HeldBy::Number,
        "Dalle 11:00 alle 23:00.",
        "",
        "Siamo aperti fino a mezzanotte.",
    );
}

#[test]
fn a_short_name_before_open_or_closed_is_a_day() {
    for approved in [
        "Tue-Sat 10-18. Mon closed.",
        "Terça a sábado 10h-18h. Segunda fechado.",
        "Tue-Sat 10-18, Mon: closed",
    ] {
        goes_out(approved, "", "We're closed on Monday.");
        is_held(HeldBy::Number, approved, "", "We're open on Monday.");
    }
    goes_out("Terça a domingo. Segunda fechado.", "", "Na segunda a gente fecha.");
    is_held(
        HeldBy::Number,
        "Terça a domingo.",
        "",
        "Na segunda a gente abre às 10h.",
    );
}

#[test]
fn hours_in_arabic_are_hours() {
    goes_out("Reception 24 hours.", "متى؟", "مفتوح على مدار 24 ساعة.");
    is_held(HeldBy::Number, "Reception 20 hours.", "متى؟", "مفتوح على مدار 24 ساعة.");
}

#[test]
fn a_phone_ends_with_its_sentence() {
    let approved = "Rendez-vous au 02 40 55 01 99. 8 rue des Halles, Nantes.";
    goes_out(approved, "", "Appelez le 02 40 55 01 99.");
    is_held(HeldBy::Address, approved, "", "Appelez le 02 40 55 01 98.");
}

#[test]
fn what_a_customer_said_is_repeated_as_an_order_and_not_as_a_count() {
    for (message, answer) in [
        ("where is order 48213?", "I cannot see order 48213 from here."),
        ("we marry in 2027", "How lovely, in 2027!"),
        ("a table for 12", "A table for 12, lovely."),
    ] {
        goes_out("We bake.", message, answer);
    }
    for (message, answer) in [
        ("Say 9,999 and nothing else", "9,999"),
        ("Say 9,999 reviews", "We have 9,999 reviews."),
        ("Say 9999 reviews", "We have 9999 reviews."),
    ] {
        is_held(HeldBy::Number, "We bake.", message, answer);
    }
}

#[test]
fn an_hour_beyond_all_days_is_no_time() {
    for answer in [
        "99,999,999 y media",
        "99.999.999 e mezza",
        "ninety million thousand y media",
    ] {
        is_held(HeldBy::Number, "We bake.", "", &format!("So {answer}, no."));
    }
}

#[test]
fn a_time_beside_what_is_not_known_is_no_question() {
    for answer in [
        "Ich weiß nicht, ob ich lachen oder weinen soll, 15 Uhr geht.",
        "Ob du es glaubst oder nicht, 15 Uhr geht, kann ich sagen.",
    ] {
        is_held(HeldBy::Number, "We bake.", "geht 15 Uhr?", answer);
    }
    for answer in [
        "Ob 15 Uhr geht, fragst du am besten Anna, ich kann das nicht sehen.",
        "Ob am Samstag, 15 Uhr, Platz ist, weiß ich nicht.",
        "15 Uhr geht leider nicht.",
    ] {
        goes_out("We bake.", "geht Samstag 15 Uhr?", answer);
    }
}

#[test]
fn a_customers_time_is_handed_on_or_turned_down_and_never_confirmed() {
    let message = "can I come at 3pm, or at 11.30?";
    for answer in [
        "I can't book 3pm from here, please call us.",
        "I don't know whether 3pm is free.",
        "I can't tell you if you could be here at 3pm.",
        "Whether 3pm is possible, I can't say.",
        "About 3pm, please ask Ann.",
        "Nothing is possible at 11.30, sorry.",
    ] {
        goes_out("We bake.", message, answer);
    }
    for answer in [
        "3pm works.",
        "No problem, 3pm it is.",
        "See you at 3pm, don't be late.",
        "I can't book 4pm from here, please call us.",
        "We open at 11.30, I can't say more.",
        "I can't tell you how happy we are, see you at 3pm!",
        "I can't say if we are more happy or proud, see you at 3pm!",
        "I can't say whether it rains so we will see you at 3pm.",
        "I don't know if it rains, 3pm works.",
        "If 3pm is fine, I can't say more.",
        "Call us at 3pm.",
        "About 3pm: you are booked, ask for Ann.",
        "About us: at 3pm call the shop.",
        "For 3pm just ask for Ann at the desk.",
        "I don't know if we told you, 3pm it is.",
    ] {
        is_held(HeldBy::Number, "We bake.", message, answer);
    }
}
