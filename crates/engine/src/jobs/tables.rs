//! What differs between apalis' tables on SQLite and on PostgreSQL, in one place.

use sea_orm::DatabaseBackend;

/// Replaces the placeholders of `sql` by what `backend` calls them:
/// `{jobs}`, `{workers}`, `{hex:column}` (an id as 32 lower-case digits) and `{ago:seconds}` (an instant of the database's own
/// clock, which is the one that apalis stamps its rows with).
pub(super) fn render(backend: DatabaseBackend, sql: &str) -> String {
    let postgres = backend == DatabaseBackend::Postgres;
    let (jobs, workers) = if postgres {
        ("apalis.jobs", "apalis.workers")
    } else {
        ("Jobs", "Workers")
    };
    let sql = sql.replace("{jobs}", jobs).replace("{workers}", workers);
    let sql = replace_call(&sql, "hex", |column| {
        if postgres {
            format!("replace({column}::text, '-', '')")
        } else {
            format!("lower(hex({column}))")
        }
    });
    replace_call(&sql, "ago", |seconds| {
        if postgres {
            format!("now() - interval '{seconds} seconds'")
        } else {
            format!("CAST(strftime('%s', 'now') AS INTEGER) - {seconds}")
        }
    })
}

fn replace_call(sql: &str, name: &str, with: impl Fn(&str) -> String) -> String {
    let opening = format!("{{{name}:");
    let mut pieces = sql.split(opening.as_str());
    let mut rendered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (argument, rest) = piece.split_once('}').unwrap_or((piece, ""));
        rendered.push_str(&with(argument));
        rendered.push_str(rest);
    }
    rendered
}
