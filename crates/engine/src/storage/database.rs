//! The connections to SQLite or PostgreSQL, shared by SeaORM and apalis.
//!
//! SQLite has one writer connection (`BEGIN IMMEDIATE`, WAL, `synchronous=FULL`: an acknowledged DM survives power
//! loss) and a read-only pool beside it. PostgreSQL has a pool for transactions and one for what pages read.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use migrations::schema_version;
use sea_orm::{
    DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode,
    SqlxPostgresConnector, SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigratorTrait, SchemaManager};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Executor, PgPool, SqliteConnection, SqlitePool};

use super::StorageError;
use super::erase::Erased;

/// How long a caller waits for a free connection before the database counts as unavailable.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the server waits for SQLite's lock while a command beside it holds it: Meta gives up on a delivery after some seconds, and
/// delivers it again.
const SERVER_WAIT: Duration = Duration::from_secs(5);
/// How long a command waits for SQLite's lock: nobody delivers its change again, and a disk that is busy with other things keeps the
/// server's commits for longer than [`SERVER_WAIT`].
const COMMAND_WAIT: Duration = Duration::from_secs(60);
const POSTGRES_WRITERS: u32 = 16;
const POSTGRES_READERS: u32 = 8;
/// Every transaction finds its rows by an index, and its statements are planned once for each connection.
///
/// PostgreSQL keeps a plan until the statistics of a table change: one that was made while a table was all but empty reads it from end to
/// end for as long as that. Planning anew takes longer than most of these statements (1 to 3 ms for what a decision depends on).
/// <https://www.postgresql.org/docs/current/runtime-config-query.html>
const PLAN_BY_INDEX: &str =
    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off;
    SET enable_mergejoin = off; SET jit = off";
const SQLITE_READERS: u32 = 4;
/// Pages in the log before a commit writes them back (32 MB). Replies of many accounts change many pages, most of them again and again:
/// each is written back once. `erase` empties the log every minute.
const PAGES_IN_LOG: &str = "8192";
/// The writer's pages in memory, in KiB as a negative number: a group of replies of many accounts changes more than the usual 2 MB hold.
/// <https://www.sqlite.org/pragma.html#pragma_cache_size>
const WRITER_CACHE: &str = "-16384";
/// Prepared statements per connection: some 200 texts of `sql.rs` and those of the query builder. On SQLite those with rows come in seven
/// sizes each, on PostgreSQL in one for each set of columns with `NULL`s.
const STATEMENTS: usize = 512;

/// An open transaction; dropping it rolls back.
pub type Transaction = DatabaseTransaction;

/// Makes what a transaction changed last.
///
/// # Errors
/// [`StorageError::Unavailable`] when it may not have been written.
pub async fn commit(transaction: Transaction) -> Result<(), StorageError> {
    Ok(transaction.commit().await?)
}

/// SQLite itself rolls back when the disk is full or fails. sqlx 0.9 rolls back once more, is refused, and takes the connection for one
/// inside a transaction ever after: no further one would begin on it. Such a connection is closed, and the pool opens another.
async fn is_out_of_transactions(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A rollback may still be under way: the answer comes behind it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

/// The pool that apalis works on: the same connections that SeaORM uses.
#[derive(Debug, Clone)]
pub enum JobPool {
    /// The one writer connection.
    Sqlite(SqlitePool),
    /// The pool for transactions.
    Postgres(PgPool),
}

/// The database of this deployment.
#[derive(Debug, Clone)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    jobs: JobPool,
    pub(super) erased: Arc<Erased>,
}

