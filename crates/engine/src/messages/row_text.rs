//! A row of the log in words.

use domain::messages::{Author, Direction, MessageKind, MessageOutcome};
use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;
use domain::views::{Pill, Tone};

use super::sql::LogRow;
use crate::identity::TenantTime;

/// The outcome in a word or two.
pub(super) fn pill(row: &LogRow) -> Pill {
    let (tone, label) = match (row.author, row.outcome) {
        (Author::Human, _) if row.kind == MessageKind::Automation => (Tone::Idle, "By an automation"),
        (Author::Human, _) => (Tone::Idle, "By a person"),
        (Author::Itself, _) => (Tone::Idle, "From yourself"),
        (Author::Concierge, _) | (_, Some(MessageOutcome::Sent)) => (Tone::Ok, "Sent"),
        (_, Some(MessageOutcome::Failed)) => (Tone::Bad, "Failed"),
        (_, Some(MessageOutcome::Skipped)) => (Tone::Idle, "Not answered"),
        _ if row.is_open() => (Tone::Info, "Waiting"),
        _ => (Tone::Idle, "Logged"),
    };
    Pill {
        tone,
        label: label.into(),
    }
}

/// Why that is the outcome.
pub(super) fn why(row: &LogRow, time: &TenantTime) -> String {
    match (row.author, row.outcome) {
        (Author::Human, _) if row.kind == MessageKind::Automation => {
            "Instagram’s own instant reply or another tool answered; Concierge goes on".into()
        }
        (Author::Human, _) => "Sent from the Instagram app".into(),
        (Author::Itself, _) => "Written by the account to itself".into(),
        (Author::Concierge, _) => format!("Reply to ··{}", last_four(&row.recipient_id)),
        (_, Some(MessageOutcome::Sent)) => answered_by(row),
        (_, Some(_)) => row
            .reason()
            .map_or_else(|| "The reason was not kept".into(), plain_reason),
        _ if row.is_open() => waiting(row, time),
        _ => "Nothing to answer".into(),
    }
}

fn answered_by(row: &LogRow) -> String {
    let ai = if row.is_ai() { " · AI" } else { "" };
    let since = if row.rule_is_deleted { ", deleted since" } else { "" };
    match (row.rule_id, row.rule_label.as_deref(), row.rule_position()) {
        (Some(_), Some(label), Some(position)) => format!("Rule {position}, {label}{since}{ai}"),
        (Some(_), Some(label), None) if row.rule_is_deleted => format!("{label}, a rule deleted since{ai}"),
        (Some(_), Some(label), None) => format!("{label}{ai}"),
        (Some(_), None, _) => format!("A rule deleted since{ai}"),
        (None, ..) => match no_words(row.kind) {
            Some(because) => format!("Default reply, because {because}{ai}"),
            None => format!("Default reply{ai}"),
        },
    }
}

const fn no_words(kind: MessageKind) -> Option<&'static str> {
    Some(match kind {
        MessageKind::Attachment => "a photo or file has no words to match",
        MessageKind::StoryMention => "a story mention has no words to match",
        MessageKind::Unsupported | MessageKind::Ephemeral => "Instagram does not hand over the words",
        MessageKind::Text
        | MessageKind::StoryReply
        | MessageKind::QuickReply
        | MessageKind::Postback
        | MessageKind::Unsent
        | MessageKind::Automation
        | MessageKind::Unreadable => return None,
    })
}

fn waiting(row: &LogRow, time: &TenantTime) -> String {
    let Some(reason) = row.wait_reason else {
        return "Being answered now".into();
    };
    let at = |at: Option<Timestamp>| at.map(|at| time.moment(at).short);
    let next = match reason {
        WaitReason::NeedsReconnect => {
            at(row.window_until).map(|until| format!("Goes out if you reconnect before {until}"))
        }
        WaitReason::NeedsAttention => {
            at(row.window_until).map(|until| format!("Goes out if that is put right before {until}"))
        }
        WaitReason::Paused
        | WaitReason::RateLimited
        | WaitReason::Retrying
        | WaitReason::TokenRefused
        | WaitReason::DeploymentRefused
        | WaitReason::AiUnavailable => at(row.not_before).map(|at| format!("Goes out by itself at about {at}")),
        WaitReason::Confirming => None,
    };
    let what = without_outcome(reason.sentence());
    next.map_or_else(|| what.clone(), |next| format!("{what}. {next}"))
}

/// The reason without the outcome, which the page shows next to it: `The customer took the message back`.
pub(crate) fn plain_reason(reason: Reason) -> String {
    without_outcome(reason.sentence())
}

fn without_outcome(sentence: &str) -> String {
    let plain = sentence.split_once(": ").map_or(sentence, |(_, rest)| rest);
    let mut letters = plain.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// `Text from ··4821`.
pub(super) fn message(row: &LogRow) -> String {
    let kind = match row.kind {
        MessageKind::Text => "Text",
        MessageKind::StoryReply => "Story reply",
        MessageKind::QuickReply => "Quick reply",
        MessageKind::Postback => "Button",
        MessageKind::Attachment => "Photo or file",
        MessageKind::StoryMention => "Story mention",
        MessageKind::Unsupported => "Unsupported message",
        MessageKind::Ephemeral => "Vanishing message",
        MessageKind::Unsent => "Message",
        MessageKind::Automation => "Automatic message",
        MessageKind::Unreadable => "Unreadable notice",
    };
    match row.direction {
        Direction::Inbound if row.sender_id.is_empty() => kind.into(),
        Direction::Outbound => format!("{kind} to ··{}", last_four(&row.recipient_id)),
        Direction::Inbound => format!("{kind} from ··{}", last_four(&row.sender_id)),
    }
}

/// The end of a customer's id: enough to tell people apart on one page.
pub(crate) fn last_four(id: &str) -> String {
    let letters: Vec<char> = id.chars().collect();
    letters[letters.len().saturating_sub(4)..].iter().collect()
}

#[cfg(test)]
mod tests;
