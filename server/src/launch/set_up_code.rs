//! The code for the first admin: printed to standard output only, where nobody but the operator reads.

use engine::clock::SharedClock;
use engine::identity::{Passwords, SetUp};
use engine::storage::Database;
use secrecy::ExposeSecret;

use crate::config::BaseUrl;
use crate::failure::Failure;

/// Prints a new code while there is no user; earlier ones are void.
pub(super) async fn print_code(database: &Database, clock: &SharedClock, base_url: &BaseUrl) -> Result<(), Failure> {
    let set_up = SetUp::new(database, clock.clone(), Passwords::new(1));
    let code = set_up
        .offer_code()
        .await
        .map_err(|error| Failure::because("the set-up code cannot be made", &error))?;
    if let Some(code) = code {
        println!(
            "Nobody can sign in yet. Open {}/setup within an hour and enter this code:",
            base_url.origin()
        );
        println!("\n    {}\n", code.expose_secret());
    }
    Ok(())
}
