//! Keys with which programs use the API: made once, shown once, known by a hash, and gone when an owner says so.

mod authenticate;
mod error;
mod idempotency;
mod secret;
mod store;
mod use_cases;

pub use authenticate::{ApiCaller, authenticate, holds_still};
pub use error::ApiKeysError;
pub use idempotency::{ANSWERS_KEPT_FOR, Claim, Idempotency, StoredAnswer};
pub use secret::NewSecret;
pub use use_cases::{ApiKeys, MadeKey};
