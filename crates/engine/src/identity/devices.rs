//! Devices that signed in before. Each carries a sealed cookie, and its attempts are counted apart from everybody else's: guesses from
//! elsewhere do not hold it up, and it can guess no more than anybody.

use std::time::Duration;

use domain::time::Timestamp;

use crate::vault::Vault;

/// Also the cookie's own life: the longest that browsers keep one.
pub const DEVICE_LIFETIME: Duration = Duration::from_secs(400 * 24 * 60 * 60);
const COOKIE: &str = "device";
const NONCE_BYTES: usize = 16;

/// A device, as its cookie says.
#[derive(Clone, PartialEq, Eq)]
pub struct Device {
    /// Random; tells devices apart.
    pub id: String,
    email: String,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Device")
    }
}

impl Device {
    /// Reads a cookie; none when it is not ours or too old.
    #[must_use]
    pub fn open(vault: &Vault, cookie: &str, now: Timestamp) -> Option<Self> {
        let text = vault.open_cookie(COOKIE, cookie)?;
        let mut parts = text.splitn(3, '|');
        let (id, since, email) = (parts.next()?, parts.next()?, parts.next()?);
        let since = Timestamp::from_millis(since.parse().ok()?);
        (now < since + DEVICE_LIFETIME).then(|| Self {
            id: id.to_owned(),
            email: email.to_owned(),
        })
    }

    /// Whether `email` (normalised) signed in there.
    #[must_use]
    pub(super) fn is_of(&self, email: &str) -> bool {
        self.email == email
    }

    /// The cookie for a device on which `email` (normalised) signed in; none when it cannot be sealed.
    pub(super) fn new_cookie(vault: &Vault, email: &str, now: Timestamp) -> Option<String> {
        let mut nonce = [0u8; NONCE_BYTES];
        rand::fill(&mut nonce);
        let id: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
        vault
            .seal_cookie(COOKIE, &format!("{id}|{}|{email}", now.as_millis()))
            .ok()
    }
}
