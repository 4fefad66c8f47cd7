//! A trace as lines for a terminal: what happened, when in UTC, and the ids to look for in the log.

use domain::credits::LedgerKind;
use domain::messages::{Author, MessageKind};
use domain::replies::ReplyState;
use domain::time::Timestamp;

use super::DmTrace;
use crate::storage::entity::{credit_ledger, messages, replies};

impl DmTrace {
    /// One line for each step that was taken, in the order of the pipeline.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(inbound) = &self.inbound {
            lines.push(self.received(inbound));
        }
        match &self.reply {
            Some(reply) => {
                lines.extend(self.decided(reply));
                lines.extend(self.ledger.iter().map(charged));
                lines.extend(sending(reply));
                lines.push(state(reply));
            }
            None => lines.extend(self.inbound.as_ref().map(not_opened)),
        }
        lines.extend(self.outbound.as_ref().map(|sent| self.logged(sent)));
        lines.extend(
            self.echo_at
                .map(|at| line("confirmed", Some(at), "by an echo of Meta's")),
        );
        lines
    }

    fn account(&self) -> String {
        let username = self.username.as_deref();
        username.map_or_else(|| "an account that is gone".into(), |username| format!("@{username}"))
    }

    fn received(&self, inbound: &messages::Model) -> String {
        let mut text = format!("{} to {}", inbound.kind.as_str(), self.account());
        text.push_str(&format!(", written {}", instant(inbound.occurred_at)));
        text.push_str(&format!("; message {}", inbound.id));
        if let Some(mid) = &inbound.platform_message_id {
            text.push_str(&format!(", Meta's id {mid}"));
        }
        if let Some(reply) = &self.reply {
            text.push_str(&format!("; reply {}, conversation {}", reply.id, reply.conversation_id));
        }
        line("received", Some(inbound.created_at), &text)
    }

    /// Nothing for a reply that was never decided, or decided against: its state says why.
    fn decided(&self, reply: &replies::Model) -> Option<String> {
        let kind = reply.response_kind?;
        let charged = self.ledger.iter().find(|entry| entry.kind == LedgerKind::Deduct);
        let rule = reply
            .rule_id
            .map_or_else(|| "the default reply".into(), |rule| format!("rule {rule}"));
        let text = format!("{rule}, {}", kind.as_str());
        Some(line("decided", charged.map(|entry| entry.created_at), &text))
    }

    fn logged(&self, sent: &messages::Model) -> String {
        let author = match sent.author {
            Author::Concierge => "by Concierge",
            Author::Human if sent.kind == MessageKind::Automation => "by another automation of the account",
            Author::Human => "by a person in the Instagram app",
            Author::Itself => "by the account to itself",
            Author::Customer => "by the customer",
        };
        let mut text = format!("{author}, from {}; message {}", self.account(), sent.id);
        if let Some(mid) = &sent.platform_message_id {
            text.push_str(&format!(", Meta's id {mid}"));
        }
        line("logged", Some(sent.created_at), &text)
    }
}

fn not_opened(inbound: &messages::Model) -> String {
    let outcome = inbound
        .outcome
        .map_or("no reply was opened", |outcome| outcome.as_str());
    let reason = inbound.reason.map(|reason| format!(": {}", reason.as_str()));
    line(
        "ended",
        Some(inbound.created_at),
        &format!("{outcome}{}", reason.unwrap_or_default()),
    )
}

fn charged(entry: &credit_ledger::Model) -> String {
    let text = format!("{:+} credit, balance {} afterwards", entry.amount, entry.balance_after);
    let step = if entry.kind == LedgerKind::Restore {
        "restored"
    } else {
        "charged"
    };
    line(step, Some(entry.created_at), &text)
}

/// The last attempt, and what was done to learn whether it arrived.
fn sending(reply: &replies::Model) -> Option<String> {
    let at = reply.sending_at?;
    let mut text = format!("attempt {}", reply.attempts);
    if reply.lookups > 0 {
        let (lookups, empty) = (reply.lookups, reply.empty_lookups);
        text.push_str(&format!(
            "; the conversation was read {lookups} times, {empty} times without finding it"
        ));
    }
    if reply.presumed_sent {
        text.push_str("; Meta said it was sent in spite of its error");
    }
    Some(line("sending", Some(at), &text))
}

fn state(reply: &replies::Model) -> String {
    let mut text = reply.state.as_str().to_owned();
    if let Some(reason) = reply.reason {
        text.push_str(&format!(": {}", reason.as_str()));
    }
    if reply.panics > 0 {
        text.push_str(&format!("; work on it stopped by a fault {} times", reply.panics));
    }
    if let Some(at) = reply.settled_at {
        let step = if reply.state == ReplyState::Sent {
            "sent"
        } else {
            "ended"
        };
        return line(step, Some(at), &text);
    }
    if let Some(reason) = reply.wait_reason {
        text.push_str(&format!(", waits: {}", reason.as_str()));
    }
    if let (Some(worker), Some(until)) = (&reply.claimed_by, reply.claimed_until) {
        text.push_str(&format!("; claimed by {worker} until {}", instant(until)));
    }
    text.push_str("; due at this time");
    line("open", Some(reply.not_before), &text)
}

fn line(step: &str, at: Option<Timestamp>, text: &str) -> String {
    format!("{step:<10} {:<24}  {text}", at.map(instant).unwrap_or_default())
}

fn instant(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
