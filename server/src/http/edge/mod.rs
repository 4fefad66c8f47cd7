//! The edge: what anybody who can reach the port may cost. Every limit of it is a line of [`limits`].
//!
//! - [`serve`]: the accept loop, and how one connection lives: time for the head of a request, idle time, a reader who does not read.
//! - [`connections`]: how many there are, in all and per network, and which one gives way.
//! - [`bodies`]: how many bytes of bodies are held at once, and reading one body within all limits.
//! - [`open_files`]: what the operating system allows.
//!
//! Requests per second are limited further in ([`super::layers::rate`]), guesses of passwords in the engine.

pub mod bodies;
pub mod connections;
pub mod limits;
pub mod open_files;
mod serve;
mod watched;

pub use serve::{Edge, serve};
