//! docs/outgoing-webhooks.md as it is printed: its receiver runs, and gets what we send.

use std::io::{BufRead, BufReader, Lines};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use tokio::net::TcpStream;

use super::draft;
use super::others::today;
use super::receiver::{Got, Receiver};
use crate::support::eventually;
use crate::world::{minutes, tell_with};

/// The program of the guide, which runs until it is dropped.
struct Printed {
    program: Child,
    lines: Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Printed {
    /// Starts it with a port that is free, once it listens there.
    async fn start(port: u16, secret: &str) -> Self {
        let mut program = Command::new("python3")
            .args(["-uc", &printed().replace("8000", &port.to_string())])
            .env("WEBHOOK_SECRET", secret)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        eventually("the receiver of the guide listens", || async move {
            TcpStream::connect(("127.0.0.1", port)).await.ok()
        })
        .await;
        let url = format!("http://127.0.0.1:{port}/");
        Self { program, lines, url }
    }

    /// What it answers to a delivery.
    async fn takes(&self, got: &Got) -> u16 {
        let client = reqwest::Client::builder().timeout(minutes(1)).build().unwrap();
        let mut request = client.post(&self.url).body(got.body.clone());
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            request = request.header(name, got.header(name));
        }
        request.send().await.unwrap().status().as_u16()
    }

    /// Everything that it printed.
    fn ends(mut self) -> Vec<String> {
        self.program.kill().unwrap();
        self.lines.by_ref().map(Result::unwrap).collect()
    }
}

impl Drop for Printed {
    fn drop(&mut self) {
        let _already_dead = self.program.kill();
        let _already_dead = self.program.wait();
    }
}

fn printed() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/outgoing-webhooks.md");
    let text = std::fs::read_to_string(path).unwrap();
    let program = text.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(program.matches("8000").count(), 1, "{program}");
    program.to_owned()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test]
async fn the_receiver_that_the_guide_prints_takes_what_we_send_once_and_refuses_the_rest() {
    tell_with(today, async |world| {
        let (port, copies) = (free_port(), Receiver::start().await);
        let address = format!("http://127.0.0.1:{port}/");
        let by = world.webhook_owner().await;
        let endpoint = world
            .endpoints()
            .add(&draft(&address, &["reply.sent"]), by)
            .await
            .unwrap();
        let secret = world.secret(endpoint).await;
        let guide = Printed::start(port, &secret).await;
        world.customer_asks("hello").await;
        world.send_webhooks().await;
        assert_eq!(world.ended_as().await, (Some("delivered".into()), 1));

        // A second receiver lets the story see a delivery; it has the id of the one that the guide's receiver got.
        world.endpoint_for(&copies, &["reply.sent"]).await;
        world.customer_asks("hello again").await;
        world.send_webhooks().await;
        let copy = &copies.got()[0];
        assert_eq!(guide.takes(copy).await, 401, "it has another secret");
        let genuine = copy.signed_minutes_ago(4, &secret);
        assert_eq!(guide.takes(&genuine).await, 204, "a repeat");
        assert_eq!(guide.takes(&copy.signed_minutes_ago(6, &secret)).await, 401);
        let mut changed = genuine.clone();
        changed.body = changed.body.replace("reply.sent", "reply.lost");
        assert_eq!(guide.takes(&changed).await, 401);

        let printed = guide.ends();
        assert_eq!(printed.len(), 2, "{printed:?}");
        let tells_of_a_reply = |line: &String| line.starts_with("reply.sent {") && line.contains("'reply_id': ");
        assert!(printed.iter().all(tells_of_a_reply), "{printed:?}");
    })
    .await;
}
