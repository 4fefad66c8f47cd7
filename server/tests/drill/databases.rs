//! A new database for each drill: a file, or one on the PostgreSQL server of the tests.
#![allow(dead_code, reason = "the drill and the benchmarks each use their own part")]
#![allow(
    clippy::allow_attributes,
    reason = "an unused part is expected in some binaries only"
)]

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use url::Url;

/// Which database, and where PostgreSQL is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseKind {
    Sqlite,
    Postgres { server: String },
}

impl DatabaseKind {
    /// SQLite always; PostgreSQL when `CONCIERGE_TEST_POSTGRES_URL` names a superuser (`scripts/with-postgres.sh`).
    pub fn all() -> Vec<Self> {
        [Some(Self::Sqlite), Self::postgres()].into_iter().flatten().collect()
    }

    pub fn postgres() -> Option<Self> {
        let server = std::env::var("CONCIERGE_TEST_POSTGRES_URL")
            .ok()
            .filter(|url| !url.is_empty())?;
        Some(Self::Postgres { server })
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// What [`super::deployment::Deployment::new`] takes.
    pub async fn create(&self) -> String {
        let Self::Postgres { server } = self else {
            return "sqlite".to_owned();
        };
        let name = format!("concierge_drill_{}", uuid::Uuid::new_v4().simple());
        run(server, format!("CREATE DATABASE {name}")).await;
        let mut url = Url::parse(server).expect("CONCIERGE_TEST_POSTGRES_URL is a URL");
        url.set_path(&name);
        url.to_string()
    }

    /// Removes what [`Self::create`] made; a file goes with its folder.
    pub async fn drop(&self, url: &str) {
        if let Self::Postgres { server } = self {
            let url = Url::parse(url).expect("a URL");
            run(
                server,
                format!("DROP DATABASE {} WITH (FORCE)", url.path().trim_start_matches('/')),
            )
            .await;
        }
    }
}

async fn run(server: &str, text: String) {
    let mut admin = PgConnection::connect(server).await.expect("the test server answers");
    admin
        .execute(AssertSqlSafe(text))
        .await
        .expect("the test server lets us make databases");
}
