//! Connected accounts: what the pages show, the two switches, the default reply, and adding one by a command.

mod card;
mod checks;
mod error;
mod facts;
mod quiet;
mod registry;
mod token_words;
mod use_cases;
mod words;

pub use error::AccountsError;
pub use facts::AccountFacts;
pub use registry::{AccountRegistry, Added, NewInstagramAccount, RegistryError};
pub use use_cases::Accounts;

pub(crate) use card::monogram;
pub(crate) use checks::line;
pub(crate) use quiet::quiet_conversations;
pub(crate) use registry::put_instagram;
pub(crate) use words::{credits, grouped};
