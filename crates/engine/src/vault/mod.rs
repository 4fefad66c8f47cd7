//! Seals secrets and content, so that a copy of the database gives away neither tokens nor messages.
//!
//! XChaCha20-Poly1305 with a key ring. The authenticated data `v1|purpose|tenant|owner|ciphertext` binds a sealed value to
//! its place: moved to another row, tenant or purpose it cannot be opened.

mod content;
mod cookies;
mod digest_key;
mod error;
mod rotation;
mod sealing;
pub(crate) mod sql;
pub mod store;
#[cfg(test)]
mod tests;

pub use content::Content;
pub use digest_key::DigestKey;
pub use error::{KeyRingError, VaultError};
pub use rotation::{key_ids_in_use, missing_keys, rotate};
pub use sealing::{KeyRing, Sealed, SealedPurpose, Vault, generate_key};
