//! `concierge doctor` and an AI provider: what it tries, and what it says.

use std::path::Path;

use sandbox::{AiFault, Sandbox, SandboxConfig};

use crate::commands::{code, concierge, text};

/// A sandbox that plays Meta and the provider, and what the doctor says about it.
async fn doctor(provider: bool, faults: &[AiFault]) -> (i32, String) {
    let sandbox = Sandbox::start(SandboxConfig::new("684771020934512", "app-secret"))
        .await
        .unwrap();
    for fault in faults {
        sandbox.handle().ai().fault(fault.clone());
    }
    let folder = tempfile::tempdir().unwrap();
    let migrate = concierge(folder.path(), &["migrate"]);
    assert_eq!(ask(migrate).await.0, 0);
    let mut command = concierge(folder.path(), &["doctor"]);
    settings(&mut command, folder.path(), &sandbox);
    if provider {
        command
            .env("CONCIERGE_AI_BASE_URL", format!("{}/v1/", sandbox.base_url()))
            .env("CONCIERGE_AI_API_KEY", "key-of-a-test")
            .env("CONCIERGE_AI_REPLY_MODEL", "pretend-reply")
            .env("CONCIERGE_AI_SAFETY_MODEL", "pretend-safety")
            .env("CONCIERGE_AI_EMBEDDING_MODEL", "pretend-embedding")
            .env("CONCIERGE_AI_INTENTS", "provider");
    }
    ask(command).await
}

async fn ask(mut command: std::process::Command) -> (i32, String) {
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    (code(&output), text(&output))
}

fn settings(command: &mut std::process::Command, folder: &Path, meta: &Sandbox) {
    command
        .current_dir(folder)
        .env("CONCIERGE_META_APP_ID", "684771020934512")
        .env("CONCIERGE_META_APP_SECRET", "app-secret")
        .env("CONCIERGE_META_VERIFY_TOKEN", "verify-me")
        .env("CONCIERGE_META_GRAPH_URL", meta.base_url());
}

#[tokio::test(flavor = "multi_thread")]
async fn ai_that_is_off_is_one_line_and_no_problem() {
    let (_, said) = doctor(false, &[]).await;
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(" AI")).collect();
    assert_eq!(lines.len(), 1, "{said}");
    assert!(
        lines[0].starts_with("ok   AI: off (CONCIERGE_AI_BASE_URL is empty)"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_model_is_tried_with_real_calls() {
    let (_, said) = doctor(true, &[]).await;
    for line in [
        "/v1/ answers",
        "ok   AI reply model pretend-reply, an answer: answers",
        "ok   AI reply model pretend-reply, JSON by a schema: works",
        "ok   AI reply model pretend-reply, JSON by words: works",
        "ok   AI reply model pretend-reply, a long prompt: is read from its first word",
        "ok   AI safety model pretend-safety, a long prompt: is read from its first word",
        "ok   AI safety model pretend-safety, texts of known verdict: 6 of 6 are right",
        "ok   AI embedding model pretend-embedding, vectors: 384 numbers each",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_has_a_next_step_and_no_secret() {
    let faults = [AiFault::Unauthorized, AiFault::NoEmbeddings];
    let (code, said) = doctor(true, &faults).await;
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains(
            "FAIL AI reply model pretend-reply, an answer: the AI provider does not accept the API key. Check"
        ),
        "{said}"
    );
    assert!(said.contains("FAIL AI embedding model"), "{said}");
    assert!(!said.contains("key-of-a-test"), "{said}");
}
