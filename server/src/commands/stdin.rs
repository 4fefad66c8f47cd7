//! Secrets come in through standard input: arguments and variables are visible to others on the machine.

use std::io::Read;

use secrecy::SecretString;

use crate::failure::Failure;

/// More than any password or token.
const LONGEST: u64 = 16 * 1024;

/// Reads one secret; a line break at its end does not belong to it.
///
/// # Errors
/// Nothing comes, or it is no text.
pub(super) fn secret(what: &str) -> Result<SecretString, Failure> {
    let mut text = String::new();
    let read = std::io::stdin().take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| Failure::because(&format!("the {what} cannot be read from standard input"), &error))?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(Failure::Usage(format!(
            "there is no {what} on standard input; pipe it in"
        )));
    }
    Ok(SecretString::from(secret.to_owned()))
}
