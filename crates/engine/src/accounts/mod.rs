//! Connected accounts: what the pages show, the two switches, the default reply, and adding one by a command.

mod card;
mod cause;
mod checks;
mod customer_names;
mod error;
mod facts;
mod known_customers;
mod quiet;
mod registry;
pub(crate) mod sql;
pub(crate) mod state;
mod status_text;
mod store;
mod token_text;
mod use_cases;

pub(crate) use cause::{cause_of_dead_token, cause_of_permission};
pub use domain::accounts::AccountCause;
pub use error::AccountsError;
pub use facts::AccountFacts;
pub(crate) use facts::LOSS_TOLD;
pub use known_customers::KnownCustomers;
pub use registry::{AccountRegistry, Added, NewInstagramAccount, RegistryError};
pub use use_cases::Accounts;

pub(crate) use card::monogram;
pub(crate) use checks::{line, meta_does_not_answer};
pub(crate) use quiet::quiet_conversations;
pub(crate) use registry::put_instagram;
pub(crate) use store::usernames;
