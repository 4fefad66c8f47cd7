//! What the doctor finds out about a provider.

use engine::ai::probe::{Probe, ProbeResult, probe_embeddings, probe_model};
use engine::ai::{FormatLevel, ModelRole};
use sandbox::{AiFault, AiFaultSpec, JsonForm};

use super::stage::Stage;

async fn probe(stage: &Stage) -> Vec<ProbeResult> {
    let mut results = probe_model(&stage.client, ModelRole::Reply).await;
    results.extend(probe_embeddings(&stage.client).await);
    results
}

fn of(results: &[ProbeResult], probe: Probe) -> Result<&str, &str> {
    let result = results.iter().find(|result| result.probe == probe).unwrap();
    result.outcome.as_deref().map_err(String::as_str)
}

fn format(stage: &Stage) -> FormatLevel {
    stage.client.capabilities("pretend-reply").format
}

#[tokio::test]
async fn a_good_provider_passes_every_probe() {
    let stage = Stage::new().await;
    let results = probe(&stage).await;
    assert_eq!(results.len(), 5);
    for result in &results {
        assert!(result.outcome.is_ok(), "{result:?}");
    }
    assert_eq!(format(&stage), FormatLevel::Schema);
    assert!(of(&results, Probe::Embeddings).unwrap().starts_with("384 numbers"));
}

#[tokio::test]
async fn a_front_that_is_cut_off_is_noticed() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::SilentTruncation { tokens: 2_048 });
    let results = probe(&stage).await;
    assert!(of(&results, Probe::Plain).is_ok());
    let lost = of(&results, Probe::LongPrompt).unwrap_err();
    assert!(
        lost.contains("CONCIERGE_AI_CONTEXT_TOKENS") && lost.contains("8192"),
        "{lost}"
    );
}

#[tokio::test]
async fn a_missing_schema_is_no_failure_and_missing_json_is() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::JsonSchemaRefused { object_too: false });
    let results = probe(&stage).await;
    assert!(
        of(&results, Probe::JsonSchema)
            .unwrap()
            .starts_with("not by the server")
    );
    assert_eq!(of(&results, Probe::JsonObject), Ok("works"));
    assert_eq!(format(&stage), FormatLevel::Object);

    stage.provider.fault(AiFault::JsonSchemaRefused { object_too: true });
    let results = probe(&stage).await;
    assert!(
        of(&results, Probe::JsonObject)
            .unwrap()
            .starts_with("not by the server")
    );
    assert_eq!(format(&stage), FormatLevel::Plain);

    stage.provider.clear_faults();
    stage
        .provider
        .fault(AiFault::JsonSchemaIgnored { form: JsonForm::Prose });
    let results = probe(&stage).await;
    assert!(of(&results, Probe::JsonSchema).unwrap_err().contains("larger model"));
    assert!(of(&results, Probe::JsonObject).is_err());
}

#[tokio::test]
async fn what_is_wrong_is_told_once_with_what_to_do() {
    let stage = Stage::new().await;
    for (fault, word) in [
        (AiFault::Unauthorized, "CONCIERGE_AI_API_KEY"),
        (AiFault::UnknownModel, "names of the models"),
        (AiFault::QuotaUsedUp, "Add money"),
        (AiFault::NotJson, "/v1"),
        (AiFault::UnclosedThink, "think"),
    ] {
        stage.provider.clear_faults();
        stage.provider.fault(fault.clone());
        let results = probe_model(&stage.client, ModelRole::Reply).await;
        assert_eq!(results.len(), 1, "{fault:?}");
        assert!(
            of(&results, Probe::Plain).unwrap_err().contains(word),
            "{fault:?}: {results:?}"
        );
    }
}

#[tokio::test]
async fn what_a_model_takes_is_told() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::MaxCompletionTokensRefused);
    stage.provider.fault(AiFault::TemperatureRefused);
    stage.provider.fault(AiFaultSpec::from(AiFault::OtherModel));
    let results = probe(&stage).await;
    let told = of(&results, Probe::Plain).unwrap();
    assert_eq!(
        told,
        "answers, as pretend/another-model, takes max_tokens, takes no temperature"
    );
}

#[tokio::test]
async fn vectors_that_tell_nothing_apart_are_noticed() {
    let without = Stage::with(|settings| settings.embedding_model = None).await;
    assert_eq!(probe_embeddings(&without.client).await, None);
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::NoEmbeddings);
    assert!(probe_embeddings(&stage.client).await.unwrap().outcome.is_err());
}
