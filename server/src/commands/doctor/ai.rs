//! The doctor's look at the AI provider: real calls to each model, one line each.

use std::sync::Arc;

use engine::ai::probe::{ProbeResult, probe_embeddings, probe_model};
use engine::ai::{AiClient, AiSettings, ModelRole};
use engine::clock::SystemClock;
use engine::safety::Judge;

use super::{Report, reach};
use crate::config::{Config, IntentsMode};

pub(super) async fn check(config: &Config, http: &reqwest::Client, report: &mut Report) {
    let Some(settings) = &config.ai else {
        report.say(
            "AI",
            Ok("off (CONCIERGE_AI_BASE_URL is empty): canned replies and keywords go on".into()),
        );
        return;
    };
    let reached = reach(http, settings.base_url.as_str()).await;
    let there = reached.is_ok();
    report.say("AI", reached.map(|()| format!("{} answers", settings.base_url)));
    if !there {
        return;
    }
    match AiClient::new(settings.clone()) {
        Ok(client) => probe(config, &client, report).await,
        Err(error) => report.say("AI", Err(error.to_string())),
    }
}

async fn probe(config: &Config, client: &AiClient, report: &mut Report) {
    let settings = client.settings();
    say_all(
        report,
        &name_of_reply_model(settings),
        probe_model(client, ModelRole::Reply).await,
    );
    if settings.safety_model != settings.reply_model {
        let name = format!("AI safety model {}", settings.safety_model);
        say_all(report, &name, probe_model(client, ModelRole::Safety).await);
    }
    judge(client, report).await;
    if let (Some(model), Some(result)) = (&settings.embedding_model, probe_embeddings(client).await) {
        let name = format!("AI embedding model {model}");
        // Nothing depends on it elsewhere.
        if config.intents == IntentsMode::Provider || result.outcome.is_ok() {
            say_all(report, &name, vec![result]);
        }
    }
}

/// Whether the safety model tells good texts from bad ones.
async fn judge(client: &AiClient, report: &mut Report) {
    let name = format!(
        "AI safety model {}, texts of known verdict",
        client.settings().safety_model
    );
    let judge = Judge::new(client.clone(), Arc::new(SystemClock));
    let outcome = match judge.run_probes().await {
        Ok(results) => match results.iter().find(|result| !result.passed) {
            None => Ok(format!("{} of {} are right", results.len(), results.len())),
            Some(failed) => Err(format!(
                "it gets {} wrong, so no text is checked. Name another model in CONCIERGE_AI_SAFETY_MODEL",
                failed.name
            )),
        },
        Err(error) => Err(format!("{error}, so no text is checked")),
    };
    report.say(&name, outcome);
}

fn name_of_reply_model(settings: &AiSettings) -> String {
    if settings.safety_model == settings.reply_model {
        format!("AI reply and safety model {}", settings.reply_model)
    } else {
        format!("AI reply model {}", settings.reply_model)
    }
}

fn say_all(report: &mut Report, model: &str, results: Vec<ProbeResult>) {
    for result in results {
        report.say(&format!("{model}, {}", result.probe.label()), result.outcome);
    }
}
