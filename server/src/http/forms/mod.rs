//! What a plain form gets back: pages work without WebAssembly, so each server function also answers a browser that posts a form.
//!
//! A program gets JSON with the right status. A form is redirected to the page it came from ([`return_to`]), which finds what was
//! typed and what went wrong as a [`flash`]. A failure that has no page to return to becomes one ([`error_pages`]).

pub mod answer;
pub mod api;
pub mod error_pages;
pub mod flash;
pub mod local_path;
mod made_key;
pub mod return_to;
