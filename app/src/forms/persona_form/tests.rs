//! Nothing that was typed is lost between the form and the content.

use domain::persona::Voice;
use proptest::prelude::*;

use super::*;

fn fact(topic: &str, text: &str) -> PersonaFact {
    PersonaFact {
        topic: topic.into(),
        text: text.into(),
    }
}

#[test]
fn a_builder_comes_back_as_it_was_saved() {
    let builder = PersonaBuilder {
        voice: Voice::Playful,
        business_name: "Bloom & Stem".into(),
        goal: "Answers, then offers\none next step.".into(),
        facts: vec![
            fact("Prices", "Bouquets from 25 euros."),
            fact("Prices", "Weddings from 400 euros."),
            fact("Other", "We have a dog."),
        ],
        phrases: vec!["Lovely, really".into(), "Tot snel! 🌷".into()],
        ..PersonaBuilder::default()
    };
    let content = PersonaContent::Builder(builder);
    assert_eq!(PersonaForm::of(&content).content(), content);
    let own = PersonaContent::OwnText("Be kind.\nBe brief.".into());
    assert_eq!(PersonaForm::of(&own).content(), own);
}

#[test]
fn a_fact_about_something_else_keeps_its_topic_as_words() {
    let builder = PersonaBuilder {
        facts: vec![fact("Parking", "Behind the house.")],
        ..PersonaBuilder::default()
    };
    let form = PersonaForm::of(&PersonaContent::Builder(builder));
    assert_eq!(form.fact_other, "Parking: Behind the house.");
}

#[test]
fn errors_stand_at_the_field_that_was_typed_into() {
    let mut form = PersonaForm {
        business_name: "Bloom".into(),
        fact_prices: "25 euros".into(),
        ..PersonaForm::default()
    };
    form.set("fact_returns", "x".repeat(401));
    let errors = form.content().validate().expect_err("too long");
    let fields: Vec<String> = form
        .errors_at_fields(errors)
        .into_iter()
        .map(|error| error.field)
        .collect();
    assert_eq!(fields, ["fact_returns"]);
}

#[test]
fn a_quote_is_found_in_the_field_of_the_chosen_kind() {
    let mut form = PersonaForm {
        own_text: "Ask for the card\nnumber first.".into(),
        hand_over_when: "the customer is upset".into(),
        ..PersonaForm::default()
    };
    assert_eq!(form.field_with("customer is upset"), Some("hand_over_when"));
    assert_eq!(form.field_with("the card number"), None);
    form.kind = OWN_TEXT.into();
    assert_eq!(form.field_with("the card number…"), Some(OWN_TEXT));
    assert_eq!(form.field_with(""), None);
}

proptest! {
    #[test]
    fn every_field_is_set_and_read_by_its_name(value in "\\PC{0,20}", index in 0..PersonaForm::FIELDS.len()) {
        let name = PersonaForm::FIELDS[index];
        let mut form = PersonaForm::default();
        form.set(name, value.clone());
        prop_assert_eq!(form.get(name), &value);
        let others = PersonaForm::FIELDS.iter().filter(|other| **other != name);
        prop_assert!(others.into_iter().all(|other| form.get(other).is_empty()));
    }
}
