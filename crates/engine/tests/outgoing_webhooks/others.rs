//! What a library that others wrote makes of our signatures: the Python package `standardwebhooks`, which knows nothing of this program.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use engine::identity::Actor;
use engine::outgoing_webhooks::{WebhookSecret, signature};
use serde_json::json;

use super::receiver::{Got, OWNER, Receiver};
use crate::world::{Setup, minutes, tell_with};

/// Judges one delivery.
const JUDGE: &str = r#"
import json, sys
from standardwebhooks import Webhook, WebhookVerificationError

delivery = json.load(sys.stdin)
try:
    event = Webhook(delivery["secret"]).verify(delivery["body"].encode(), delivery["headers"])
    print(event["type"])
except WebhookVerificationError as refusal:
    print(refusal)
"#;

/// Receivers compare with the clock of this machine.
pub(super) fn today(setup: &mut Setup) {
    setup.real_time = true;
}

impl Got {
    /// The event that the library reads out of it, or why it refuses it.
    fn read_with(&self, secret: &str) -> String {
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        let headers: serde_json::Map<_, _> = names
            .map(|name| (name.to_owned(), self.header(name).into()))
            .into_iter()
            .collect();
        let delivery = json!({ "secret": secret, "body": self.body, "headers": headers });
        let mut judge = Command::new(python_with_the_library())
            .args(["-c", JUDGE])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        judge
            .stdin
            .take()
            .unwrap()
            .write_all(delivery.to_string().as_bytes())
            .unwrap();
        let output = judge.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The same, signed with `secret` as if it had left so many minutes ago.
    pub(super) fn signed_minutes_ago(&self, count: u64, secret: &str) -> Self {
        let sent: i64 = self.header("webhook-timestamp").parse().unwrap();
        let then = sent - i64::try_from(minutes(count).as_secs()).unwrap();
        let id = self.header("webhook-id");
        let signed = signature(&[WebhookSecret::parse(secret).unwrap()], id, then, &self.body);
        Self {
            head: format!("webhook-id: {id}\r\nwebhook-timestamp: {then}\r\nwebhook-signature: {signed}"),
            body: self.body.clone(),
        }
    }
}

/// Where `scripts/install-standardwebhooks.sh` puts it.
fn python_with_the_library() -> PathBuf {
    let named = |variable, below: &str| std::env::var_os(variable).map(|folder| Path::new(&folder).join(below));
    let cache = named("CONCIERGE_CACHE", "")
        .or_else(|| named("XDG_CACHE_HOME", "concierge"))
        .or_else(|| named("HOME", ".cache/concierge"));
    let tools = std::fs::read_dir(cache.unwrap_or_default().join("tools"));
    let folders = tools.into_iter().flatten().map(|entry| entry.unwrap().path());
    let whole = folders.filter(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("standardwebhooks-") && folder.join("whole").exists()
    });
    let newest = whole.max();
    newest
        .expect("standardwebhooks is missing: run scripts/install-standardwebhooks.sh first")
        .join("bin/python")
}

#[tokio::test]
async fn a_library_that_others_wrote_accepts_what_we_sign_and_nothing_that_was_changed() {
    tell_with(today, async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_for(&receiver, &["reply.sent"]).await;
        let earlier = world.secret(endpoint).await;
        world.customer_asks("hello").await;
        world.send_webhooks().await;
        world.endpoints().rotate(endpoint, Actor::User(OWNER)).await.unwrap();
        let new = world.secret(endpoint).await;
        world.customer_asks("hello again").await;
        world.send_webhooks().await;

        let got = receiver.got();
        let [first, second] = &got[..] else { panic!("{got:?}") };
        let unsigned = "No matching signature found";
        assert_eq!(first.read_with(&earlier), "reply.sent");
        assert_eq!(first.read_with(&new), unsigned);
        assert_eq!(second.header("webhook-signature").split(' ').count(), 2);
        assert_eq!(second.read_with(&earlier), "reply.sent");
        assert_eq!(second.read_with(&new), "reply.sent");

        let mut changed = second.clone();
        changed.body = changed.body.replace("reply.sent", "reply.lost");
        assert_eq!(changed.read_with(&new), unsigned);
        let mut renamed = second.clone();
        renamed.head = renamed.head.replace("webhook-id: msg_", "webhook-id: msg_0");
        assert_eq!(renamed.read_with(&new), unsigned);
        assert_eq!(second.signed_minutes_ago(4, &new).read_with(&new), "reply.sent");
        assert_eq!(
            second.signed_minutes_ago(6, &new).read_with(&new),
            "Message timestamp too old"
        );
    })
    .await;
}
