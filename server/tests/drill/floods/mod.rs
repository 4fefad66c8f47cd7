//! Floods: strangers do their worst to the public port, from many networks, while customers write. A server that may open 1,024 files
//! acknowledges every DM, stays small, and stops when it is told to.

mod attack;
mod measure;
mod memory;

pub use attack::Flood;
pub use measure::{run, table};
