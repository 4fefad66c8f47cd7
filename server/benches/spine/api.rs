//! How fast programs are answered at a steady rate, and what deliveries feel of them.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{self, Round};
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::server_process::ServerProcess;
use crate::site::Site;
use crate::table::Table;

const PER_SECOND: u32 = 200;
const REQUESTS: usize = 2_000;
const WARM_UP: usize = 400;
/// One key may ask 50 times a second; these ask 40 times each while both questions are asked.
const KEYS: usize = 10;
/// As a shop has after months.
const RULES: usize = 50;
/// Until connections are open.
const READY: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(60);
/// Milliseconds in which all but one in a hundred are promised their answer.
const PROMISED: f64 = 10.0;

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let site = Site::with_tenants(kind, 1).await;
    let (address, server) = site.serve().await;
    let keys = site.deployment.create_keys(&site.shops[0], KEYS).await;
    let programs = Programs::of(address, &server, keys).await;
    let deliveries = Deliveries::to_first(&site.shops);
    for requests in [
        deliveries.requests(address, WARM_UP),
        programs.list(WARM_UP),
        programs.simulate(WARM_UP),
    ] {
        beat(address, requests).await;
    }
    let alone = beat(address, deliveries.requests(address, REQUESTS)).await;
    let listed = beat(address, programs.list(REQUESTS)).await;
    let simulated = beat(address, programs.simulate(REQUESTS)).await;
    let acknowledged = || beat_apart(0, address, deliveries.requests(address, REQUESTS));
    let lists = || beat_apart(1, address, programs.list(REQUESTS));
    let simulations = || beat_apart(2, address, programs.simulate(REQUESTS));
    let (beside_lists, _) = tokio::join!(acknowledged(), lists());
    let (beside_simulations, _) = tokio::join!(acknowledged(), simulations());
    let (beside_both, _, _) = tokio::join!(acknowledged(), lists(), simulations());
    drop(server);
    site.remove().await;

    let place = kind.name();
    for (what, round) in [("a list of 50 rules", &listed), ("a simulated message", &simulated)] {
        let what = format!("API, {what} at 200 requests per second");
        table.note(&format!("{what}, median"), place, format!("{:.2} ms", at(round, 0.5)));
        table.at_most(&format!("{what}, p99"), place, at(round, 0.99), PROMISED, "ms");
    }
    let described = |round| format!("{:.2} ms, p99 {:.2} ms", at(round, 0.5), at(round, 0.99));
    let what = "acknowledged at 200 deliveries per second";
    table.note(&format!("{what}, no program asks, median"), place, described(&alone));
    for (programs, beside) in [
        ("ask for lists", &beside_lists),
        ("simulate", &beside_simulations),
        ("do both", &beside_both),
    ] {
        table.note(
            &format!("{what}, programs {programs}, median"),
            place,
            described(beside),
        );
        let ratio = at(beside, 0.5) / at(&alone, 0.5);
        let what = format!("median of acknowledging, programs {programs}, against none asks");
        table.note(&what, place, format!("{ratio:.2} ×"));
    }
}

async fn beat(address: SocketAddr, requests: Vec<Vec<u8>>) -> Round {
    client::on_a_beat(address, PER_SECOND, requests, |_| {}).await
}

/// As [`beat`], `thirds` of a beat after the others, once all are ready: programs do not ask in step with deliveries.
async fn beat_apart(thirds: u32, address: SocketAddr, requests: Vec<Vec<u8>>) -> Round {
    let first = Instant::now() + READY + Duration::from_secs(1) * thirds / (3 * PER_SECOND);
    client::on_a_beat_from(first, address, PER_SECOND, requests, |_| {}).await
}

fn at(round: &Round, quantile: f64) -> f64 {
    client::millis(&round.latency, quantile)
}

/// Programs of one account; each asks in turn.
struct Programs {
    address: SocketAddr,
    keys: Vec<String>,
    account: String,
}

impl Programs {
    /// Fills the account's list of rules.
    async fn of(address: SocketAddr, server: &ServerProcess, keys: Vec<String>) -> Self {
        let client = reqwest::Client::builder().timeout(PATIENCE).build().unwrap();
        let accounts = client.get(server.url("/api/v1/accounts")).bearer_auth(&keys[0]);
        let accounts: Value = accounts.send().await.unwrap().json().await.unwrap();
        let account = format!("/api/v1/accounts/{}", accounts["items"][0]["id"].as_str().unwrap());
        let rules = server.url(&format!("{account}/rules"));
        let listed = client.get(&rules).bearer_auth(&keys[0]).send().await.unwrap();
        let listed: Value = listed.json().await.unwrap();
        for number in listed["items"].as_array().unwrap().len()..RULES {
            let rule = json!({
                "label": format!("Rule {number}"),
                "matcher": { "kind": "keywords", "keywords": [format!("word{number}")] },
                "response": { "kind": "canned", "text": "We will tell you tomorrow." },
            });
            let added = client
                .post(&rules)
                .bearer_auth(&keys[number % KEYS])
                .body(rule.to_string());
            let added = added.header("content-type", "application/json").send().await.unwrap();
            assert_eq!(added.status(), 201);
        }
        Self { address, keys, account }
    }

    fn list(&self, count: usize) -> Vec<Vec<u8>> {
        let request = |key: &String| self.request("GET", "rules", key, "");
        self.keys.iter().cycle().take(count).map(request).collect()
    }

    fn simulate(&self, count: usize) -> Vec<Vec<u8>> {
        let body = json!({ "text": "Hello! What is the price of the blue one?" }).to_string();
        let request = |key: &String| self.request("POST", "simulate", key, &body);
        self.keys.iter().cycle().take(count).map(request).collect()
    }

    fn request(&self, method: &str, what: &str, key: &str, body: &str) -> Vec<u8> {
        let (address, account, length) = (self.address, &self.account, body.len());
        let request = format!(
            "{method} {account}/{what} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        request.into_bytes()
    }
}
