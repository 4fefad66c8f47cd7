//! `concierge keys`: making and changing encryption keys.

use engine::vault::generate_key;
use secrecy::ExposeSecret;
use uuid::Uuid;

use crate::failure::Failure;

/// Prints a new key.
pub(super) fn new() -> Result<(), Failure> {
    let id = Uuid::new_v4().simple().to_string();
    println!("{}", generate_key(&id[..8]).expose_secret());
    Ok(())
}
