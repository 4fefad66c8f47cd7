//! Whether the way to PostgreSQL can be read by others. Left to itself a client takes plain text where the server offers nothing better.

use std::net::IpAddr;

use url::{Host, Url};

/// What to say about the database's address; nothing for a file or another process of this machine.
pub(super) fn check(address: &str) -> Option<Result<String, String>> {
    let url = Url::parse(address)
        .ok()
        .filter(|url| url.scheme().starts_with("postgres"))?;
    let asked = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    // A socket of this machine is named there.
    let host = asked("host").or_else(|| url.host_str().map(str::to_owned))?;
    if host.starts_with('/') || is_this_machine(&host) {
        return None;
    }
    let mode = asked("sslmode").or_else(|| asked("ssl-mode"));
    Some(match mode.as_deref() {
        Some("verify-full") => Ok(format!("encrypted, and {host} proves who it is")),
        Some("verify-ca" | "require") => Ok(format!("encrypted; only sslmode=verify-full proves that it is {host}")),
        Some("disable") => Ok(format!("plain text to {host}, as sslmode=disable asks for")),
        _ => Err(format!(
            "may be plain text to {host}; add sslmode=verify-full to CONCIERGE_DATABASE_URL, or sslmode=disable where nobody else can listen"
        )),
    })
}

fn is_this_machine(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Ok(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        _ => host.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_to_another_host_is_named() {
        let at = |address: &str| check(address).map(|found| found.is_ok());
        for nobody_listens in [
            "sqlite://data/concierge.db",
            "postgres://u:p@127.0.0.1/c",
            "postgres://u:p@[::1]:5432/c",
            "postgresql://u:p@LocalHost/c",
            "postgres://u:p@ignored.example/c?host=/var/run/postgresql",
        ] {
            assert_eq!(at(nobody_listens), None, "{nobody_listens}");
        }
        for open in ["", "?sslmode=prefer", "?sslmode=allow", "?application_name=disable"] {
            let address = format!("postgres://u:secret@db.example/c{open}");
            let Some(Err(told)) = check(&address) else {
                panic!("{address}")
            };
            assert!(told.contains("db.example") && !told.contains("secret"), "{told}");
        }
        for chosen in ["require", "verify-ca", "verify-full", "disable"] {
            assert_eq!(
                at(&format!("postgres://u:p@10.0.0.7/c?sslmode={chosen}")),
                Some(true),
                "{chosen}"
            );
        }
    }
}
