//! What holds for the recipe whatever the vectors are. None of these tests needs the model.

use intents::recipe::{
    BACKGROUND_PHRASES, Background, Calibration, Intent, Message, confidence, lead, similarity, suggest_threshold,
};
use proptest::prelude::*;

const SIZE: usize = 24;

fn vector() -> impl Strategy<Value = Vec<f32>> {
    prop::collection::vec(-1.0_f32..1.0, SIZE)
}

fn vectors(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Vec<f32>>> {
    prop::collection::vec(vector(), count)
}

proptest! {
    #[test]
    fn a_greater_lead_is_a_greater_confidence(a in -1.0_f64..1.0, b in -1.0_f64..1.0) {
        let of = |lead| Calibration::EMBEDDED.confidence(lead);
        prop_assert!((0.0..=1.0).contains(&of(a)));
        prop_assert_eq!(a < b, of(a) < of(b));
    }

    #[test]
    fn a_message_that_moves_towards_the_only_phrase_gains(message in vector(), phrase in vector(), step in 0.05_f32..0.5) {
        // Without a background nothing but the similarity counts.
        let none = Background::new(Vec::new());
        let intent = Intent::new(&none, std::slice::from_ref(&phrase));
        let nearer: Vec<f32> = message.iter().zip(&phrase).map(|(from, to)| from + step * (to - from)).collect();
        let of = |vector: &[f32]| confidence(&Message::new(&none, vector), &intent, &Calibration::EMBEDDED);
        prop_assert!(of(&nearer) >= of(&message) - 1e-6);
    }

    #[test]
    fn the_order_of_phrases_does_not_matter(
        background in vectors(1..8), phrases in vectors(1..9), message in vector(), turn in 0_usize..8,
    ) {
        let background = Background::new(background);
        let mut turned = phrases.clone();
        turned.rotate_left(turn % phrases.len());
        turned.reverse();
        let message = Message::new(&background, &message);
        let (one, other) = (Intent::new(&background, &phrases), Intent::new(&background, &turned));
        prop_assert!((lead(&message, &one) - lead(&message, &other)).abs() < 1e-4);
    }

    #[test]
    fn confidence_and_similarity_stay_in_their_bounds(
        background in vectors(0..8), phrases in vectors(0..9), others in vectors(1..9), message in vector(),
    ) {
        let background = Background::new(background);
        let message = Message::new(&background, &message);
        let (one, other) = (Intent::new(&background, &phrases), Intent::new(&background, &others));
        prop_assert!((0.0..=1.0).contains(&confidence(&message, &one, &Calibration::EMBEDDED)));
        prop_assert!((-1.001..=1.001).contains(&similarity(&one, &other)));
        prop_assert!(phrases.is_empty() || similarity(&one, &one) > 0.99);
    }

    #[test]
    fn a_suggested_threshold_is_one_that_a_rule_can_have(
        matching in prop::collection::vec(0.0_f64..1.0, 0..8), other in prop::collection::vec(0.0_f64..1.0, 0..8),
    ) {
        let suggested = suggest_threshold(&matching, &other);
        prop_assert_eq!(suggested.is_none(), matching.is_empty());
        prop_assert!(suggested.is_none_or(|threshold| (0.50..=0.95).contains(&threshold)));
    }
}

#[test]
fn vectors_of_nothing_match_nothing() {
    let background = Background::new(vec![vec![0.0; SIZE]; 3]);
    let message = Message::new(&background, &[0.0; SIZE]);
    let nothing = Intent::new(&background, &[]);
    let zeros = Intent::new(&background, &[vec![0.0; SIZE]]);
    for intent in [nothing, zeros] {
        assert!(confidence(&message, &intent, &Calibration::EMBEDDED) < 0.5);
    }
}

#[test]
fn the_default_threshold_lies_at_the_shift() {
    let calibration = Calibration::EMBEDDED;
    let found = calibration.confidence(calibration.shift);
    assert!((found - Calibration::DEFAULT_THRESHOLD).abs() < 0.001, "{found}");
    assert_eq!(Calibration::default_for_provider(), calibration);
}

#[test]
fn a_suggested_threshold_divides_the_examples() {
    assert_eq!(suggest_threshold(&[0.9, 0.8], &[0.6, 0.2]), Some(0.70));
    assert_eq!(
        suggest_threshold(&[0.95, 0.9, 0.4], &[0.6]),
        Some(0.75),
        "one that cannot be had is given up"
    );
    assert_eq!(suggest_threshold(&[0.66], &[]), Some(0.63));
    assert_eq!(suggest_threshold(&[0.99], &[]), Some(Calibration::DEFAULT_THRESHOLD));
    assert_eq!(suggest_threshold(&[0.1], &[]), Some(0.50));
    assert_eq!(suggest_threshold(&[], &[0.5]), None);
}

#[test]
fn background_phrases_are_different_and_short() {
    let mut phrases = BACKGROUND_PHRASES.to_vec();
    phrases.sort_unstable();
    phrases.dedup();
    assert_eq!(phrases.len(), 90);
    assert!(phrases.iter().all(|phrase| phrase.len() <= 100));
}
