//! A server without a port, two tenants, and browsers that visit them.

mod browser;
mod shop;
mod world;

pub use browser::{Answer, Browser};
pub use shop::{Shop, Written};
pub use world::{APP_SECRET, VERIFY_TOKEN, World};
