//! The processes of PostgreSQL, when they run on this machine.

use std::time::Duration;

use sqlx::{Connection, PgConnection};

use crate::databases::DatabaseKind;
use crate::machine;

/// The process that started all others of the cluster; none for SQLite, and where it runs elsewhere.
#[derive(Clone, Copy)]
pub struct DatabaseProcesses(Option<u32>);

impl DatabaseProcesses {
    pub async fn of(kind: &DatabaseKind) -> Self {
        let DatabaseKind::Postgres { server } = kind else {
            return Self(None);
        };
        let mut connection = PgConnection::connect(server).await.expect("the test server answers");
        let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
            .fetch_one(&mut connection)
            .await
            .expect("it knows its process");
        let here = u32::try_from(backend)
            .ok()
            .filter(|backend| machine::is_called(*backend, "postgres"));
        Self(here.and_then(machine::parent))
    }

    /// Processor time of all of them so far.
    pub fn time(self) -> Option<Duration> {
        self.0.and_then(machine::processor_time_of_family)
    }
}
