//! The persona of a tenant: its versions, what an admin does with them, and what may be said to a model now.
//!
//! [`Personas`] is the admin's side. [`in_use`], [`prompt_in_use`] and [`unapproved_prompts`] are the pipeline's: they return nothing
//! but approved texts, word for word as they were judged ([`crate::safety`]).

mod compare;
mod error;
mod in_use;
mod page;
mod prompts;
pub(crate) mod sql;
mod status_text;
mod store;
mod use_cases;

pub use error::PersonasError;
pub use in_use::{PersonaInUse, PromptOwner, in_use, prompt_in_use, unapproved_prompts};
pub use prompts::{PromptChecks, PromptChecksError};
pub use use_cases::Personas;
pub(crate) use use_cases::request_version_check;
