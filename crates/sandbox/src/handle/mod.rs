//! The control surface of a running sandbox. The HTTP API and the chat page are thin layers over it,
//! so a Rust test can do everything they can without going over HTTP.

mod account;
mod ai;
mod dm;
mod error;
mod events;
mod life_events;
mod login;
mod reading;
mod sandbox_handle;
mod switches;

pub use ai::AiHandle;
pub use dm::{Dm, DmKind, DmOptions};
pub use error::ControlError;
pub use events::{CustomerEvent, EventRequest};
pub use life_events::LifeEvent;
pub use login::CallbackAnswer;
pub use reading::Snapshot;
pub use sandbox_handle::SandboxHandle;
