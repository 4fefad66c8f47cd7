//! One spelling per e-mail address, so that a person has one account whatever their keyboard capitalises.

use domain::limits::FieldError;

const LONGEST: usize = 254;

/// The address in lower case without blanks around it.
///
/// # Errors
/// A text that cannot be an address, under `email`.
pub(super) fn normalise(typed: &str) -> Result<String, FieldError> {
    let email = typed.trim().to_lowercase();
    let plausible = email.len() <= LONGEST
        && !email.contains(|c: char| c.is_whitespace() || c.is_control())
        && email
            .rsplit_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if plausible {
        Ok(email)
    } else {
        Err(FieldError {
            field: "email".into(),
            message: "Write an e-mail address, like name@example.com.".into(),
        })
    }
}
