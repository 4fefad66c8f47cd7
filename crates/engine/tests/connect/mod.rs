//! Connecting accounts and keeping them connected, with the sandbox as Facebook over real HTTP.

mod checks;
mod choosing;
mod daily;
mod ending;
mod failures;
mod oauth_callback;
mod reconnecting;
mod scale;
mod secrets;
mod servers;
mod testing;
