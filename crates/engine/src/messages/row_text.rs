//! A row of the log in words.

use domain::messages::MessageKind;
use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;
use domain::views::{Pill, Tone};

use super::log_row::LogRow;
use crate::identity::TenantTime;

/// The outcome in a word or two.
pub(super) fn pill(row: &LogRow) -> Pill {
    let (tone, label) = match (row.author.as_str(), row.direction.as_str(), row.outcome.as_deref()) {
        ("human", ..) => (Tone::Idle, "By a person"),
        ("self", ..) => (Tone::Idle, "From yourself"),
        ("concierge", ..) | (_, _, Some("sent")) => (Tone::Ok, "Sent"),
        (_, _, Some("failed")) => (Tone::Bad, "Failed"),
        (_, _, Some(_)) => (Tone::Idle, "Not answered"),
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
    match (row.author.as_str(), row.outcome.as_deref()) {
        ("human", _) => "Sent from the Instagram app".into(),
        ("self", _) => "Written by the account to itself".into(),
        ("concierge", _) => format!("Reply to ··{}", last_four(&row.recipient_id)),
        (_, Some("sent")) => answered_by(row),
        (_, Some(_)) => row
            .reason()
            .map_or_else(|| "The reason was not kept".into(), plain_reason),
        _ if row.is_open() => waiting(row, time),
        _ => "Nothing to answer".into(),
    }
}

fn answered_by(row: &LogRow) -> String {
    let ai = if row.is_ai() { " · AI" } else { "" };
    match (row.rule_id, row.rule_label.as_deref(), row.rule_position()) {
        (Some(_), Some(label), Some(position)) => format!("Rule {position}, {label}{ai}"),
        (Some(_), Some(label), None) => format!("{label}, a rule deleted since{ai}"),
        (Some(_), None, _) => format!("A rule deleted since{ai}"),
        (None, ..) => match no_words(row) {
            Some(because) => format!("Default reply, because {because}{ai}"),
            None => format!("Default reply{ai}"),
        },
    }
}

fn no_words(row: &LogRow) -> Option<&'static str> {
    Some(match row.kind.parse::<MessageKind>().ok()? {
        MessageKind::Attachment => "a photo or file has no words to match",
        MessageKind::StoryMention => "a story mention has no words to match",
        MessageKind::Unsupported | MessageKind::Ephemeral => "Instagram does not hand over the words",
        MessageKind::Text
        | MessageKind::StoryReply
        | MessageKind::QuickReply
        | MessageKind::Postback
        | MessageKind::Unsent => return None,
    })
}

fn waiting(row: &LogRow, time: &TenantTime) -> String {
    let Some(reason) = row.wait_reason() else {
        return "Being answered now".into();
    };
    let at = |millis: Option<i64>| millis.map(|at| time.moment(Timestamp::from_millis(at)).short);
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
        | WaitReason::AiUnavailable => at(row.not_before).map(|at| format!("Goes out by itself at about {at}")),
        WaitReason::Confirming => None,
    };
    let what = without_outcome(reason.sentence());
    next.map_or_else(|| what.clone(), |next| format!("{what}. {next}"))
}

/// The reason without the outcome, which stands beside it: `The customer took the message back`.
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
    let kind = match row.kind.parse::<MessageKind>() {
        Ok(MessageKind::Text) => "Text",
        Ok(MessageKind::StoryReply) => "Story reply",
        Ok(MessageKind::QuickReply) => "Quick reply",
        Ok(MessageKind::Postback) => "Button",
        Ok(MessageKind::Attachment) => "Photo or file",
        Ok(MessageKind::StoryMention) => "Story mention",
        Ok(MessageKind::Unsupported) => "Unsupported message",
        Ok(MessageKind::Ephemeral) => "Vanishing message",
        Ok(MessageKind::Unsent) | Err(_) => "Message",
    };
    match row.direction.as_str() {
        "outbound" => format!("{kind} to ··{}", last_four(&row.recipient_id)),
        _ => format!("{kind} from ··{}", last_four(&row.sender_id)),
    }
}

/// The end of a customer's id: enough to tell people apart on one page.
pub(crate) fn last_four(id: &str) -> String {
    let letters: Vec<char> = id.chars().collect();
    letters[letters.len().saturating_sub(4)..].iter().collect()
}

#[cfg(test)]
mod tests;
