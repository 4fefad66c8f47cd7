//! How many sends and webhooks a quiet sandbox carries, so that a load run can be sure that it measures
//! Concierge: `cargo run --release -p sandbox --example throughput`.

use std::error::Error;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::post;
use futures::StreamExt;
use sandbox::{Dm, Sandbox, SandboxConfig, appsecret_proof};
use serde_json::json;

const SECRET: &str = "throughput";
const COUNT: u32 = 20_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let mut config =
        SandboxConfig::new("684771020934512", SECRET).webhook_url(format!("http://{}/", listener.local_addr()?));
    config.quiet = true;
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", post(async || ()))).await });
    let sandbox = Sandbox::start(config).await?;
    let handle = sandbox.handle();
    let page = handle.pages().remove(0);

    let started = Instant::now();
    for number in 0..COUNT {
        handle.dm(Dm::text(&page.page_id, format!("load-{number}"), "price?"))?;
    }
    handle.settled(Duration::from_secs(120)).await;
    println!("{:.0} webhooks/s", f64::from(COUNT) / started.elapsed().as_secs_f64());

    let http = reqwest::Client::builder()
        .timeout(std::time::Duration::from_secs(10))
        .build()?;
    let url = format!("{}/v26.0/{}/messages", sandbox.base_url(), page.page_id);
    let proof = appsecret_proof(SECRET, &page.token);
    let send = |number: u32| {
        let body = json!({ "recipient": { "id": format!("1{number:015}") }, "messaging_type": "RESPONSE",
                           "message": { "text": "From 4 euros." } });
        http.post(&url)
            .bearer_auth(&page.token)
            .query(&[("appsecret_proof", &proof)])
            .json(&body)
            .send()
    };
    let started = Instant::now();
    let accepted = futures::stream::iter(0..COUNT)
        .map(send)
        .buffer_unordered(64)
        .filter(|answer| std::future::ready(answer.as_ref().is_ok_and(|answer| answer.status() == 200)))
        .count()
        .await;
    println!(
        "{:.0} sends/s, {accepted} accepted",
        f64::from(COUNT) / started.elapsed().as_secs_f64()
    );
    println!("{:?}", handle.counts().repeated_sends);
    sandbox.shutdown().await;
    Ok(())
}
