//! Outgoing webhooks: what a tenant's own programs are told, as Standard Webhooks (<https://www.standardwebhooks.com>).
//!
//! An event is written in the transaction of what it tells ([`record`]), one row for each endpoint that wants it; a tenant without
//! endpoints costs no statement. [`OutgoingWebhooks`] turns due endpoints into jobs of a queue of their own and calls the receivers,
//! each endpoint by one worker at a time, so that a slow one keeps neither replies nor other receivers waiting.
//! [`WebhookEndpoints`] is the owner's side. Nothing here holds what anybody wrote.

mod call;
mod deliver;
mod endpoints;
mod events;
mod job;
mod page;
mod secrets;
mod settle;
mod signing;
pub(crate) mod sql;
mod store;
mod targets;
mod testing;

pub use call::{CallAnswer, WebhookCaller};
pub use deliver::OutgoingWebhooks;
pub use endpoints::{WebhookDraft, WebhookEndpoints, WebhookEndpointsError};
pub(crate) use events::{NewWebhook, crosses_low, record};
pub use job::DeliverWebhooks;
pub(crate) use page::switched_off_endpoints;
pub use signing::{WebhookSecret, signature};
pub use targets::{LookUp, SystemLookUp, WebhookTargets, is_public};
