//! Whether others can read what goes to the database and comes from it.

use std::net::IpAddr;
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// How far a connection to another host is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// The host proves who it is.
    Verified,
    /// Whoever answers is believed.
    Unverified,
    /// Plain text, as the address asks for.
    Off,
    /// Plain text where the server offers nothing better.
    IfOffered,
}

/// The other host that `url` names, and how far the way there is encrypted; none for a file or another process of this machine. The address is
/// read as the driver reads it, with what the environment adds (`PGHOST`, `PGSSLMODE`).
#[must_use]
pub fn encryption_of(url: &str) -> Option<(String, Encryption)> {
    if !url.starts_with("postgres") {
        return None;
    }
    let options = PgConnectOptions::from_str(url).ok()?;
    let host = options.get_host();
    if options.get_socket().is_some() || host.starts_with('/') || is_this_machine(host) {
        return None;
    }
    let encryption = match options.get_ssl_mode() {
        PgSslMode::VerifyFull => Encryption::Verified,
        PgSslMode::VerifyCa | PgSslMode::Require => Encryption::Unverified,
        PgSslMode::Disable => Encryption::Off,
        PgSslMode::Allow | PgSslMode::Prefer => Encryption::IfOffered,
    };
    Some((host.to_owned(), encryption))
}

fn is_this_machine(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}
