//! `POST /embeddings`: what is sent, and vectors in whatever form they come.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::AiError;

/// Servers differ in how many texts they take; this many all of them do.
pub(super) const BATCH: usize = 16;

pub(super) fn body(model: &str, texts: &[&str]) -> Value {
    let prefix = prefix(model);
    let input: Vec<String> = texts.iter().map(|text| format!("{prefix}{text}")).collect();
    json!({ "model": model, "input": input, "encoding_format": "float" })
}

/// What a family of models was trained to find before a text that is compared with its like.
fn prefix(model: &str) -> &'static str {
    let model = model.to_lowercase();
    if model.contains("nomic-embed") {
        "classification: "
    } else if model.contains("e5-") && !model.contains("instruct") {
        "query: "
    } else {
        ""
    }
}

/// `count` vectors of one length, in the order of the texts, each scaled to length one.
pub(super) fn read(body: &Value, count: usize) -> Result<Vec<Vec<f32>>, AiError> {
    let items = body.get("data").unwrap_or(body).as_array().ok_or(AiError::Unreadable)?;
    let mut vectors: Vec<Option<Vec<f32>>> = vec![None; count];
    for (place, item) in items.iter().enumerate() {
        let index = item.get("index").and_then(Value::as_u64);
        let index = index.map_or(Some(place), |index| usize::try_from(index).ok());
        let slot = index
            .and_then(|index| vectors.get_mut(index))
            .ok_or(AiError::Unreadable)?;
        *slot = Some(unit(vector(item.get("embedding"))?)?);
    }
    let vectors: Option<Vec<Vec<f32>>> = vectors.into_iter().collect();
    vectors
        .filter(|all| all.windows(2).all(|pair| pair[0].len() == pair[1].len()))
        .ok_or(AiError::Unreadable)
}

/// Numbers, base64 of little-endian numbers, or either within one more array.
fn vector(embedding: Option<&Value>) -> Result<Vec<f32>, AiError> {
    match embedding {
        Some(Value::Array(numbers)) => match numbers.as_slice() {
            [nested @ Value::Array(_)] => vector(Some(nested)),
            numbers => numbers
                .iter()
                .map(|number| number.as_f64().map(|number| number as f32))
                .collect::<Option<_>>()
                .ok_or(AiError::Unreadable),
        },
        Some(Value::String(text)) => {
            let bytes = STANDARD.decode(text).map_err(|_| AiError::Unreadable)?;
            let (numbers, rest) = bytes.as_chunks::<4>();
            let numbers = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
            if rest.is_empty() {
                Ok(numbers)
            } else {
                Err(AiError::Unreadable)
            }
        }
        _ => Err(AiError::Unreadable),
    }
}

/// Not every server sends unit vectors, and a vector without a direction says nothing.
fn unit(mut vector: Vec<f32>) -> Result<Vec<f32>, AiError> {
    let length = vector
        .iter()
        .map(|number| f64::from(*number).powi(2))
        .sum::<f64>()
        .sqrt();
    if !length.is_normal() {
        return Err(AiError::Unreadable);
    }
    for number in &mut vector {
        *number = (f64::from(*number) / length) as f32;
    }
    Ok(vector)
}

#[cfg(test)]
#[path = "embeddings_tests.rs"]
mod tests;
