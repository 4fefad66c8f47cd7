//! `GET /{page}/conversations`: what the account wrote to a customer since a moment.
//!
//! Source: Meta, "Conversations API" (2026-02-11). Only the 20 newest messages of a thread are told in full; of older ones at
//! best id and time.

use domain::time::Timestamp;
use reqwest::Method;
use serde_json::Value;

use super::client::{Caller, GraphClient};
use super::keys;
use super::pages::next_cursor;
use super::payload::millis;
use crate::channels::refusal::SendError;
use crate::channels::{ReadBack, Sender, SentMessage};
use crate::vault::Content;

/// Meta refuses larger pages.
const FIELDS: &str = "id,messages.limit(20){id,created_time,from,message}";
const MESSAGE_FIELDS: &str = "id,created_time,from,message";
/// Pages of twenty that are read of one conversation.
const MOST_PAGES: usize = 10;
const LONGEST_THREAD_ID: usize = 512;

pub(super) async fn sent_since(
    graph: &GraphClient,
    sender: &Sender,
    recipient: &str,
    answered: Option<&str>,
    since: Timestamp,
) -> Result<ReadBack, SendError> {
    let path = format!("{}/conversations", sender.ids.node);
    let query = [("platform", "instagram"), ("user_id", recipient), ("fields", FIELDS)];
    let request = graph.request(Method::GET, &path).query(&query);
    let caller = Caller::Token(&sender.token);
    let answer = graph.call("conversations", caller, request).await?;
    let threads = answer.get("data").and_then(Value::as_array).ok_or(SendError::Unknown)?;
    // After the call: its answer says what time it is at Meta.
    let end = End {
        since: graph.meta_clock().earliest_there(since),
        answered,
    };
    let mut read = ReadBack {
        // The customer has just written: an answer without the conversation does not know it.
        is_complete: !threads.is_empty(),
        ..ReadBack::default()
    };
    for thread in threads {
        let Some(first) = thread.get("messages") else {
            read.is_complete = false;
            continue;
        };
        let reaches_back = read_thread(graph, sender, thread, first.clone(), end, &mut read).await;
        read.is_complete &= reaches_back;
    }
    Ok(read)
}

/// How far a conversation is read back.
#[derive(Clone, Copy)]
struct End<'a> {
    since: Timestamp,
    /// The customer's message before the call: a conversation that begins with it shows nothing older.
    answered: Option<&'a str>,
}

impl End<'_> {
    fn is_reached_by(self, message: &Value) -> bool {
        let mid = message.get("id").and_then(Value::as_str).and_then(keys::mid);
        let at = message.get("created_time").and_then(created_at);
        at.is_some_and(|at| at < self.since) || (mid.is_some() && mid.as_deref() == self.answered)
    }
}

/// Page by page until one reaches back to the end; whether one did. A last page that does not is no proof: Meta leaves messages out.
async fn read_thread(
    graph: &GraphClient,
    sender: &Sender,
    thread: &Value,
    mut page: Value,
    end: End<'_>,
    read: &mut ReadBack,
) -> bool {
    for _ in 0..MOST_PAGES {
        let messages = page.get("data").and_then(Value::as_array);
        let Some(messages) = messages else { return false };
        let mut reaches_back = false;
        for message in messages {
            reaches_back |= end.is_reached_by(message);
            match message.get("created_time").and_then(created_at) {
                Some(at) if at < end.since => {}
                at => note(message, at, sender, read),
            }
        }
        if reaches_back {
            return true;
        }
        let Some(cursor) = next_cursor(&page) else {
            return false;
        };
        // What was found so far counts, whatever becomes of the rest.
        match next_page(graph, sender, thread, &cursor).await {
            Some(next) => page = next,
            None => return false,
        }
    }
    false
}

async fn next_page(graph: &GraphClient, sender: &Sender, thread: &Value, cursor: &str) -> Option<Value> {
    let id = thread.get("id").and_then(Value::as_str).filter(|id| is_thread_id(id))?;
    let query = [("fields", MESSAGE_FIELDS), ("limit", "20"), ("after", cursor)];
    let request = graph.request(Method::GET, &format!("{id}/messages")).query(&query);
    let caller = Caller::Token(&sender.token);
    graph.call("conversations", caller, request).await.ok()
}

/// It becomes a part of an address.
fn is_thread_id(id: &str) -> bool {
    let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'=' | b':');
    (1..=LONGEST_THREAD_ID).contains(&id.len()) && id.bytes().all(is_harmless)
}

fn note(message: &Value, at: Option<Timestamp>, sender: &Sender, read: &mut ReadBack) {
    let mid = message.get("id").and_then(Value::as_str).and_then(keys::mid);
    let from = message.pointer("/from/id").and_then(Value::as_str);
    match (mid, from, at) {
        (Some(mid), Some(from), Some(created_at)) => {
            if from == sender.ids.own || from == sender.ids.node {
                let text = message.get("message").and_then(Value::as_str);
                read.messages.push(SentMessage {
                    mid,
                    created_at,
                    text: text.map(|text| Content::new(text.to_owned())),
                });
            }
        }
        (Some(mid), ..) => read.withheld.push(mid),
        (None, ..) => read.is_complete = false,
    }
}

/// `2026-11-22T09:15:25+0000`, or a number.
fn created_at(value: &Value) -> Option<Timestamp> {
    if let Some(at) = millis(value) {
        return Some(Timestamp::from_millis(at));
    }
    let text = value.as_str()?;
    let at = jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%z", text)
        .and_then(|parsed| parsed.to_timestamp())
        .or_else(|_| text.parse())
        .ok()?;
    Some(Timestamp::from_millis(at.as_millisecond()))
}
