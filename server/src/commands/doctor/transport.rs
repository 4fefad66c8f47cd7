//! Whether the way to PostgreSQL can be read by others. Left to itself a client takes plain text where the server offers nothing better.

use engine::storage::{Encryption, encryption_of};

/// What to say about the database's address; nothing for a file or another process of this machine.
pub(super) fn check(address: &str) -> Option<Result<String, String>> {
    let (host, encryption) = encryption_of(address)?;
    Some(match encryption {
        Encryption::Verified => Ok(format!("encrypted, and {host} proves who it is")),
        Encryption::Unverified => Ok(format!("encrypted; only sslmode=verify-full proves that it is {host}")),
        Encryption::Off => Ok(format!("plain text to {host}, as sslmode=disable asks for")),
        Encryption::IfOffered => Err(format!(
            "may be plain text to {host}; add sslmode=verify-full to CONCIERGE_DATABASE_URL, or sslmode=disable where nobody else can listen"
        )),
    })
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
            "postgres://u:p@%2Fvar%2Frun%2Fpostgresql/c",
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
