//! Our own cookies beside the session's: reading one, and setting it with the same attributes.

use http::{HeaderMap, HeaderValue, header};

/// A cookie of this server.
#[derive(Debug, Clone, Copy)]
pub struct Cookie {
    name: &'static str,
    secure: bool,
}

impl Cookie {
    /// Called `name`; over https `__Host-name`, which no other host and no plain connection can set.
    #[must_use]
    pub fn new(name: &'static str, secure: bool) -> Self {
        Self { name, secure }
    }

    /// What the request brought.
    #[must_use]
    pub fn read<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let name = self.full_name();
        let lines = headers.get_all(header::COOKIE).into_iter();
        let pairs = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'));
        pairs
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The header that sets it for so many seconds; for none it is removed.
    #[must_use]
    pub fn set(&self, value: &str, seconds: u64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = self.full_name();
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&text).ok()
    }

    fn full_name(&self) -> String {
        let prefix = if self.secure { "__Host-" } else { "" };
        format!("{prefix}{}", self.name)
    }
}
