//! One DM's way through the tables, for operators: `concierge trace`. Ids, names, counts and instants; nothing that anybody wrote.

pub(crate) mod sql;
mod store;
mod text;

pub use store::{DmTrace, trace};
