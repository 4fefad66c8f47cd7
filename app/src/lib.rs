//! The admin UI of Concierge: pages, components and server functions.
//!
//! The server renders [`shell`], the browser hydrates [`App`]. Every page is readable and every form works before the WebAssembly
//! arrives. What a request must bring along is written down in [`context`].

mod app;
mod browser;
mod components;
mod forms;
mod json;
mod operator;
mod pages;
mod queries;
mod sandbox_chat;

#[cfg(feature = "ssr")]
pub mod auth;
#[cfg(feature = "ssr")]
pub mod context;
pub mod endpoints;
pub mod error;
pub mod flash;
#[cfg(feature = "ssr")]
mod package;
#[cfg(feature = "ssr")]
mod page_script;
#[cfg(feature = "ssr")]
pub mod server_fns;
#[cfg(feature = "ssr")]
mod shell;
mod viewer;

pub use app::App;
pub use browser::{mark_hydrated, place_to_draw_anew, restore_rendered_page};
#[cfg(feature = "ssr")]
pub use package::Package;
#[cfg(feature = "ssr")]
pub use queries::MessageQuery;
#[cfg(feature = "ssr")]
pub use shell::shell;
