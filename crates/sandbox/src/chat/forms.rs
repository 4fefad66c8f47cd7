//! The forms of the page. Each does one thing and leads back to where the reader was.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::fault_switches::SWITCHES;
use super::html::query;
use crate::handle::{ControlError, CustomerEvent, Dm, DmKind, EventRequest, SandboxHandle};

/// The message box, or the button of an example.
#[derive(Deserialize)]
pub struct Write {
    to: String,
    #[serde(rename = "as")]
    customer: String,
    #[serde(default)]
    kind: DmKind,
    #[serde(default)]
    text: String,
    example: Option<usize>,
}

fn back(to: &str, customer: &str) -> Response {
    Redirect::to(&format!("/?to={}&as={}#end", query(to), query(customer))).into_response()
}

/// Back to the thread, or the error.
pub fn done(result: Result<(), ControlError>, to: &str, customer: &str) -> Response {
    match result {
        Ok(()) => back(to, customer),
        Err(error) => error.into_response(),
    }
}

/// Writes a DM as the chosen customer.
pub async fn dm(State(handle): State<SandboxHandle>, Form(form): Form<Write>) -> Response {
    let (mut kind, mut text) = (form.kind, form.text);
    let examples = &handle.app.config.examples;
    if let Some(example) = form.example.and_then(|index| examples.get(index)) {
        kind = example.kind;
        text.clone_from(&example.text);
    }
    let dm = Dm::text(&form.to, &form.customer, text).kind(kind);
    done(handle.dm(dm).map(|_| ()), &form.to, &form.customer)
}

/// A bubble's "unsend" button.
#[derive(Deserialize)]
pub struct Unsend {
    to: String,
    #[serde(rename = "as")]
    customer: String,
    mid: String,
}

/// Takes a message back.
pub async fn unsend(State(handle): State<SandboxHandle>, Form(form): Form<Unsend>) -> Response {
    done(handle.unsend(&form.mid), &form.to, &form.customer)
}

/// A fault and its new position.
#[derive(Deserialize)]
pub struct Switch {
    to: String,
    #[serde(rename = "as")]
    customer: String,
    #[serde(rename = "trick")]
    fault: String,
    on: bool,
}

/// Switches a fault on or off for the shown account.
pub async fn switch_fault(State(handle): State<SandboxHandle>, Form(form): Form<Switch>) -> Response {
    let page = handle.app.world().page(&form.to).map(|page| page.page_id.clone());
    let switch = SWITCHES.iter().find(|switch| switch.id == form.fault);
    if let (Some(page), Some(switch)) = (page, switch) {
        switch.set(&handle, &page, form.on);
    }
    back(&form.to, &form.customer)
}

/// A button under "Also happens".
#[derive(Deserialize)]
pub struct Extra {
    to: String,
    #[serde(rename = "as")]
    customer: String,
    what: String,
}

/// A person's answer, a reaction or a test event.
pub async fn extra(State(handle): State<SandboxHandle>, Form(form): Form<Extra>) -> Response {
    let result = match form.what.as_str() {
        "human" => {
            // The same words in several conversations are an automation's.
            let text = format!("Hello {}, this is a person. I will take it from here.", form.customer);
            handle.human_reply(&form.to, &form.customer, &text).map(|_| ())
        }
        "reaction" => handle.event(&EventRequest {
            account: form.to.clone(),
            customer: form.customer.clone(),
            event: CustomerEvent::Reaction,
            mid: None,
            text: None,
        }),
        _ => {
            handle.test_event();
            Ok(())
        }
    };
    // With nothing said yet there is nothing to like; the page is the better answer.
    let result = if result == Err(ControlError::Missing("mid")) {
        Ok(())
    } else {
        result
    };
    done(result, &form.to, &form.customer)
}

/// The thread that is shown afterwards.
#[derive(Deserialize)]
pub struct Reset {
    to: String,
    #[serde(rename = "as")]
    customer: String,
}

/// Back to the seeded world.
pub async fn reset(State(handle): State<SandboxHandle>, Form(form): Form<Reset>) -> Response {
    handle.reset();
    back(&form.to, &form.customer)
}
