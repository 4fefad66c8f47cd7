//! Personas: what the model reads, what is refused, what differs.

mod checked_texts;
mod differences;
mod envelopes;
mod rendering;
mod validating;

use super::*;

fn florist() -> PersonaBuilder {
    PersonaBuilder {
        voice: Voice::Warm,
        business_name: "Petal & Co".into(),
        business_kind: "a florist".into(),
        city: "Leiden".into(),
        opening_hours: "Tuesday to Saturday, 9:00–18:00".into(),
        goal: "Answers, then offers one next step".into(),
        goal_link: "https://petal.example/book".into(),
        facts: vec![
            fact("Prices", "Bouquets from 25 euros."),
            fact("Parking", "Behind the church."),
        ],
        phrases: vec!["Lovely to hear from you".into()],
        avoid: vec!["discounts".into(), "other florists".into()],
        hand_over_when: "the customer is upset".into(),
    }
}

fn fact(topic: &str, text: &str) -> PersonaFact {
    PersonaFact {
        topic: topic.into(),
        text: text.into(),
    }
}
