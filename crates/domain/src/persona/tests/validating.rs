use super::*;
use crate::limits::FieldError;

fn errors(change: impl FnOnce(&mut PersonaBuilder)) -> Vec<(String, String)> {
    let mut builder = florist();
    change(&mut builder);
    let found = PersonaContent::Builder(builder).validate().unwrap_err();
    found
        .into_iter()
        .map(|FieldError { field, message }| (field, message))
        .collect()
}

fn fields(change: impl FnOnce(&mut PersonaBuilder)) -> Vec<String> {
    errors(change).into_iter().map(|(field, _)| field).collect()
}

#[test]
fn what_is_right_is_trimmed() {
    let mut typed = florist();
    typed.business_name = "  Petal & Co ".into();
    typed.facts.push(fact("  ", ""));
    assert_eq!(
        PersonaContent::Builder(typed).validate().unwrap(),
        PersonaContent::Builder(florist())
    );
    assert_eq!(
        PersonaContent::OwnText(" Be kind. ".into()).validate().unwrap(),
        PersonaContent::OwnText("Be kind.".into())
    );
}

#[test]
fn each_error_stands_at_its_field() {
    assert_eq!(
        errors(|b| b.business_name = " ".into()),
        [("business_name".into(), "Say what the business is called.".into())]
    );
    assert_eq!(
        errors(|b| b.goal_link = "petal.example".into()),
        [(
            "goal_link".into(),
            "Write the whole link, with https:// before it.".into()
        )]
    );
    assert_eq!(fields(|b| b.goal_link = "https://petal example".into()), ["goal_link"]);
    assert_eq!(fields(|b| b.city = "x".repeat(81)), ["city"]);
    assert_eq!(fields(|b| b.opening_hours = "x".repeat(401)), ["opening_hours"]);
    assert_eq!(fields(|b| b.hand_over_when = "\0".into()), ["hand_over_when"]);
    assert_eq!(fields(|b| b.facts.push(fact("Returns", ""))), ["facts[2].text"]);
    assert_eq!(fields(|b| b.facts.push(fact("", "14 days."))), ["facts[2].topic"]);
    assert_eq!(fields(|b| b.facts = vec![fact("Prices", "5 euros."); 21]), ["facts"]);
    assert_eq!(fields(|b| b.phrases = vec!["Hi".into(), " Hi ".into()]), ["phrases"]);
    assert_eq!(fields(|b| b.avoid = vec![" ".into()]), ["avoid"]);
    assert_eq!(
        errors(|b| b.avoid = (0..21).map(|n| n.to_string()).collect()),
        [("avoid".into(), "There are 21 of 20 topics. Take out 1.".into())]
    );
    assert_eq!(
        fields(|b| {
            b.business_name.clear();
            b.city = "\0".into();
        }),
        ["business_name", "city"]
    );
}

#[test]
fn the_whole_is_measured_too() {
    assert_eq!(
        fields(|b| b.facts = vec![fact("Prices", &"x".repeat(400)); 12]),
        ["persona"]
    );
    let own = PersonaContent::OwnText("x".repeat(4_001));
    assert_eq!(own.validate().unwrap_err()[0].field, "own_text");
    assert_eq!(
        PersonaContent::OwnText(" ".into()).validate().unwrap_err()[0].message,
        "Write the persona."
    );
}
