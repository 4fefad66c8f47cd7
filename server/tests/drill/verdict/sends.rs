//! What Meta accepted, compared with what customers deserve and with our replies.

use std::collections::HashMap;

use sandbox::SentMessage;

use super::ends::Row;
use crate::traffic::{Deserved, Written};

/// By conversation and words, so that neighbours with the same answer count together.
pub fn double(written: &HashMap<String, Written>, sent: &[SentMessage]) -> Vec<String> {
    let mut open: HashMap<Deserved, i64> = HashMap::new();
    for one in written.values() {
        *open.entry(one.deserves.clone()).or_default() += 1;
    }
    let mut double = Vec::new();
    for send in sent {
        let left = open.entry(answer(send)).or_default();
        *left -= 1;
        if *left < 0 {
            double.push(format!(
                "{} got '{}' once too often, as {}",
                send.recipient, send.text, send.mid
            ));
        }
    }
    double
}

fn answer(send: &SentMessage) -> Deserved {
    Deserved {
        ig_id: send.ig_id.clone(),
        recipient: send.recipient.clone(),
        text: send.text.clone(),
    }
}

/// Each send belongs to exactly one reply, and that reply to a DM that deserves these words.
pub(super) fn mismatched(written: &HashMap<String, Written>, rows: &[Row], sent: &[SentMessage]) -> Vec<String> {
    let mut sends: HashMap<&str, &SentMessage> = sent.iter().map(|send| (send.mid.as_str(), send)).collect();
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| row.outcome.as_deref() == Some("sent")) {
        match row.reply_mid.as_deref().and_then(|mid| sends.remove(mid)) {
            None => wrong.push(format!(
                "{} counts as answered by {:?}, which Meta does not know",
                row.mid, row.reply_mid
            )),
            Some(send) if written.get(&row.mid).map(|one| &one.deserves) != Some(&answer(send)) => {
                wrong.push(format!("{} was answered with the words of another", row.mid));
            }
            Some(_) => {}
        }
    }
    wrong.extend(
        sends
            .keys()
            .map(|mid| format!("Meta accepted {mid}, which belongs to no reply")),
    );
    wrong
}
