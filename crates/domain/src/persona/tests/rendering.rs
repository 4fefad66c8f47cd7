use proptest::prelude::*;

use super::*;

#[test]
fn every_field_is_a_line_in_the_order_of_the_form() {
    insta::assert_snapshot!(PersonaContent::Builder(florist()).render());
}

#[test]
fn empty_fields_leave_no_line() {
    let name_only = PersonaBuilder {
        voice: Voice::Brief,
        business_name: "Petal".into(),
        ..PersonaBuilder::default()
    };
    assert_eq!(
        name_only.render(),
        "Voice: brief and to the point, without small talk.\nBusiness: Petal"
    );
}

#[test]
fn an_own_text_is_read_as_it_is() {
    let own = PersonaContent::OwnText("Be kind.\r\nCafe\u{301}.".into());
    assert_eq!(own.render(), "Be kind.\nCaf\u{e9}.");
}

#[test]
fn public_parts_are_what_customers_may_read() {
    let parts = PersonaContent::Builder(florist()).public_parts();
    for public in [
        "Petal & Co, a florist, Leiden",
        "Bouquets from 25 euros.",
        "Lovely to hear from you",
        "https://petal.example/book",
    ] {
        assert!(parts.iter().any(|part| part == public), "{public}");
    }
    for private in ["upset", "discounts", "warm", "next step"] {
        assert!(!parts.iter().any(|part| part.contains(private)), "{private}");
    }
}

#[test]
fn of_an_own_text_sentences_with_figures_and_links_are_public() {
    let own = "You answer for a florist. Delivery costs 5 euros. Never promise a discount. Book at https://petal.example now.";
    assert_eq!(
        PersonaContent::OwnText(own.into()).public_parts(),
        ["Delivery costs 5 euros.", "Book at https://petal.example now."]
    );
}

#[test]
fn the_stored_form_is_read_back() {
    for content in [
        PersonaContent::Builder(florist()),
        PersonaContent::OwnText("Be kind.".into()),
    ] {
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<PersonaContent>(&json).unwrap(), content);
    }
    let older = r#"{"kind":"builder","content":{"business_name":"Petal"}}"#;
    let PersonaContent::Builder(builder) = serde_json::from_str(older).unwrap() else {
        panic!("not a builder");
    };
    assert_eq!(
        builder.business_name, "Petal",
        "fields that a release adds are empty in what an earlier one stored"
    );
}

proptest! {
    /// What stands in a field stands in the text, and nothing else changes it.
    #[test]
    fn every_word_of_a_field_reaches_the_model(hours in "[a-z0-9 :]{0,40}", avoid in "[a-z]{1,20}", text in "\\PC{1,60}") {
        let mut builder = florist();
        builder.opening_hours = hours.clone();
        builder.avoid = vec![avoid.clone()];
        builder.facts = vec![fact("Shipping", &text)];
        let rendered = builder.render();
        prop_assert!(rendered.contains(&hours) && rendered.contains(&avoid) && rendered.contains(&text));
        prop_assert_eq!(builder.render(), rendered);
    }
}
