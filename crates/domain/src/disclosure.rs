//! The line that tells a customer that nobody typed this: put before the first automatic reply of a conversation, after a long
//! silence, and when a conversation comes back from a person.

use std::time::Duration;

use crate::limits::{FieldError, LimitError, MAX_CANNED_BYTES, MAX_DISCLOSURE_BYTES};
use crate::rules::Response;
use crate::time::Timestamp;

/// After so long without an automatic reply the line is said again.
pub const LAPSE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

const BETWEEN: &str = "\n\n";

/// Whether the line is due. `last_reply` is the last automatic reply of the conversation that was sent, `last_person` when it was
/// last with a person: when one wrote, or when it was left to one.
#[must_use]
pub fn is_due(last_reply: Option<Timestamp>, last_person: Option<Timestamp>, now: Timestamp) -> bool {
    last_reply.is_none_or(|reply| now.since(reply) >= LAPSE || last_person.is_some_and(|person| person >= reply))
}

/// The reply with the line before it.
#[must_use]
pub fn before(line: Option<&str>, text: &str) -> String {
    match line {
        Some(line) => format!("{line}{BETWEEN}{text}"),
        None => text.to_owned(),
    }
}

/// How many bytes the line takes of a reply.
#[must_use]
pub fn bytes_added(line: Option<&str>) -> usize {
    line.map_or(0, |line| line.len() + BETWEEN.len())
}

/// Why a canned `response` does not fit behind the line.
#[must_use]
pub fn does_not_fit(line: Option<&str>, label: &str, response: &Response) -> Option<LimitError> {
    let Response::Canned(text) = response else { return None };
    let bytes = text.len() + bytes_added(line);
    (bytes > MAX_CANNED_BYTES).then(|| LimitError::TooLongWithLine {
        label: label.to_owned(),
        bytes,
    })
}

/// The line trimmed; a blank one means none.
///
/// # Errors
/// Too long or not storable, under `disclosure`.
pub fn check(line: &str) -> Result<Option<String>, FieldError> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(None);
    }
    let error = |error| FieldError::new("disclosure", &error);
    if line.contains('\0') {
        return Err(error(LimitError::NotStorable { what: "line" }));
    }
    if line.len() > MAX_DISCLOSURE_BYTES {
        let bytes = line.len();
        return Err(error(LimitError::DisclosureTooLong { bytes }));
    }
    Ok(Some(line.to_owned()))
}

#[cfg(test)]
mod tests;
