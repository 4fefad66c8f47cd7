//! Whether a pooler such as `PgBouncer` gives every transaction whichever session of PostgreSQL is free.
//!
//! No client can ask it for its mode. But one session of PostgreSQL, whose process id the server tells, then serves two connections
//! that are open at once, or one connection is served by several. Source: `PgBouncer`, "Features" (SQL feature map for pooling modes).

use std::time::Duration;

use sqlx::{PgConnection, PgPool, Row};

use super::{Database, JobPool, StorageError};

const PROBLEM: &str = "a pooler between this program and PostgreSQL gives each transaction another session: prepared statements fail there, \
    and LISTEN hears nothing, so that waiting replies are noticed late; set pool_mode = session in pgbouncer.ini for this database, or \
    connect to PostgreSQL directly (CONCIERGE_DATABASE_URL)";

const TOO_FEW: &str = "two connections at once were not answered within five seconds; if a pooler stands before PostgreSQL, raise its pool_size";
const PATIENCE: Duration = Duration::from_secs(5);

/// Which process of PostgreSQL answered whom.
struct Answers {
    /// One connection, each time outside of any transaction.
    one: Vec<i32>,
    /// Another connection, inside a transaction that was open when the first one asked for the third time.
    other: i32,
}

impl Answers {
    fn show_shared_sessions(&self) -> bool {
        self.one.contains(&self.other) || self.one.windows(2).any(|pair| pair[0] != pair[1])
    }
}

/// What is wrong with the way to PostgreSQL, as a sentence with the way out; `None` where sessions are kept, and on SQLite. Works on a
/// connection that statements of ours would fail on.
///
/// # Errors
/// [`StorageError::Unavailable`] when PostgreSQL does not answer, [`StorageError::Setup`] when it does not answer two connections at once.
pub async fn pooler_problem(database: &Database) -> Result<Option<&'static str>, StorageError> {
    let JobPool::Postgres(pool) = database.job_pool() else {
        return Ok(None);
    };
    let answers = tokio::time::timeout(PATIENCE, ask(pool)).await;
    let answers = answers.map_err(|_elapsed| StorageError::Setup(TOO_FEW.into()))??;
    Ok(answers.show_shared_sessions().then_some(PROBLEM))
}

async fn ask(pool: &PgPool) -> Result<Answers, StorageError> {
    // They do not go back: given up halfway, one of them is inside a transaction.
    let mut one = pool.acquire().await?.detach();
    let mut other = pool.acquire().await?.detach();
    // Twice: a pooler that takes sessions in turn has another one the second time.
    let mut answers = vec![process(&mut one).await?, process(&mut one).await?];
    run(&mut other, "BEGIN").await?;
    let of_other = process(&mut other).await?;
    // There may be no other session than this one, and then the first connection would wait for the end of the transaction.
    if !answers.contains(&of_other) {
        answers.push(process(&mut one).await?);
    }
    run(&mut other, "ROLLBACK").await?;
    Ok(Answers {
        one: answers,
        other: of_other,
    })
}

/// Unprepared, as everything here: it is prepared statements that a pooler loses.
async fn process(connection: &mut PgConnection) -> Result<i32, StorageError> {
    let row = sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await?;
    Ok(row.try_get(0)?)
}

async fn run(connection: &mut PgConnection, statement: &'static str) -> Result<(), StorageError> {
    sqlx::raw_sql(statement).execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_ones_own_is_told_from_a_shared_one() {
        let shared = |one: &[i32], other| {
            let one = one.to_vec();
            Answers { one, other }.show_shared_sessions()
        };
        assert!(!shared(&[71, 71, 71], 72), "each connection has its own");
        assert!(
            shared(&[71, 71], 71),
            "the one that was used last goes to whoever asks next"
        );
        assert!(shared(&[71, 72, 73], 74), "they are used in turn");
        assert!(shared(&[71, 71, 73], 74), "somebody else was faster");
    }
}
