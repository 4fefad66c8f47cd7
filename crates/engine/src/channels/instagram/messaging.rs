//! From one element of `messaging[]` to one event.

use domain::messages::MessageKind;
use domain::time::Timestamp;

use super::fields::Fields;
use super::keys;
use super::payload::{Entry, Message, Postback};
use crate::channels::event::{Addresses, CountedKind, EventKind, InboundEvent};
use crate::vault::{Content, Vault};

/// Longer than any id of a person, Page or account; what is longer is not an id.
const LONGEST_ID: usize = 512;

/// What is around an event, and what reading needs.
pub(super) struct Reading<'a> {
    pub(super) entry: &'a Entry,
    pub(super) vault: &'a Vault,
    /// When an event without a readable time happened.
    pub(super) now: Timestamp,
}

/// The envelope of an event, as far as it can be read.
struct Envelope {
    entry_id: String,
    sender: Option<String>,
    recipient: Option<String>,
    at: Option<i64>,
    is_self: bool,
}

impl Envelope {
    fn read(reading: &Reading<'_>, event: &Fields<'_>) -> Self {
        let party = |name: &str| event.object(name)?.id("id").filter(|id| is_id(id));
        Self {
            entry_id: Some(reading.entry.id.clone())
                .filter(|id| is_id(id))
                .unwrap_or_default(),
            sender: party("sender"),
            recipient: party("recipient"),
            at: event.millis("timestamp").or(reading.entry.time),
            is_self: event.flag("is_self"),
        }
    }

    fn addresses(&self, by_the_account: bool) -> Addresses {
        let business_side = if by_the_account { &self.sender } else { &self.recipient };
        let own = || [&self.entry_id].into_iter().filter(|id| !id.is_empty());
        Addresses {
            primary: own().chain(business_side).cloned().collect(),
            secondary: own().chain(&self.sender).chain(&self.recipient).cloned().collect(),
        }
    }
}

/// The sides of an event that can be read.
#[derive(Clone, Copy)]
struct Sides<'a> {
    entry_id: &'a str,
    sender: &'a str,
    recipient: &'a str,
    /// 0 when it cannot be read: keys of a repetition must not differ.
    at: i64,
    is_self: bool,
}

/// Of an event whose kind we do not know, only that is told.
pub(super) fn event(reading: &Reading<'_>, json: &str) -> Result<InboundEvent, CountedKind> {
    let fields = Fields::read(json).unwrap_or_default();
    let envelope = Envelope::read(reading, &fields);
    let read = match (&envelope.sender, &envelope.recipient) {
        (Some(sender), Some(recipient)) => {
            let sides = Sides {
                entry_id: &envelope.entry_id,
                sender,
                recipient,
                at: envelope.at.unwrap_or_default(),
                is_self: envelope.is_self,
            };
            read(sides, &fields, json, reading.vault)?
        }
        _ => None,
    };
    let (key, kind) = read.unwrap_or_else(|| unreadable(&envelope, &fields, json, reading.vault));
    let by_the_account = matches!(kind, EventKind::Echo { .. } | EventKind::SelfMessage { .. });
    Ok(InboundEvent {
        addresses: envelope.addresses(by_the_account),
        key: if is_key(&key) {
            key
        } else {
            keys::of_whole(json, reading.vault)
        },
        occurred_at: envelope.at.map_or(reading.now, Timestamp::from_millis),
        kind,
    })
}

fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && is_clean(text)
}

fn is_key(text: &str) -> bool {
    text.len() <= LONGEST_ID * 2 && is_clean(text)
}

