//! docs/api.md as it is printed: its commands and its program run against a server with a port.

use std::path::Path;
use std::process::{Command, Stdio};

use server::config::Proxies;
use server::http::edge::limits::ConnectionLimits;
use server::http::edge::{self, Edge};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::client::{Program, grant, rules_of};
use crate::shared::TestDatabases;
use crate::support::World;

/// The blocks of a language, one after the other.
fn blocks(language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api.md");
    let text = std::fs::read_to_string(path).unwrap();
    let blocks: Vec<&str> = text
        .split(&format!("```{language}\n"))
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert!(!blocks.is_empty(), "{language}");
    blocks.join("\n")
}

async fn run(program: &str, arguments: &[&str], script: &str) {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    grant(&world, 10, "guide").await;
    let client = Program::of(&world).await;
    let (listener, stop) = (
        TcpListener::bind("127.0.0.1:0").await.unwrap(),
        CancellationToken::new(),
    );
    let url = format!("http://{}", listener.local_addr().unwrap());
    let edge = Edge {
        limits: ConnectionLimits::within(None),
        proxies: Proxies::default(),
        grace: std::time::Duration::from_secs(5),
    };
    let serving = tokio::spawn(edge::serve(listener, world.router.clone(), edge, stop.clone()));
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(script)
        .env("CONCIERGE_URL", url)
        .env("CONCIERGE_KEY", client.key.clone().unwrap())
        .stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    let told = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{told}");
    assert!(told.contains("Rule 1, Prices, replies."), "{told}");
    let rules = client.get(&rules_of(&world)).await.json();
    assert_eq!(rules["items"][0]["label"], "Prices");
    assert_eq!(rules["items"].as_array().unwrap().len(), 1, "{rules}");
    stop.cancel();
    assert!(serving.await.unwrap());
}

#[tokio::test]
async fn five_minutes_with_curl() {
    run("sh", &["-euc"], &blocks("sh")).await;
}

#[tokio::test]
async fn five_minutes_with_python() {
    run("python3", &["-c"], &blocks("python")).await;
}
