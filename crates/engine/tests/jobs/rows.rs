//! Looks at, and meddles with, the tables of apalis.

use domain::ids::ReplyId;
use domain::time::Timestamp;
use engine::jobs::queue::enqueue as enqueue_in;
use engine::jobs::{Job, SendReply};
use engine::storage::{Database, sql};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::support::TestDatabase;

pub const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

/// A job for a reply that exists only as an id: enough for workers.
pub fn some_job() -> SendReply {
    SendReply {
        reply: ReplyId::from_uuid(Uuid::now_v7()),
        job_no: 1,
    }
}

/// Enqueues and commits.
pub async fn enqueue(database: &Database, due: &[SendReply]) {
    let tx = database.begin().await.unwrap();
    enqueue_in(&tx, due, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

#[derive(FromQueryResult)]
struct Text {
    text: String,
}

impl TestDatabase {
    /// What apalis calls its table of jobs here.
    pub fn jobs_table(&self) -> &'static str {
        if self.is_postgres() { "apalis.jobs" } else { "Jobs" }
    }

    /// An instant of the database's clock, `seconds` ago.
    pub fn ago(&self, seconds: i64) -> String {
        if self.is_postgres() {
            format!("now() - interval '{seconds} seconds'")
        } else {
            format!("CAST(strftime('%s', 'now') AS INTEGER) - {seconds}")
        }
    }

    /// The status of the job under that key, if it exists.
    pub async fn status_of(&self, job: &SendReply) -> Option<String> {
        let text = format!(
            "SELECT status AS text FROM {} WHERE idempotency_key = $1",
            self.jobs_table()
        );
        let row: Option<Text> = sql::optional(self.reader(), text, [job.key().into()]).await.unwrap();
        row.map(|row| row.text)
    }

    /// Waits until every one of `jobs` has that status.
    pub async fn until_all(&self, jobs: &[SendReply], status: &str) {
        for job in jobs {
            let what = format!("{}: {} becomes {status}", self.kind, job.key());
            let reached = async || (self.status_of(job).await.as_deref() == Some(status)).then_some(());
            crate::support::eventually(&what, reached).await;
        }
    }

    /// How many workers ever registered.
    pub async fn workers(&self) -> i64 {
        let table = if self.is_postgres() {
            "apalis.workers"
        } else {
            "Workers"
        };
        self.count(table).await
    }
}
