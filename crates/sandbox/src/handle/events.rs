//! Everything that happens in a conversation besides a customer's DM.

use serde::Deserialize;

use super::account::find_account;
use super::error::ControlError;
use super::sandbox_handle::SandboxHandle;
use crate::state::ids;
use crate::state::thread::{Author, Message, Thread};
use crate::webhooks::build;
use crate::webhooks::event::Event;
use crate::webhooks::lanes;
use crate::webhooks::queue::Sending;

/// In milliseconds. What comes sooner is taken for an automation.
const FASTEST_ANSWER_MS: i64 = 4_000;

/// Events that are about a conversation or an earlier message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerEvent {
    Reaction,
    ReactionRemoved,
    Read,
    /// An ig.me link in an existing thread; opens the window.
    Referral,
    Edit,
    OptIn,
    /// The account writes to itself.
    SelfMessage,
    PassThreadControl,
    TakeThreadControl,
    RequestThreadControl,
}

/// An event of one conversation.
#[derive(Clone, Debug, Deserialize)]
pub struct EventRequest {
    /// Page id, Instagram id or user name.
    #[serde(alias = "page", alias = "page_id", alias = "ig_id")]
    pub account: String,
    /// As in [`super::Dm`].
    #[serde(default)]
    pub customer: String,
    /// What happens.
    pub event: CustomerEvent,
    /// The message it is about; the thread's newest if absent.
    #[serde(default)]
    pub mid: Option<String>,
    /// For an edit and a self message.
    #[serde(default)]
    pub text: Option<String>,
}

impl SandboxHandle {
    /// Queues the webhook of an event.
    ///
    /// # Errors
    /// An unknown account, or no message the event could be about.
    pub fn event(&self, request: &EventRequest) -> Result<(), ControlError> {
        let event = self.app.change(|world| {
            let ig = find_account(world, &request.account)?.ig_id;
            if request.event == CustomerEvent::SelfMessage {
                let own = ids::igsid("self", &ig);
                let text = request.text.as_deref().unwrap_or("test");
                return Ok(build::self_message(&ig, &own, world.now_ms(), &ids::mid(), text));
            }
            if request.customer.trim().is_empty() {
                return Err(ControlError::Missing("customer"));
            }
            let from = world.igsid(&ig, request.customer.trim());
            let now = world.now_ms();
            let newest = world.thread(&ig, &from).and_then(|thread| thread.messages.back());
            let about = request
                .mid
                .clone()
                .or_else(|| newest.map(|message| message.mid.clone()));
            let about = || about.ok_or(ControlError::Missing("mid"));
            let control = |verb| build::thread_control(&ig, &from, now, verb, &self.app.config.app_id);
            Ok(match request.event {
                CustomerEvent::Reaction => build::reaction(&ig, &from, now, &about()?, true),
                CustomerEvent::ReactionRemoved => build::reaction(&ig, &from, now, &about()?, false),
                CustomerEvent::Read => build::read(&ig, &from, now, &about()?),
                CustomerEvent::Referral => {
                    world.thread_mut(&ig, &from).opened_at_ms = Some(now);
                    build::referral(&ig, &from, now, "flyer")
                }
                CustomerEvent::Edit => {
                    let text = request.text.clone().ok_or(ControlError::Missing("text"))?;
                    let mid = about()?;
                    if let Some((_, message)) = world.find_message(&mid) {
                        message.text = Some(text.clone());
                    }
                    build::edit(&ig, &from, now, &mid, &text, 1)
                }
                CustomerEvent::OptIn => build::opt_in(&ig, &from, now),
                CustomerEvent::PassThreadControl => control("pass_thread_control"),
                CustomerEvent::TakeThreadControl => control("take_thread_control"),
                CustomerEvent::RequestThreadControl => control("request_thread_control"),
                CustomerEvent::SelfMessage => return Err(ControlError::OwnCustomer),
            })
        })?;
        self.deliver(event);
        Ok(())
    }

    /// The customer takes a message back.
    ///
    /// # Errors
    /// No such message.
    pub fn unsend(&self, mid: &str) -> Result<(), ControlError> {
        let event = self.app.change(|world| {
            let now = world.now_ms();
            let (key, message) = world
                .find_message(mid)
                .filter(|(_, message)| message.author == Author::Customer)
                .ok_or_else(|| ControlError::UnknownMessage(mid.to_owned()))?;
            message.unsent = true;
            Ok(build::unsend(&key.0, &key.1, now, mid))
        })?;
        self.deliver(event);
        Ok(())
    }

    /// A person answers in the Instagram app: an echo whose mid nobody knows, of four seconds after the customer's message at the
    /// earliest, because who tries the sandbox out answers faster than people read and type. Returns that mid.
    ///
    /// # Errors
    /// An unknown account, or no text.
    pub fn human_reply(&self, name: &str, customer: &str, text: &str) -> Result<String, ControlError> {
        if text.trim().is_empty() {
            return Err(ControlError::Missing("text"));
        }
        let (mid, event) = self.app.change(|world| {
            let ig = find_account(world, name)?.ig_id;
            let to = world.igsid(&ig, customer);
            let asked_at = world.thread(&ig, &to).and_then(Thread::newest_from_customer);
            let typed_at = asked_at.map_or(0, |message| message.at_ms + FASTEST_ANSWER_MS);
            let (mid, at) = (ids::mid(), world.now_ms().max(typed_at));
            world.record(&ig, &to, Message::text(&mid, at, Author::Human, text));
            Ok((mid.clone(), build::echo(&ig, &to, at, &mid, text)))
        })?;
        self.deliver(event);
        Ok(mid)
    }

    /// The "Test" button of Meta's dashboard.
    pub fn test_event(&self) {
        self.deliver(build::test_event());
    }

    /// Queues any event, for payloads the sandbox has no name for.
    pub fn deliver(&self, event: Event) {
        lanes::enqueue(&self.app, event, &Sending::default());
    }
}
