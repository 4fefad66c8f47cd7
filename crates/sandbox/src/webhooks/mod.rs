//! The way from an event to Concierge: what Meta's payloads look like, how they are signed, and how
//! they are delivered, repeated and logged.

pub mod build;
pub mod echo;
pub mod envelope;
pub mod event;
pub mod lanes;
pub mod log;
pub mod mode;
pub mod post;
pub mod queue;
pub mod sign;