impl Database {
    /// Opens `sqlite://path` (created when missing) or `postgres://…`.
    ///
    /// # Errors
    /// [`StorageError::Setup`] for a URL of another kind, [`StorageError::Unavailable`] when it cannot be reached.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        Self::open_waiting(url, SERVER_WAIT).await
    }

    /// As [`Self::open`], for a command beside a running server, which waits longer for its turn to write.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_for_command(url: &str) -> Result<Self, StorageError> {
        Self::open_waiting(url, COMMAND_WAIT).await
    }

    async fn open_waiting(url: &str, lock_wait: Duration) -> Result<Self, StorageError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, lock_wait).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Err(StorageError::Setup(
                "the URL must start with sqlite:// or postgres://".into(),
            ))
        }
    }

    async fn open_sqlite(url: &str, lock_wait: Duration) -> Result<Self, StorageError> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|_| StorageError::Setup("the sqlite:// URL cannot be read".into()))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Deleted rows are filled with zeros; `erase` sees to what this leaves.
            .pragma("secure_delete", "ON")
            .pragma("wal_autocheckpoint", PAGES_IN_LOG)
            .busy_timeout(lock_wait)
            .statement_cache_capacity(STATEMENTS)
            .optimize_on_close(true, None);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .after_release(|connection, _| Box::pin(is_out_of_transactions(connection)))
            .connect_with(options.clone().pragma("cache_size", WRITER_CACHE))
            .await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .connect_lazy_with(options.read_only(true).create_if_missing(false));
        Ok(Self {
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer.clone()),
            reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
            jobs: JobPool::Sqlite(writer),
            erased: Arc::new(Erased::new()),
        })
    }

    async fn open_postgres(url: &str) -> Result<Self, StorageError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StorageError::Setup("the postgres:// URL cannot be read".into()))?
            .application_name("concierge")
            .statement_cache_capacity(STATEMENTS);
        let writer = PgPoolOptions::new()
            .max_connections(POSTGRES_WRITERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_connect(|connection, _| Box::pin(async move { connection.execute(PLAN_BY_INDEX).await.map(drop) }))
            .connect_with(options.clone())
            .await?;
        let reader = PgPoolOptions::new()
            .max_connections(POSTGRES_READERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_lazy_with(options);
        Ok(Self {
            writer: SqlxPostgresConnector::from_sqlx_postgres_pool(writer.clone()),
            reader: SqlxPostgresConnector::from_sqlx_postgres_pool(reader),
            jobs: JobPool::Postgres(writer),
            erased: Arc::new(Erased::new()),
        })
    }

    /// Brings our own tables up to date. Callers use [`crate::jobs::migrate`], which does the job tables first.
    ///
    /// # Errors
    /// As [`Self::check_schema_version`], else what the database answers.
    pub async fn migrate_tables(&self) -> Result<(), StorageError> {
        self.check_schema_version().await?;
        Ok(schema_version::apply_missing(&self.writer, &migrations::Migrator::migrations()).await?)
    }

    /// A later release may have taken the schema further; as long as it only added, this one goes on.
    ///
    /// # Errors
    /// [`StorageError::Setup`] when this release can no longer read it.
    pub async fn check_schema_version(&self) -> Result<(), StorageError> {
        match schema_version::too_new(&self.writer).await? {
            None => Ok(()),
            Some(found) => Err(StorageError::Setup(format!(
                "a later release wrote it (schema {}, readable from schema {} on; this release writes {}). Start that \
                 release, or restore a backup",
                found.version,
                found.readable_from,
                schema_version::CURRENT
            ))),
        }
    }

    /// Whether a table is there: a copy of an earlier release lacks what later ones added.
    pub(crate) async fn has_table(&self, table: &str) -> Result<bool, StorageError> {
        Ok(SchemaManager::new(&self.reader).has_table(table).await?)
    }

    /// The names of our own migrations, the oldest first.
    #[must_use]
    pub fn migration_names() -> Vec<String> {
        let known = migrations::Migrator::migrations();
        known.iter().map(|migration| migration.name().to_owned()).collect()
    }

    /// Starts a write transaction.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when no connection is free in time.
    pub async fn begin(&self) -> Result<Transaction, StorageError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        if self.backend() != DatabaseBackend::Postgres {
            return Ok(self.writer.begin_with_options(options).await?);
        }
        // sqlx 0.9 forgets a BEGIN whose caller goes away before the answer: the connection would return to the pool inside the
        // transaction, and the next single statement on it would never be committed. A task of its own always hears the answer; the
        // transaction that nobody takes is dropped there, which rolls back.
        // https://docs.rs/sqlx-postgres/0.9.0/src/sqlx_postgres/transaction.rs.html
        let writer = self.writer.clone();
        match tokio::spawn(async move { writer.begin_with_options(options).await }).await {
            Ok(begun) => Ok(begun?),
            Err(stopped) => Err(DbErr::Conn(RuntimeErr::Internal(stopped.to_string())).into()),
        }
    }

    /// For single reads outside a transaction.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For single reads beside the work on replies: pages must not keep them waiting, nor SQLite's one writer.
    #[must_use]
    pub fn pipeline_reader(&self) -> &DatabaseConnection {
        match &self.jobs {
            JobPool::Sqlite(_) => &self.reader,
            JobPool::Postgres(_) => &self.writer,
        }
    }

    /// For single statements that need no transaction.
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> DatabaseBackend {
        self.writer.get_database_backend()
    }

    /// The pool for apalis.
    #[must_use]
    pub fn job_pool(&self) -> &JobPool {
        &self.jobs
    }

    /// Closes every connection once the work in hand is done.
    pub async fn close(&self) {
        self.erase_at_the_end().await;
        // Readers first: SQLite tidies its files up when the last connection, the writer's, closes.
        if let Err(error) = self.reader.close_by_ref().await {
            tracing::debug!(%error, "a connection did not close well");
        }
        match &self.jobs {
            JobPool::Sqlite(pool) => pool.close().await,
            JobPool::Postgres(pool) => pool.close().await,
        }
    }
}
