//! The control surface of a running sandbox. The HTTP API and the chat page are thin layers over it,
//! so a Rust test can do everything they can without going over HTTP.

mod dm;
mod events;
mod life;
mod login;
mod reading;
mod switches;

use std::sync::Arc;

use thiserror::Error;

pub use dm::{Dm, DmKind, DmOptions};
pub use events::{CustomerEvent, EventRequest};
pub use life::LifeEvent;
pub use login::CallbackAnswer;
pub use reading::Snapshot;

use crate::state::accounts::IgAccount;
use crate::state::{App, World};

/// Cheap to clone; all clones steer the same sandbox.
#[derive(Clone)]
pub struct SandboxHandle {
    pub(crate) app: Arc<App>,
}

impl SandboxHandle {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

/// Why an order to the sandbox made no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ControlError {
    #[error("there is no Page or account {0:?} here")]
    UnknownAccount(String),
    #[error("the Page {0:?} has no Instagram account")]
    NoInstagram(String),
    #[error("there is no message {0:?} here")]
    UnknownMessage(String),
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("this is no login dialog: {0}")]
    BadDialog(&'static str),
    #[error("an account cannot write to itself as a customer")]
    OwnCustomer,
}

/// The Instagram account behind a Page id, Instagram id or user name.
fn account(world: &World, name: &str) -> Result<IgAccount, ControlError> {
    let page = world
        .page(name)
        .ok_or_else(|| ControlError::UnknownAccount(name.to_owned()))?;
    page.ig
        .clone()
        .ok_or_else(|| ControlError::NoInstagram(name.to_owned()))
}
