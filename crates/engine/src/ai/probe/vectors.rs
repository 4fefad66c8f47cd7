//! Whether vectors tell texts apart.

use super::told;
use crate::ai::AiClient;

/// The first two ask the same, the third something else.
const TEXTS: [&str; 3] = [
    "How much does delivery cost?",
    "What is the price of delivery?",
    "My dog likes to sleep in the sun.",
];

pub(super) async fn probe(client: &AiClient) -> Result<String, String> {
    let vectors = client.embed(&TEXTS).await.map_err(|error| told(&error))?;
    let [same, other] = [1, 2].map(|index| nearness(&vectors[0], &vectors[index]));
    if same > other {
        Ok(format!("{} numbers each; like texts are near", vectors[0].len()))
    } else {
        Err("texts that ask the same are no nearer than others. Name an embedding model, not a chat model.".into())
    }
}

fn nearness(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
