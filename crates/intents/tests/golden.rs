//! The encoder gives what the published package gives, and is safe with any text.

mod support;

use intents::recipe::UNKNOWN_SHARE_LIMIT;
use intents::{DIMENSIONS, Embedding, Encoder};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    text: String,
    vector: Vec<f32>,
}

fn cosine(left: &[f32], right: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(left, right) / (dot(left, left) * dot(right, right)).sqrt()
}

#[test]
fn ten_sentences_in_six_languages_have_the_vectors_of_the_published_package() {
    let Some(encoder) = support::encoder() else { return };
    let golden: Vec<Golden> = serde_json::from_str(include_str!("golden.json")).unwrap();
    assert_eq!(golden.len(), 10);
    for sentence in golden {
        let found = cosine(&encoder.embed_as_published(&sentence.text).vector, &sentence.vector);
        assert!(found >= 0.9999, "{found} for {:?}", sentence.text);
    }
}

fn assert_sound(embedding: &Embedding) {
    assert_eq!(embedding.vector.len(), DIMENSIONS);
    let length = embedding
        .vector
        .iter()
        .map(|number| number * number)
        .sum::<f32>()
        .sqrt();
    assert!((length - 1.0).abs() < 1e-4, "length {length}");
    assert!((0.0..=1.0).contains(&embedding.unknown_share));
}

#[test]
fn strange_texts_are_safe() {
    let Some(encoder) = support::encoder() else { return };
    let long = "how much is it ".repeat(100_000);
    let one_word = "a".repeat(1_000_000);
    for text in [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{feff}",
        "🙂",
        "👩‍👩‍👧‍👦",
        "\u{202e}x",
        "▁",
        "<s></s>",
        &long,
        &one_word,
    ] {
        assert_sound(&encoder.embed(text));
    }
    assert!(encoder.embed("how much is it\0").unknown_share < UNKNOWN_SHARE_LIMIT);
}

#[test]
fn scripts_that_the_model_does_not_know_are_told_apart() {
    let Some(encoder) = support::encoder() else { return };
    let unknown = [
        "आपकी दुकान कब खुलती है?",
        "Τι ώρα ανοίγει το μαγαζί σας;",
        "আপনাদের দোকান কখন খোলে?",
        "😍😍",
        "",
    ];
    for text in unknown {
        assert!(encoder.embed(text).unknown_share > UNKNOWN_SHARE_LIMIT, "{text}");
    }
    let known = [
        "When do you open?",
        "¿Cuándo abrís?",
        "Kapan buka kak?",
        "何時に開きますか",
        "متى تفتحون؟",
        "Во сколько вы открываетесь?",
        "precio 😍😍😍",
        "?",
    ];
    for text in known {
        assert!(encoder.embed(text).unknown_share < UNKNOWN_SHARE_LIMIT, "{text}");
    }
}

fn embed_soundly(encoder: &Encoder, text: &str) {
    assert_sound(&encoder.embed(text));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_a_vector_of_unit_length(text in "\\PC{0,200}|[\\x00-\\x7f]{0,80}|(?s:.){0,120}") {
        if let Some(encoder) = support::encoder() {
            embed_soundly(encoder, &text);
        }
    }
}
