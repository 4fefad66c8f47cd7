//! Forms that work before WebAssembly arrives and do better with it.
//!
//! Every form is a plain `POST` to the fixed address of a server function. Without WebAssembly the answer is a redirect, and what
//! was typed and what was wrong come back in the page's flash. With it, the form is sent in the background.

mod fields;
mod post;
mod state;
mod switch;

pub use fields::{FieldError, FormError, TextField};
pub use post::{Hidden, PostForm};
pub use state::{FormState, Outcome, flash_context};
pub use switch::SwitchForm;
