//! `GET /{page}/conversations`: reading a thread back, which is how an unknown outcome is settled.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::auth;
use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::clock::graph_time;
use crate::faults::Edge;
use crate::state::App;
use crate::state::accounts::IgAccount;
use crate::state::thread::{Author, Message, Thread};
use crate::state::world::World;

/// Meta gives details for the newest twenty messages of a thread only.
pub const NEWEST: usize = 20;
/// Above this Meta asks to "reduce the amount of data".
const TOO_MUCH: usize = 50;

/// Lists the threads of a Page, or the one with `user_id`.
pub async fn get(
    State(app): State<Arc<App>>,
    Path((_version, node)): Path<(String, String)>,
    incoming: Incoming,
) -> Response {
    let page = auth::page_of(&app.world(), &incoming, &node);
    let act = async { read(&app, &app.world(), &incoming, &page) };
    answer(&app, &incoming, Edge::Conversations, &page, act).await
}

fn read(app: &App, world: &World, incoming: &Incoming, page: &str) -> Result<Value, GraphError> {
    let page = auth::authorise(app, world, incoming, page, &["instagram_manage_messages"])?;
    if incoming.param("platform") != Some("instagram") {
        // Without it Meta answers for Messenger, where this sandbox has nobody.
        return Ok(json!({ "data": [] }));
    }
    let Some(ig) = &page.ig else {
        let message = "(#100) The Page is not linked to an Instagram account.";
        return Err(GraphError::new(400, 100, message).subcode(2_534_013));
    };
    let wanted = Fields::parse(incoming.param("fields").unwrap_or("id,updated_time"));
    if wanted
        .messages
        .as_ref()
        .is_some_and(|messages| messages.limit >= TOO_MUCH)
    {
        let message = "Please reduce the amount of data you're asking for, then retry your request";
        return Err(GraphError::new(500, 1, message));
    }
    let user = incoming.param("user_id");
    let mut threads: Vec<(&str, &Thread)> = world
        .threads
        .iter()
        .filter(|((ig_id, igsid), _)| *ig_id == ig.ig_id && user.is_none_or(|user| user == igsid))
        .map(|((_, igsid), thread)| (igsid.as_str(), thread))
        .collect();
    threads.sort_by_key(|(_, thread)| std::cmp::Reverse(updated(thread)));
    let limit = incoming
        .param("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(25);
    let data: Vec<Value> = threads
        .into_iter()
        .take(limit)
        .map(|(igsid, thread)| conversation(world, incoming, ig, igsid, thread, &wanted))
        .collect();
    Ok(json!({ "data": data }))
}

fn updated(thread: &Thread) -> i64 {
    thread.messages.back().map_or(0, |message| message.at_ms)
}

fn conversation(
    world: &World,
    incoming: &Incoming,
    ig: &IgAccount,
    igsid: &str,
    thread: &Thread,
    wanted: &Fields,
) -> Value {
    let mut body = Map::new();
    body.insert("id".to_owned(), thread.id.clone().into());
    if wanted.updated_time {
        body.insert("updated_time".to_owned(), graph_time(updated(thread)).into());
    }
    if let Some(messages) = &wanted.messages {
        let page = page_of_messages(world, incoming, ig, (igsid, thread), messages, None);
        body.insert("messages".to_owned(), page);
    }
    body.into()
}

/// `GET /{thread}/messages`: how the page before goes on.
pub async fn messages(
    State(app): State<Arc<App>>,
    Path((_version, thread)): Path<(String, String)>,
    incoming: Incoming,
) -> Response {
    let page = auth::page_of(&app.world(), &incoming, "me");
    let act = async { read_on(&app, &app.world(), &incoming, &page, &thread) };
    answer(&app, &incoming, Edge::Conversations, &page, act).await
}

fn read_on(app: &App, world: &World, incoming: &Incoming, page: &str, thread_id: &str) -> Result<Value, GraphError> {
    let page = auth::authorise(app, world, incoming, page, &["instagram_manage_messages"])?;
    let ig = page.ig.as_ref().ok_or_else(|| auth::missing(thread_id))?;
    let mut of_page = world.threads.iter().filter(|((ig_id, _), _)| *ig_id == ig.ig_id);
    let found = of_page.find(|(_, thread)| thread.id == thread_id);
    let ((_, igsid), thread) = found.ok_or_else(|| auth::missing(thread_id))?;
    let names = incoming.param("fields").unwrap_or("created_time").split(',');
    let wanted = MessageFields {
        limit: incoming
            .param("limit")
            .and_then(|limit| limit.parse().ok())
            .unwrap_or(NEWEST),
        names: names.map(str::to_owned).collect(),
    };
    Ok(page_of_messages(
        world,
        incoming,
        ig,
        (igsid, thread),
        &wanted,
        incoming.param("after"),
    ))
}

/// The newest first; `after` is the last one of the page before.
fn page_of_messages(
    world: &World,
    incoming: &Incoming,
    ig: &IgAccount,
    (igsid, thread): (&str, &Thread),
    wanted: &MessageFields,
    after: Option<&str>,
) -> Value {
    let there = thread.messages.iter().rev().filter(|message| !message.unsent);
    let numbered: Vec<(usize, &Message)> = there.enumerate().collect();
    let start = after.map_or(0, |after| {
        let last = numbered.iter().position(|(_, message)| message.mid == after);
        last.map_or(numbered.len(), |last| last + 1)
    });
    let limit = wanted.limit.min(NEWEST);
    let page: Vec<&(usize, &Message)> = numbered.iter().skip(start).take(limit).collect();
    let data: Vec<Value> = page
        .iter()
        .map(|(number, message)| {
            // Older messages answer as if they were deleted.
            let details = *number < world.detailed_messages;
            one(world, ig, igsid, message, &wanted.names, details)
        })
        .collect();
    let mut body = json!({ "data": data });
    if let Some((number, last)) = page.last()
        && number + 1 < numbered.len()
    {
        let (host, thread, names, mid) = (&incoming.host, &thread.id, wanted.names.join(","), &last.mid);
        body["paging"] = json!({
            "cursors": { "after": mid },
            "next": format!("http://{host}/v26.0/{thread}/messages?fields={names}&limit={limit}&after={mid}"),
        });
    }
    body
}

fn one(world: &World, ig: &IgAccount, igsid: &str, message: &Message, names: &[String], details: bool) -> Value {
    let customer = json!({ "username": world.handle_of(igsid), "id": igsid });
    let account = json!({ "username": ig.username, "id": ig.ig_id });
    let (from, to) = if message.author == Author::Customer {
        (customer, account)
    } else {
        (account, customer)
    };
    let all = json!({
        "created_time": graph_time(message.at_ms),
        "from": from,
        "to": { "data": [to] },
        "message": message.text.clone().unwrap_or_default(),
    });
    let mut body = json!({ "id": message.mid });
    for name in names.iter().filter(|name| details || *name == "created_time") {
        if let Some(value) = all.get(name) {
            body[name] = value.clone();
        }
    }
    body
}

/// The part of Meta's `fields` language this edge needs: names, `.limit(n)` and one level of braces.
struct Fields {
    updated_time: bool,
    messages: Option<MessageFields>,
}

struct MessageFields {
    limit: usize,
    names: Vec<String>,
}

impl Fields {
    fn parse(fields: &str) -> Self {
        let start = fields.find("messages");
        let messages = start.map(|start| MessageFields::parse(&fields[start + "messages".len()..]));
        Self {
            updated_time: fields.contains("updated_time"),
            messages,
        }
    }
}

impl MessageFields {
    fn parse(rest: &str) -> Self {
        let before_braces = rest.split(['{', ',']).next().unwrap_or_default();
        let limit = before_braces
            .split_once(".limit(")
            .and_then(|(_, tail)| tail.split_once(')'))
            .and_then(|(number, _)| number.parse().ok())
            .unwrap_or(NEWEST);
        let braces = rest.split_once('{').and_then(|(_, tail)| tail.split_once('}'));
        let names = braces.map_or("created_time", |(names, _)| names);
        let names = names.split(',').map(|name| name.trim().to_owned()).collect();
        Self { limit, names }
    }
}
