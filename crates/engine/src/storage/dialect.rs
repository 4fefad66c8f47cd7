//! The few words that differ between SQLite and PostgreSQL, as tokens of one text.
//!
//! `{lock:FOR UPDATE}` is a row lock, which SQLite with its one writer does not need; `{jobs}` and `{workers}` are apalis'
//! tables; `{hex:column}` is an id as 32 lower-case digits; `{clock}` is the database's own clock in milliseconds, and
//! `{ago:seconds}` an instant of it as apalis stamps its rows.

use std::borrow::Cow;

use sea_orm::{ConnectionTrait, DatabaseBackend};

/// Whether rows need locks: PostgreSQL has many writers, SQLite one.
pub fn has_row_locks<C: ConnectionTrait>(connection: &C) -> bool {
    connection.get_database_backend() == DatabaseBackend::Postgres
}

/// Replaces the tokens of `text` by what `backend` calls them. Text without a token is returned as it is.
pub(crate) fn render(backend: DatabaseBackend, text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('{') {
        return text;
    }
    let postgres = backend == DatabaseBackend::Postgres;
    let (jobs, workers, clock) = match postgres {
        true => (
            "apalis.jobs",
            "apalis.workers",
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        ),
        false => ("Jobs", "Workers", "CAST(unixepoch('subsec') * 1000 AS INTEGER)"),
    };
    let text = text.replace("{jobs}", jobs).replace("{workers}", workers);
    let text = text.replace("{clock}", clock);
    let text = replace_call(&text, "lock", |lock| match postgres {
        true => lock.to_owned(),
        false => String::new(),
    });
    let text = replace_call(&text, "hex", |column| match postgres {
        true => format!("replace({column}::text, '-', '')"),
        false => format!("lower(hex({column}))"),
    });
    replace_call(&text, "ago", |seconds| match postgres {
        true => format!("now() - interval '{seconds} seconds'"),
        false => format!("CAST(strftime('%s', 'now') AS INTEGER) - {seconds}"),
    })
    .into()
}

/// Replaces every `{name:argument}`.
pub(super) fn replace_call(text: &str, name: &str, with: impl Fn(&str) -> String) -> String {
    let opening = format!("{{{name}:");
    let mut pieces = text.split(opening.as_str());
    let mut rendered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (argument, rest) = piece.split_once('}').unwrap_or((piece, ""));
        rendered.push_str(&with(argument));
        rendered.push_str(rest);
    }
    rendered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_gets_its_own_words() {
        let text = "SELECT {hex:id} FROM {jobs} WHERE at < {ago:60} {lock:FOR UPDATE}";
        assert_eq!(
            render(DatabaseBackend::Postgres, text.into()),
            "SELECT replace(id::text, '-', '') FROM apalis.jobs WHERE at < now() - interval '60 seconds' FOR UPDATE"
        );
        assert_eq!(
            render(DatabaseBackend::Sqlite, text.into()),
            "SELECT lower(hex(id)) FROM Jobs WHERE at < CAST(strftime('%s', 'now') AS INTEGER) - 60 "
        );
        assert_eq!(render(DatabaseBackend::Sqlite, "SELECT 1".into()), "SELECT 1");
    }
}
