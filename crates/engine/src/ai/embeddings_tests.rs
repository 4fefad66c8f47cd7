//! Vectors in every form that servers send.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{body, read};
use crate::ai::AiError;

fn base64(numbers: &[f32]) -> String {
    STANDARD.encode(
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect::<Vec<_>>(),
    )
}

#[test]
fn numbers_base64_and_nested_vectors_come_out_with_length_one() {
    for embedding in [json!([3.0, 4.0]), json!(base64(&[3.0, 4.0])), json!([[3, 4]])] {
        let answer = json!({ "data": [{ "embedding": embedding }] });
        assert_eq!(read(&answer, 1).unwrap(), vec![vec![0.6, 0.8]]);
    }
}

#[test]
fn vectors_are_put_in_the_order_of_the_texts() {
    let one = |index: u32, embedding: Value| json!({ "index": index, "embedding": embedding });
    let answer = json!({ "data": [one(1, json!([0, 1])), one(0, json!([1, 0]))] });
    assert_eq!(read(&answer, 2).unwrap(), vec![vec![1.0, 0.0], vec![0.0, 1.0]]);
    let bare = json!([{ "embedding": [1, 0] }, { "embedding": [0, 1] }]);
    assert_eq!(read(&bare, 2).unwrap(), vec![vec![1.0, 0.0], vec![0.0, 1.0]]);
}

#[test]
fn what_is_no_vector_for_every_text_is_unreadable() {
    for answer in [
        json!({}),
        json!({ "data": [] }),
        json!({ "data": [{ "embedding": [1, 0] }, { "embedding": [1, 0] }, { "embedding": [1, 0] }] }),
        json!({ "data": [{ "embedding": [1, 0] }, { "embedding": [1] }] }),
        json!({ "data": [{ "embedding": [1, 0] }, { "embedding": [0, 0] }] }),
        json!({ "data": [{ "embedding": [1, 0] }, { "embedding": "!" }] }),
        json!({ "data": [{ "embedding": [1, 0] }, { "embedding": [1, null] }] }),
        json!({ "data": [{ "index": 0, "embedding": [1, 0] }, { "index": 9, "embedding": [1, 0] }] }),
        json!({ "data": [{ "embedding": [1, 0] }, { "embedding": base64(&[f32::NAN, 0.0]) }] }),
    ] {
        assert_eq!(read(&answer, 2), Err(AiError::Unreadable), "{answer}");
    }
}

#[test]
fn families_that_need_a_prefix_get_it() {
    assert_eq!(body("multilingual-e5-small", &["hi"])["input"][0], "query: hi");
    assert_eq!(body("nomic-embed-text:v1.5", &["hi"])["input"][0], "classification: hi");
    let plain = body("text-embedding-3-small", &["hi"]);
    assert_eq!(plain["input"][0], "hi");
    assert_eq!(plain["encoding_format"], "float");
    assert!(plain.get("dimensions").is_none());
}
