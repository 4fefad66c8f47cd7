//! One DM, followed by one id: in the JSON log from the webhook to Send, and with `concierge trace` through the tables.

use std::io::{BufRead, BufReader};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::commands::{code, concierge, start, text};

const DM: &str = "zq7 what does it cost?";
const PATIENCE: Duration = Duration::from_secs(60);

/// The lines of a log, as they come.
struct Log {
    coming: Receiver<String>,
    seen: Vec<Value>,
}

impl Log {
    /// Of a process, which must write its log as JSON.
    fn of(errors: impl std::io::Read + Send + 'static) -> Self {
        let (line, coming) = channel();
        std::thread::spawn(move || {
            for read in BufReader::new(errors).lines().map_while(Result::ok) {
                if line.send(read).is_err() {
                    return;
                }
            }
        });
        Self {
            coming,
            seen: Vec::new(),
        }
    }

    fn until(&mut self, message: &str) {
        while !self.seen.iter().any(|line| line["message"] == message) {
            let line = self.coming.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("'{message}' was not logged: {:#?}", self.seen));
            assert!(!line.contains(DM), "content is logged: {line}");
            self.seen.push(serde_json::from_str(&line).unwrap());
        }
    }

    /// The one line with this message.
    fn line(&self, message: &str) -> &Value {
        let lines: Vec<&Value> = self.seen.iter().filter(|line| line["message"] == message).collect();
        assert_eq!(lines.len(), 1, "{message}: {lines:#?}");
        lines[0]
    }
}

fn spans(line: &Value) -> Vec<&str> {
    let spans = line["spans"].as_array().unwrap();
    spans.iter().map(|span| span["name"].as_str().unwrap()).collect()
}

/// The value of a field of the line, or of a span around it.
fn field<'a>(line: &'a Value, name: &str) -> Option<&'a str> {
    let spans = line["spans"].as_array().into_iter().flatten();
    std::iter::once(line)
        .chain(spans)
        .find_map(|place| place[name].as_str())
}

/// Returns Meta's id of the message.
fn write_dm(sandbox: &str) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let account = sandbox::seeded_pages("1")[0].username.clone();
    let dm = json!({ "account": account, "customer": "mira.k", "text": DM });
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    let answer = runtime.block_on(async {
        let send = client.post(format!("{sandbox}/sandbox/dm")).json(&dm).send();
        send.await.unwrap().json::<Value>().await.unwrap()
    });
    answer["mid"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn one_dm_is_followed_by_one_id_in_the_log_and_in_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:0"];
    let mut command = concierge(folder.path(), &arguments);
    command.envs([("CONCIERGE_LOG", "debug"), ("CONCIERGE_LOG_FORMAT", "json")]);
    let (mut server, words) = start(command, "Ctrl+C stops it");
    let mut log = Log::of(server.errors());
    let sandbox = words
        .iter()
        .find_map(|line| line.trim().strip_prefix("Chat page"))
        .unwrap();
    let inbound_mid = write_dm(sandbox.trim());
    // An echo that overtakes the answer to the call settles first.
    log.until("the reply is sent");
    log.until("the reply is settled");

    let opened = log.line("a reply is opened");
    let reply = opened["reply.id"].as_str().unwrap().to_owned();
    assert_eq!(spans(opened), ["request", "webhook.delivery"]);
    for message in [
        "the reply is decided",
        "the reply is charged",
        "the reply is sent",
        "the reply is settled",
    ] {
        let line = log.line(message);
        for id in ["reply.id", "message.id", "account.id"] {
            assert_eq!(field(line, id), opened[id].as_str(), "{message}: {id}: {line:#}");
        }
    }
    let sent = log.line("the reply is sent");
    assert_eq!(spans(sent), ["pipeline.reply"]);
    let outbound_mid = sent["platform.message_id"].as_str().unwrap().to_owned();

    let database = format!("sqlite://{}", folder.path().join("data/demo.db").display());
    let trace = |id: &str| {
        let mut command: Command = concierge(folder.path(), &["trace", id]);
        let output = command.env("CONCIERGE_DATABASE_URL", &database).output().unwrap();
        // The echo may come at any moment.
        let steps: Vec<String> = text(&output)
            .lines()
            .filter(|line| !line.starts_with("confirmed"))
            .map(str::to_owned)
            .collect();
        (code(&output), steps)
    };
    let (exit, steps) = trace(&reply);
    assert_eq!(exit, 0, "{steps:?}");
    let names: Vec<&str> = steps.iter().filter_map(|step| step.split_whitespace().next()).collect();
    assert_eq!(
        names,
        ["received", "decided", "charged", "sending", "sent", "logged"],
        "{steps:#?}"
    );
    for id in [&reply, &inbound_mid, &outbound_mid] {
        assert!(steps.iter().any(|step| step.contains(id)), "{id}: {steps:#?}");
        assert_eq!(trace(id), (0, steps.clone()), "{id}");
    }
    let (exit, words) = trace("no-such-id");
    assert_eq!(exit, 1);
    assert!(
        words
            .join(" ")
            .contains("no reply and no message has the id 'no-such-id'"),
        "{words:?}"
    );
}
