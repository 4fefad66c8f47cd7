//! From one element of `messaging[]` to one event.

use domain::messages::MessageKind;
use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::keys;
use super::payload::{Message, Messaging, Postback, millis};
use crate::channels::event::{Addresses, CountedKind, EventKind, InboundEvent};
use crate::vault::{Content, Vault};

/// Longer than any id of a person, Page or account; what is longer is not an id.
const LONGEST_ID: usize = 512;

pub(super) fn event(
    entry_id: &str,
    entry_time: &Value,
    value: Value,
    vault: &Vault,
) -> Result<InboundEvent, CountedKind> {
    let messaging = Messaging::deserialize(value).map_err(|_| CountedKind::Malformed)?;
    let at = millis(&messaging.timestamp)
        .or_else(|| millis(entry_time))
        .ok_or(CountedKind::Malformed)?;
    let (sender, recipient) = (messaging.sender.id.clone(), messaging.recipient.id.clone());
    if !is_id(&sender) || !is_id(&recipient) || !is_clean(entry_id) {
        return Err(CountedKind::Malformed);
    }
    let (key, kind) = read(entry_id, &sender, &recipient, at, messaging, vault)?;
    if key.len() > LONGEST_ID * 2 || !is_clean(&key) {
        return Err(CountedKind::Malformed);
    }
    let by_the_account = matches!(kind, EventKind::Echo { .. } | EventKind::SelfMessage { .. });
    let business_side = if by_the_account { &sender } else { &recipient };
    let addresses = Addresses {
        primary: vec![entry_id.to_owned(), business_side.clone()],
        secondary: vec![entry_id.to_owned(), sender.clone(), recipient.clone()],
    };
    Ok(InboundEvent {
        addresses,
        key,
        occurred_at: Timestamp::from_millis(at),
        kind,
    })
}

fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && is_clean(text)
}

/// PostgreSQL refuses a zero byte in a text, and with it the whole delivery; no id has control characters.
fn is_clean(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

type Read = (String, EventKind);

fn read(
    entry_id: &str,
    sender: &str,
    recipient: &str,
    at: i64,
    event: Messaging,
    vault: &Vault,
) -> Result<Read, CountedKind> {
    let noted = |key: String, kind: CountedKind| Ok((key, EventKind::Noted(kind)));
    if let Some(message) = event.message {
        let Some(mid) = keys::mid(&message.mid) else {
            return unreadable(entry_id, sender, at, event.is_self, &message, vault);
        };
        return read_message(entry_id, sender, recipient, event.is_self, Message { mid, ..message });
    }
    if let Some(mut postback) = event.postback {
        // One that is no id counts as none: some postbacks have none.
        postback.mid = postback.mid.as_deref().and_then(keys::mid);
        let key = keys::postback(&postback, sender, at, vault);
        return Ok((key, read_postback(sender, recipient, event.is_self, postback)));
    }
    if let Some(reaction) = event.reaction {
        return noted(keys::reaction(&reaction, sender, at), CountedKind::Reaction);
    }
    if let Some(read) = event.read {
        return noted(keys::read(&read.mid, sender), CountedKind::Read);
    }
    if let Some(edit) = event.message_edit {
        return noted(keys::edit(&edit), CountedKind::Edit);
    }
    if let Some(referral) = event.referral {
        return noted(
            keys::referral(referral.reference.as_deref(), sender, at, vault),
            CountedKind::Referral,
        );
    }
    if event.optin.is_some() {
        return noted(keys::plain("oi", sender, at), CountedKind::OptIn);
    }
    let controls = [
        ("tc:pass", event.pass_thread_control),
        ("tc:take", event.take_thread_control),
        ("tc:request", event.request_thread_control),
    ];
    match controls.into_iter().find(|(_, control)| control.is_some()) {
        Some((kind, _)) => noted(keys::plain(kind, sender, at), CountedKind::ThreadControl),
        None => Err(CountedKind::OtherEvent),
    }
}

/// A customer wrote, and only that is known: a log row, so that somebody looks. Without its id it cannot be told from a repetition,
/// so it is not answered.
fn unreadable(
    entry_id: &str,
    sender: &str,
    at: i64,
    is_self: bool,
    message: &Message,
    vault: &Vault,
) -> Result<Read, CountedKind> {
    if message.is_deleted || is_self || message.is_self || message.is_echo || sender == entry_id {
        return Err(CountedKind::Malformed);
    }
    let key = keys::unreadable(sender, at, message.text.as_deref(), vault);
    let customer = sender.to_owned();
    Ok((key, EventKind::Unreadable { customer }))
}

fn read_message(
    entry_id: &str,
    sender: &str,
    recipient: &str,
    is_self: bool,
    message: Message,
) -> Result<Read, CountedKind> {
    let mid = message.mid.clone();
    if message.is_deleted {
        return Ok((keys::unsent(&mid), EventKind::Unsent { mid }));
    }
    let key = keys::message(&mid);
    if is_self || message.is_self {
        let kind = EventKind::SelfMessage {
            sender: sender.to_owned(),
            recipient: recipient.to_owned(),
            mid: Some(mid),
        };
        return Ok((key, kind));
    }
    let kind = kind_of(&message);
    let text = message.text.map(Content::new).and_then(Content::non_blank);
    // Without the second test a loop would start if the flag were ever missing.
    let kind = if message.is_echo || sender == entry_id {
        EventKind::Echo {
            customer: recipient.to_owned(),
            mid,
            text,
        }
    } else {
        let body = text.filter(|_| kind.carries_text());
        EventKind::Message {
            customer: sender.to_owned(),
            mid: Some(mid),
            kind,
            body,
        }
    };
    Ok((key, kind))
}

fn read_postback(sender: &str, recipient: &str, is_self: bool, postback: Postback) -> EventKind {
    if is_self {
        return EventKind::SelfMessage {
            sender: sender.to_owned(),
            recipient: recipient.to_owned(),
            mid: postback.mid,
        };
    }
    let body = postback.title.map(Content::new).and_then(Content::non_blank);
    EventKind::Message {
        customer: sender.to_owned(),
        mid: postback.mid,
        kind: MessageKind::Postback,
        body,
    }
}

fn kind_of(message: &Message) -> MessageKind {
    let has_text = message.text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let has_attachment = |name: &str| {
        message
            .attachments
            .iter()
            .any(|one| one.get("type").and_then(Value::as_str) == Some(name))
    };
    if message.is_unsupported {
        MessageKind::Unsupported
    } else if has_text && message.quick_reply.is_some() {
        MessageKind::QuickReply
    } else if has_text
        && message
            .reply_to
            .as_ref()
            .is_some_and(|reply_to| reply_to.story.is_some())
    {
        MessageKind::StoryReply
    } else if has_text {
        MessageKind::Text
    } else if has_attachment("story_mention") {
        MessageKind::StoryMention
    } else if has_attachment("ephemeral") {
        MessageKind::Ephemeral
    } else if message.attachments.is_empty() {
        MessageKind::Unsupported
    } else {
        MessageKind::Attachment
    }
}
