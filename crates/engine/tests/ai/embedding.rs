//! Vectors, in whatever form they come.

use engine::ai::AiError;
use sandbox::{AiCall, AiFault};

use super::stage::Stage;

fn near(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[tokio::test]
async fn texts_that_share_words_are_near_in_every_form() {
    let stage = Stage::new().await;
    for fault in [
        None,
        Some(AiFault::Base64Embeddings),
        Some(AiFault::NestedEmbeddings),
        Some(AiFault::ShuffledEmbeddings),
    ] {
        stage.provider.clear_faults();
        if let Some(fault) = fault.clone() {
            stage.provider.fault(fault);
        }
        let texts = ["where is my order", "where is my order now", "blue cups"];
        let vectors = stage.client.embed(&texts).await.unwrap();
        assert!(
            near(&vectors[0], &vectors[1]) > near(&vectors[0], &vectors[2]) + 0.3,
            "{fault:?}"
        );
        assert!(
            vectors.iter().all(|vector| (near(vector, vector) - 1.0).abs() < 1e-4),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn many_texts_go_in_batches_and_blank_ones_stay_here() {
    let stage = Stage::new().await;
    let texts: Vec<String> = (0..40)
        .map(|number| {
            if number % 10 == 0 {
                " ".into()
            } else {
                format!("text {number}")
            }
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let vectors = stage.client.embed(&texts).await.unwrap();
    assert_eq!(vectors.len(), 40);
    assert!(vectors[0].is_empty() && !vectors[1].is_empty());
    let again = stage.client.embed(&["text 39"]).await.unwrap();
    assert!(near(&again[0], &vectors[39]) > 0.999, "in their order");
    let sent = stage.provider.requests_for(AiCall::Embedding);
    let sizes: Vec<usize> = sent
        .iter()
        .map(|request| request.body["input"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [16, 16, 4, 1]);
    assert!(
        sent.iter()
            .all(|request| request.body["encoding_format"] == "float" && request.body.get("dimensions").is_none())
    );
    assert!(stage.client.embed(&[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_endpoint_without_embeddings_says_so() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::NoEmbeddings);
    assert_eq!(stage.client.embed(&["hi"]).await, Err(AiError::BadRequest));
    let without = Stage::with(|settings| settings.embedding_model = None).await;
    assert_eq!(without.client.embed(&["hi"]).await, Err(AiError::BadRequest));
    assert_eq!(without.provider.calls(), 0);
}
