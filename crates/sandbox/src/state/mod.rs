//! Everything the sandbox remembers, in memory; what it issued also in a file where the caller names one. [`App`] is what handlers share: the world
//! behind one lock that is never held across an await, the delivery lanes, and a counter that ticks
//! on every change so that tests and the chat page can wait for a state instead of sleeping.
//!
//! The types are one file each; [`world`] holds them and everything that needs several of them.

pub mod accounts;
mod app;
pub mod calls;
pub mod counts;
pub mod facebook;
pub mod ids;
mod kept;
pub mod people;
pub mod ring;
pub mod seed;
pub mod sent;
pub mod thread;
pub mod world;

pub use app::App;