/// PostgreSQL refuses a zero byte in a text, and with it the whole delivery; no id has control characters.
fn is_clean(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

type Read = (String, EventKind);

/// `None` when it cannot be read.
fn read(sides: Sides<'_>, event: &Fields<'_>, json: &str, vault: &Vault) -> Result<Option<Read>, CountedKind> {
    if event.has("message") {
        return Ok(event
            .object("message")
            .and_then(|message| read_message(sides, &message)));
    }
    if event.has("postback") {
        return Ok(event
            .object("postback")
            .map(|postback| read_postback(sides, &postback, vault)));
    }
    match noted(sides, event, json, vault) {
        Some((key, kind)) => Ok(Some((key, EventKind::Noted(kind)))),
        // An object of a kind we do not know is no fault; what has no kind at all cannot be read.
        None => Err(CountedKind::OtherEvent),
    }
}

fn noted(sides: Sides<'_>, event: &Fields<'_>, json: &str, vault: &Vault) -> Option<(String, CountedKind)> {
    let (sender, at) = (sides.sender, sides.at);
    let whole = || keys::of_whole(json, vault);
    if event.has("reaction") {
        let key = event
            .object("reaction")
            .map(|reaction| keys::reaction(&reaction, sender, at));
        return Some((key.unwrap_or_else(whole), CountedKind::Reaction));
    }
    if event.has("read") {
        let key = event.object("read").map(|read| keys::read(&read, sender));
        return Some((key.unwrap_or_else(whole), CountedKind::Read));
    }
    if event.has("message_edit") {
        let key = event.object("message_edit").map(|edit| keys::edit(&edit));
        return Some((key.unwrap_or_else(whole), CountedKind::Edit));
    }
    if event.has("referral") {
        let key = event
            .object("referral")
            .map(|referral| keys::referral(&referral, sender, at, vault));
        return Some((key.unwrap_or_else(whole), CountedKind::Referral));
    }
    let plain = [
        ("optin", "oi", CountedKind::OptIn),
        ("pass_thread_control", "tc:pass", CountedKind::ThreadControl),
        ("take_thread_control", "tc:take", CountedKind::ThreadControl),
        ("request_thread_control", "tc:request", CountedKind::ThreadControl),
    ];
    let (_, prefix, kind) = plain.into_iter().find(|(field, ..)| event.has(field))?;
    Some((keys::plain(prefix, sender, at), kind))
}

/// A log row, so that somebody looks. Without its id a message cannot be told from a repetition, so it is not answered.
fn unreadable(envelope: &Envelope, event: &Fields<'_>, json: &str, vault: &Vault) -> Read {
    let message = event.object("message").map(|fields| Message::read(&fields));
    let by_a_customer =
        !envelope.is_self && message.is_none_or(|message| !message.is_deleted && !message.is_self && !message.is_echo);
    let known = envelope
        .sender
        .as_ref()
        .filter(|sender| by_a_customer && **sender != envelope.entry_id);
    let kind = EventKind::Unreadable {
        customer: known.cloned(),
    };
    (keys::unreadable(json, vault), kind)
}

/// `None` without its id.
fn read_message(sides: Sides<'_>, fields: &Fields<'_>) -> Option<Read> {
    let message = Message::read(fields);
    let mid = keys::mid(&message.mid)?;
    if message.is_deleted {
        return Some((keys::unsent(&mid), EventKind::Unsent { mid }));
    }
    let key = keys::message(&mid);
    if sides.is_self || message.is_self {
        return Some((key, self_message(sides, Some(mid))));
    }
    let kind = kind_of(&message);
    let text = message.text.map(Content::new).and_then(Content::non_blank);
    // Without the second test a loop would start if the flag were ever missing.
    let kind = if message.is_echo || sides.sender == sides.entry_id {
        EventKind::Echo {
            customer: sides.recipient.to_owned(),
            mid,
            text,
        }
    } else {
        let body = text.filter(|_| kind.carries_text());
        EventKind::Message {
            customer: sides.sender.to_owned(),
            mid: Some(mid),
            kind,
            body,
        }
    };
    Some((key, kind))
}

fn read_postback(sides: Sides<'_>, fields: &Fields<'_>, vault: &Vault) -> Read {
    let mut postback = Postback::read(fields);
    // One that is no id counts as none: some postbacks have none.
    postback.mid = postback.mid.as_deref().and_then(keys::mid);
    let key = keys::postback(&postback, sides.sender, sides.at, vault);
    if sides.is_self {
        return (key, self_message(sides, postback.mid));
    }
    let body = postback.title.map(Content::new).and_then(Content::non_blank);
    let kind = EventKind::Message {
        customer: sides.sender.to_owned(),
        mid: postback.mid,
        kind: MessageKind::Postback,
        body,
    };
    (key, kind)
}

fn self_message(sides: Sides<'_>, mid: Option<String>) -> EventKind {
    EventKind::SelfMessage {
        sender: sides.sender.to_owned(),
        recipient: sides.recipient.to_owned(),
        mid,
    }
}

fn kind_of(message: &Message) -> MessageKind {
    let has_text = message.text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let has_attachment = |name: &str| message.attachment_types.iter().any(|one| one == name);
    if message.is_unsupported {
        MessageKind::Unsupported
    } else if has_text && message.is_quick_reply {
        MessageKind::QuickReply
    } else if has_text && message.is_story_reply {
        MessageKind::StoryReply
    } else if has_text {
        MessageKind::Text
    } else if has_attachment("story_mention") {
        MessageKind::StoryMention
    } else if has_attachment("ephemeral") {
        MessageKind::Ephemeral
    } else if message.has_attachments {
        MessageKind::Attachment
    } else {
        MessageKind::Unsupported
    }
}
