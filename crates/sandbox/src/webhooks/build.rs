//! Meta's payloads, one function per kind of event. Field for field as in the platform reference.

use serde_json::{Value, json};

use super::event::{Event, Slot};

const CDN: &str = "https://lookaside.fbsbx.com/ig_messaging_cdn/";

fn element(sender: &str, recipient: &str, at_ms: i64, name: &str, body: Value) -> Value {
    json!({ "sender": { "id": sender }, "recipient": { "id": recipient }, "timestamp": at_ms, name: body })
}

/// A customer's message whose `message` object is `body` plus the mid.
pub fn message(ig_id: &str, from: &str, at_ms: i64, mid: &str, kind: &'static str, mut body: Value) -> Event {
    body["mid"] = mid.into();
    Event::new(ig_id, kind, Some(mid), element(from, ig_id, at_ms, "message", body))
}

/// A plain text of a customer.
pub fn text(ig_id: &str, from: &str, at_ms: i64, mid: &str, text: &str) -> Event {
    message(ig_id, from, at_ms, mid, "text", json!({ "text": text }))
}

/// The bodies of messages by kind; `None` for a kind that has no body of its own.
pub fn attachment(kind: &str) -> Value {
    match kind {
        "ephemeral" => json!({ "attachments": [{ "type": "ephemeral" }] }),
        "ig_post" => json!({ "attachments": [{ "type": "ig_post", "payload": {
            "ig_post_media_id": "18139494541428835", "title": "Caption of the shared post",
            "url": format!("{CDN}?asset_id=18139494541428835&signature=Ab") } }] }),
        other => json!({ "attachments": [{ "type": other, "payload": {
            "url": format!("{CDN}?asset_id=17990001&signature=Ab") } }] }),
    }
}

/// The story that a message replies to.
pub fn story() -> Value {
    json!({ "story": { "id": "17990123456789012", "url": format!("{CDN}?asset_id=1799&signature=Ab") } })
}

/// A press on a button.
pub fn postback(ig_id: &str, from: &str, at_ms: i64, mid: &str, title: &str) -> Event {
    let payload = title.to_uppercase().replace(' ', "_");
    let body = json!({ "mid": mid, "title": title, "payload": payload });
    Event::new(
        ig_id,
        "postback",
        Some(mid),
        element(from, ig_id, at_ms, "postback", body),
    )
}

/// A message of the account itself.
pub fn echo(ig_id: &str, to: &str, at_ms: i64, mid: &str, text: &str) -> Event {
    let body = json!({ "mid": mid, "text": text, "is_echo": true });
    Event::new(ig_id, "echo", Some(mid), element(ig_id, to, at_ms, "message", body))
}

/// The account writes to itself.
pub fn self_message(ig_id: &str, own_igsid: &str, at_ms: i64, mid: &str, text: &str) -> Event {
    let body = json!({ "mid": mid, "text": text, "is_echo": true, "is_self": true });
    Event::new(
        ig_id,
        "self",
        Some(mid),
        element(ig_id, own_igsid, at_ms, "message", body),
    )
}

/// A message was taken back.
pub fn unsend(ig_id: &str, from: &str, at_ms: i64, mid: &str) -> Event {
    let body = json!({ "mid": mid, "is_deleted": true });
    Event::new(ig_id, "unsend", Some(mid), element(from, ig_id, at_ms, "message", body))
}

/// A reaction was added or removed.
pub fn reaction(ig_id: &str, from: &str, at_ms: i64, mid: &str, react: bool) -> Event {
    let body = if react {
        json!({ "mid": mid, "action": "react", "reaction": "love", "emoji": "\u{2764}\u{fe0f}" })
    } else {
        json!({ "mid": mid, "action": "unreact" })
    };
    Event::new(
        ig_id,
        "reaction",
        Some(mid),
        element(from, ig_id, at_ms, "reaction", body),
    )
}

/// The customer has read up to a message.
pub fn read(ig_id: &str, from: &str, at_ms: i64, mid: &str) -> Event {
    Event::new(
        ig_id,
        "read",
        Some(mid),
        element(from, ig_id, at_ms, "read", json!({ "mid": mid })),
    )
}

/// An ig.me link was opened.
pub fn referral(ig_id: &str, from: &str, at_ms: i64, reference: &str) -> Event {
    let body = json!({ "ref": reference, "source": "SHORTLINKS", "type": "OPEN_THREAD" });
    Event::new(ig_id, "referral", None, element(from, ig_id, at_ms, "referral", body))
}

/// A message was edited, for the `times`-th time.
pub fn edit(ig_id: &str, from: &str, at_ms: i64, mid: &str, text: &str, times: u32) -> Event {
    let body = json!({ "mid": mid, "text": text, "num_edit": times });
    Event::new(
        ig_id,
        "edit",
        Some(mid),
        element(from, ig_id, at_ms, "message_edit", body),
    )
}

/// `verb` is `pass_thread_control`, `take_thread_control` or `request_thread_control`.
pub fn thread_control(ig_id: &str, from: &str, at_ms: i64, verb: &str, app_id: &str) -> Event {
    const INSTAGRAM_INBOX: &str = "1217981644879628";
    let body = if verb == "request_thread_control" {
        json!({ "requested_owner_app_id": INSTAGRAM_INBOX, "metadata": "sandbox" })
    } else {
        json!({ "previous_owner_app_id": app_id, "new_owner_app_id": INSTAGRAM_INBOX, "metadata": "sandbox" })
    };
    Event::new(ig_id, "thread_control", None, element(from, ig_id, at_ms, verb, body))
}

/// A notification was allowed.
pub fn opt_in(ig_id: &str, from: &str, at_ms: i64) -> Event {
    let body = json!({ "type": "notification_messages", "title": "News" });
    Event::new(ig_id, "optin", None, element(from, ig_id, at_ms, "optin", body))
}

/// The dashboard's "Test" button: constants, and a timestamp that is a string of seconds.
pub fn test_event() -> Event {
    let value = json!({ "field": "messages", "value": {
        "sender": { "id": "12334" }, "recipient": { "id": "23245" }, "timestamp": "1527459824",
        "message": { "mid": "random_mid", "text": "random_text" } } });
    Event::new("0", "test", Some("random_mid"), value).slot(Slot::Changes)
}
