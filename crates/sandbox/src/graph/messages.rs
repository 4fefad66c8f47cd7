//! `POST /{page}/messages`: the Send API.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::auth;
use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::faults::Edge;
use crate::faults::answer::outside_window;
use crate::state::sent::SentMessage;
use crate::state::thread::{Author, Message};
use crate::state::world::World;
use crate::state::{App, ids};
use crate::webhooks::build;
use crate::webhooks::echo;
use crate::webhooks::event::Event;
use crate::webhooks::lanes;
use crate::webhooks::queue::Sending;

/// Meta's limit for a text, in bytes of UTF-8.
const TEXT_BYTES: usize = 1000;
const SCOPES: [&str; 2] = ["instagram_manage_messages", "pages_messaging"];

#[derive(Deserialize)]
struct SendRequest {
    recipient: Option<Recipient>,
    messaging_type: Option<String>,
    tag: Option<String>,
    message: Option<Text>,
    sender_action: Option<String>,
}

#[derive(Deserialize)]
struct Recipient {
    id: Option<String>,
}

#[derive(Deserialize)]
struct Text {
    text: Option<String>,
}

/// What an accepted send sets off.
struct Accepted {
    body: Value,
    echo: Option<Event>,
    /// The recipient is itself one of our accounts.
    inbound: Option<Event>,
}

/// Sends a text to a customer.
pub async fn post(
    State(app): State<Arc<App>>,
    Path((_version, node)): Path<(String, String)>,
    incoming: Incoming,
    body: Bytes,
) -> Response {
    let page = auth::page_of(&app.world(), &incoming, &node);
    let act = async {
        let accepted = app.change(|world| accept(&app, world, &incoming, &page, &body))?;
        if let Some(event) = accepted.inbound {
            lanes::enqueue(&app, event, &Sending::default());
        }
        if let Some(event) = accepted.echo {
            echo::emit(&app, event).await;
        }
        Ok(accepted.body)
    };
    answer(&app, &incoming, Edge::Send, &page, act).await
}

fn accept(
    app: &App,
    world: &mut World,
    incoming: &Incoming,
    page_id: &str,
    body: &[u8],
) -> Result<Accepted, GraphError> {
    let page = auth::authorise(app, world, incoming, page_id, &SCOPES)?;
    let Some(ig) = page.ig else {
        let message = "(#100) The Page is not linked to an Instagram account.";
        return Err(GraphError::new(400, 100, message).subcode(2_534_013));
    };
    let request: SendRequest =
        serde_json::from_slice(body).map_err(|error| parameter(&format!("The request is not valid JSON: {error}")))?;
    let recipient = request
        .recipient
        .and_then(|recipient| recipient.id)
        .ok_or_else(|| parameter("The parameter recipient is required"))?;
    if request.sender_action.is_some() && request.message.is_none() {
        return Ok(Accepted {
            body: json!({ "recipient_id": recipient }),
            echo: None,
            inbound: None,
        });
    }
    check_type(request.messaging_type.as_deref(), request.tag.as_deref())?;
    let text = check_text(request.message.and_then(|message| message.text))?;
    check_recipient(world, &ig.ig_id, &recipient)?;
    Ok(record(app, world, &page.page_id, &ig.ig_id, &recipient, &text))
}

fn check_type(messaging_type: Option<&str>, tag: Option<&str>) -> Result<(), GraphError> {
    match (messaging_type, tag) {
        (Some("RESPONSE" | "UPDATE"), _) | (Some("MESSAGE_TAG"), Some("HUMAN_AGENT")) => Ok(()),
        (Some("MESSAGE_TAG"), _) => Err(parameter("The tag is not supported for Instagram")),
        _ => Err(parameter(
            "Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG}",
        )),
    }
}

fn check_text(text: Option<String>) -> Result<String, GraphError> {
    let text = text.unwrap_or_default();
    if text.trim().is_empty() {
        return Err(parameter("Message cannot be empty, must provide valid attachment or text").subcode(2_534_015));
    }
    if text.len() > TEXT_BYTES {
        let message = "Message text must be UTF-8 and be 1,000 bytes or less";
        return Err(parameter(message).subcode(2_534_015));
    }
    Ok(text)
}

fn check_recipient(world: &World, ig_id: &str, recipient: &str) -> Result<(), GraphError> {
    if world.quiet {
        return Ok(());
    }
    let known = world.people.get(recipient).is_some_and(|person| person.ig_id == ig_id);
    if !known {
        return Err(parameter("No matching Instagram user").subcode(2_534_014));
    }
    let now = world.now_ms();
    let open = world
        .thread(ig_id, recipient)
        .is_some_and(|thread| thread.window_open(now));
    if open { Ok(()) } else { Err(outside_window()) }
}

fn record(app: &App, world: &mut World, page_id: &str, ig_id: &str, recipient: &str, text: &str) -> Accepted {
    let (mid, at_ms) = (ids::mid(), world.now_ms());
    let answers = world
        .thread(ig_id, recipient)
        .and_then(|thread| thread.newest_from_customer())
        .map(|message| message.mid.clone());
    world.sent.push(SentMessage {
        mid: mid.clone(),
        page_id: page_id.to_owned(),
        ig_id: ig_id.to_owned(),
        recipient: recipient.to_owned(),
        text: text.to_owned(),
        at_ms,
        answers,
    });
    world.counts.sent(ig_id, recipient, text);
    let message = Message::text(&mid, at_ms, Author::Api, text);
    world.record(ig_id, recipient, message);
    let echo = (!app.config.quiet).then(|| build::echo(ig_id, recipient, at_ms, &mid, text));
    let inbound = to_other_account(world, ig_id, recipient, text);
    Accepted {
        body: json!({ "recipient_id": recipient, "message_id": mid }),
        echo,
        inbound,
    }
}

/// A message to another account of the sandbox arrives there as a customer's DM.
fn to_other_account(world: &mut World, ig_id: &str, recipient: &str, text: &str) -> Option<Event> {
    let other = world.people.get(recipient)?.business.clone()?;
    let sender = world.igsid(&other, ig_id);
    let (mid, at_ms) = (ids::mid(), world.now_ms());
    world.record(&other, &sender, Message::text(&mid, at_ms, Author::Customer, text));
    world.counts.dms += 1;
    Some(build::text(&other, &sender, at_ms, &mid, text))
}

fn parameter(message: &str) -> GraphError {
    GraphError::new(400, 100, format!("(#100) {message}"))
}
