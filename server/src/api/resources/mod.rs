//! The resources of the API: each file has the shapes that programs see, which stay when a page changes, and handlers that call one use case
//! each.

pub mod accounts;
pub mod credits;
pub mod events;
pub mod examples;
pub mod health;
pub mod history;
pub mod messages;
pub mod notices;
pub mod persona;
pub mod reply_config;
pub mod rule_changes;
pub mod rule_shapes;
pub mod rules;
pub mod simulate;
pub mod transfer;
