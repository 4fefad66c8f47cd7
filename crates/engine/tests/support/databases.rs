//! One fresh, migrated database per test and per kind.

use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;

use engine::jobs;
use engine::storage::Database;
use tempfile::TempDir;

use super::template;

/// A migrated, empty database; clones share it. Derefs to [`Database`].
#[derive(Debug, Clone)]
pub struct TestDatabase {
    /// `sqlite` or `postgres`, for messages of assertions.
    pub kind: &'static str,
    /// To open it again, as another process would.
    pub url: String,
    database: Database,
    folder: Option<Arc<TempDir>>,
}

impl Deref for TestDatabase {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

impl TestDatabase {
    /// The handle itself, where one is moved or stored.
    pub fn handle(&self) -> Database {
        self.database.clone()
    }

    /// Whether it is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.kind == "postgres"
    }

    /// A second, independent handle, as another server of the same deployment has one (PostgreSQL), or the same server after
    /// a restart.
    pub async fn open_again(&self) -> Database {
        Database::open(&self.url)
            .await
            .expect("the database opens a second time")
    }
}

/// Makes [`TestDatabase`]s.
#[derive(Debug, Clone, Copy)]
pub struct TestDatabases;

impl TestDatabases {
    /// A new SQLite file in a folder of its own, which goes away with the last clone.
    pub async fn sqlite() -> TestDatabase {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("concierge.db").display());
        let database = Database::open(&url).await.expect("SQLite opens");
        jobs::migrate(&database).await.expect("SQLite is migrated");
        TestDatabase {
            kind: "sqlite",
            url,
            database,
            folder: Some(Arc::new(folder)),
        }
    }

    /// A copy of the migrated template, or `None` when no server is configured.
    pub async fn postgres() -> Option<TestDatabase> {
        let url = template::clone_of(&postgres_server()?).await;
        let database = Database::open(&url).await.expect("PostgreSQL opens");
        Some(TestDatabase {
            kind: "postgres",
            url,
            database,
            folder: None,
        })
    }
}

fn postgres_server() -> Option<String> {
    let server = std::env::var("CONCIERGE_TEST_POSTGRES_URL").ok();
    server.filter(|url| !url.is_empty())
}

/// Tells `story` on a database of each kind that has no table yet.
pub async fn empty_databases(story: impl AsyncFn(Database)) {
    let folder = TempDir::new().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("concierge.db").display());
    let sqlite = Database::open(&url).await.expect("SQLite opens");
    story(sqlite.clone()).await;
    sqlite.close().await;
    if let Some(server) = postgres_server() {
        let url = template::empty_on(&server).await;
        let postgres = Database::open(&url).await.expect("PostgreSQL opens");
        story(postgres.clone()).await;
        postgres.close().await;
        template::drop_database(&url).await;
    }
}

/// Tells `story` on a fresh database of each kind, one after the other.
pub async fn for_each_database<F, Fut>(story: F)
where
    F: Fn(TestDatabase) -> Fut,
    Fut: Future<Output = ()>,
{
    let sqlite = TestDatabases::sqlite().await;
    story(sqlite.clone()).await;
    sqlite.close().await;
    if let Some(postgres) = TestDatabases::postgres().await {
        story(postgres.clone()).await;
        postgres.close().await;
        template::drop_database(&postgres.url).await;
    }
}
