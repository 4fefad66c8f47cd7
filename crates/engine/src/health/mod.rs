//! How all connections of a tenant stand, derived at the moment of looking: problems with their fixes, what reached this server
//! last, and the last check of the tokens.

mod facts;
mod page;
mod stopped;

pub use page::HealthPages;
