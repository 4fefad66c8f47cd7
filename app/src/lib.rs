//! The admin UI of Concierge: pages, components and server functions.

pub mod error;
pub mod flash;
