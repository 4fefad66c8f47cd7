//! A unique text walks every path, and afterwards nobody finds it: not in a table, a file, a log line or a metric.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sandbox::{DmKind, Edge, FaultKind, FaultSpec};
use sqlx::{AssertSqlSafe, Row};
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use engine::storage::{JobPool, sql};

use crate::support::{TestDatabase, for_each_database};
use crate::world::{World, days, minutes, seconds};

const SAID: &str = "zq7canarysaid";
const ANSWERED: &str = "zq7canaryanswered";
const WRITTEN: &str = "zq7canaryhuman";

/// Words of their own: searching for them is logged while the other story listens.
const LEAKED_TEXT: &str = "zq7leakedtext";
const LEAKED_BYTES: &str = "zq7leakedbytes";

static LISTENING: AtomicBool = AtomicBool::new(false);
static OVERHEARD: LazyLock<Overheard> = LazyLock::new(Overheard::start);

/// Everything the process logs while [`LISTENING`], at TRACE, every span with its fields, and all metrics.
struct Overheard {
    log: Arc<Mutex<Vec<u8>>>,
    metrics: PrometheusHandle,
}

#[derive(Clone)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Overheard {
    fn start() -> Self {
        let log = Log(Arc::default());
        let writer = log.clone();
        // The sandbox plays Meta and knows every word; it is left out by name.
        let ours =
            dynamic_filter_fn(|event, _| LISTENING.load(Ordering::Relaxed) && !event.target().starts_with("sandbox"));
        tracing_subscriber::registry()
            .with(
                fmt::layer()
                    .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
                    .with_ansi(false)
                    .with_writer(move || writer.clone())
                    .with_filter(ours),
            )
            .init();
        let metrics = PrometheusBuilder::new().install_recorder().unwrap();
        Self { log: log.0, metrics }
    }

    /// The lines of the log and of the metrics in which the word stands.
    fn heard(&self, word: &str) -> Vec<String> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let all = String::from_utf8_lossy(&log).into_owned() + &self.metrics.render();
        all.lines()
            .filter(|line| line.contains(word))
            .take(3)
            .map(str::to_owned)
            .collect()
    }
}

fn holds(haystack: &[u8], word: &str) -> bool {
    haystack.windows(word.len()).any(|window| window == word.as_bytes())
}

/// Tables in which the word stands, as text or as bytes.
async fn tables_with(world: &World, word: &str) -> Vec<String> {
    let hex = word.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut found = Vec::new();
    match world.database.job_pool() {
        JobPool::Sqlite(pool) => {
            let tables = sqlx::query("SELECT name FROM sqlite_schema WHERE type = 'table'")
                .fetch_all(pool)
                .await
                .unwrap();
            for table in tables.iter().map(|row| row.get::<String, _>(0)) {
                let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                for column in sqlx::query(AssertSqlSafe(columns)).fetch_all(pool).await.unwrap() {
                    let column: String = column.get(0);
                    let text = format!(
                        "SELECT COUNT(*) FROM \"{table}\" WHERE instr(lower(hex(CAST(\"{column}\" AS BLOB))), '{hex}') > 0"
                    );
                    let count: i64 = sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(pool).await.unwrap();
                    found.extend((count > 0).then(|| format!("{table}.{column}")));
                }
            }
        }
        JobPool::Postgres(pool) => {
            let text = "SELECT schemaname || '.' || quote_ident(tablename) FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
            for table in sqlx::query(text).fetch_all(pool).await.unwrap() {
                let table: String = table.get(0);
                let text = format!(
                    "SELECT COUNT(*) FROM {table} t WHERE t::text LIKE '%{word}%' OR t::text LIKE '%{hex}%'
                    OR encode(convert_to(t::text, 'UTF8'), 'hex') LIKE '%{hex}%'"
                );
                let count: i64 = sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(pool).await.unwrap();
                found.extend((count > 0).then_some(table));
            }
        }
    }
    found
}

/// Whether the word stands in the database file or beside it, in the write-ahead log.
fn files_hold(database: &TestDatabase, word: &str) -> bool {
    let Some(path) = database.url.strip_prefix("sqlite://") else {
        return false;
    };
    let folder = Path::new(path).parent().unwrap();
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| holds(&bytes, word))
}

fn paths() -> Vec<Option<FaultSpec>> {
    vec![
        None,
        Some(FaultKind::CutBefore.into()),
        Some(FaultKind::CutAfter.into()),
        Some(FaultSpec::from(FaultKind::ServerError { http_status: 500 }).edge(Edge::Send)),
        Some(FaultKind::AcceptedWithError.into()),
        Some(FaultKind::OutsideWindow.into()),
        Some(FaultKind::RecipientUnavailable { no_messages: false }.into()),
        Some(FaultKind::NotThreadOwner.into()),
        Some(FaultSpec::from(FaultKind::Error {
            http_status: 400,
            code: 100,
            subcode: None,
            is_transient: None,
        })),
        Some(
            FaultKind::RateLimit {
                code: 613,
                regain_minutes: 1,
            }
            .into(),
        ),
        Some(FaultSpec::from(FaultKind::TokenExpired).edge(Edge::Send)),
        Some(FaultSpec::from(FaultKind::UnknownError).edge(Edge::Conversations)),
        Some(FaultKind::MessagesAccessOff.into()),
        Some(FaultKind::PolicyBlock { restricted: false }.into()),
    ]
}

async fn walk_every_path(world: &World) {
    world.grant(world.tenant, 1_000).await;
    world.rule("Canary", &[SAID], ANSWERED).await;
    for (number, path) in paths().into_iter().enumerate() {
        if let Some(fault) = path {
            world.meta().fault(fault.times(1));
        }
        world.dm_from(&format!("guest {number}"), SAID);
        world.deliver().await;
        world.work().await;
    }
    let tap = world.element("postback", serde_json::json!({ "title": SAID, "payload": SAID }));
    world.receive(&world.delivery(&[tap])).await;
    let garbage = format!("{{\"object\": \"instagram\", \"entry\": [{{\"id\": \"1\", \"messaging\": [\"{SAID}\"");
    world.receive(garbage.as_bytes()).await;
    world.dm_of_kind(DmKind::StoryReply, SAID);
    world.deliver().await;
    world.pass(seconds(1));
    world.human_reply(WRITTEN);
    world.deliver().await;
    let unsent = world.dm_from("regrets", SAID);
    world.meta().unsend(&unsent).unwrap();
    world.deliver().await;
    world.work().await;
    assert!(world.replies().iter().any(|text| text == ANSWERED));
    world.wait_in_steps(minutes(3), seconds(20)).await;
    world.wait_in_steps(days(2), minutes(600)).await;
}

/// Rules and their history hold what the admin wrote: its keyword and its answer.
fn is_admins_text(table: &str) -> bool {
    table.contains("rules") || table.contains("reply_config_changes")
}

#[tokio::test]
async fn no_word_of_anybody_is_left_anywhere() {
    let overheard = &*OVERHEARD;
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        LISTENING.store(true, Ordering::SeqCst);
        walk_every_path(&world).await;
        // The search itself names the words.
        LISTENING.store(false, Ordering::SeqCst);
        for word in [SAID, WRITTEN] {
            let mut tables = tables_with(&world, word).await;
            tables.retain(|table| word != SAID || !is_admins_text(table));
            assert_eq!(tables, Vec::<String>::new(), "{word}");
        }
        let tables: Vec<_> = tables_with(&world, ANSWERED)
            .await
            .into_iter()
            .filter(|table| !is_admins_text(table))
            .collect();
        assert_eq!(
            tables,
            Vec::<String>::new(),
            "the answer stands in the admin's rule only"
        );
        assert!(!files_hold(&database, WRITTEN));
        assert!(
            holds(&overheard.log.lock().unwrap(), "an account changed its state"),
            "the log was really heard"
        );
        for span in ["pipeline.reply{", "reply.id=", "meta.call{", "meta.edge="] {
            assert!(holds(&overheard.log.lock().unwrap(), span), "{span} was really heard");
        }
        assert!(
            overheard.metrics.render().contains("concierge_replies_total"),
            "the metrics were really read"
        );
        for word in [SAID, ANSWERED, WRITTEN] {
            assert_eq!(
                overheard.heard(word),
                Vec::<String>::new(),
                "{word} was logged or measured"
            );
        }
        world.audit().await;
    })
    .await;
}

#[tokio::test]
async fn the_search_finds_a_word_that_should_not_be_there() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        world.dm("hello");
        world.deliver().await;
        let leak = "UPDATE messages SET kind = $1";
        sql::execute(world.database.writer(), leak, [LEAKED_TEXT.into()])
            .await
            .unwrap();
        let bytes = "UPDATE sealed_values SET ciphertext = $1 WHERE purpose = 'inbound_body'";
        sql::execute(
            world.database.writer(),
            bytes,
            [LEAKED_BYTES.as_bytes().to_vec().into()],
        )
        .await
        .unwrap();
        let found = tables_with(&world, LEAKED_TEXT).await;
        assert!(found.len() == 1 && found[0].contains("messages"), "{found:?}");
        let found = tables_with(&world, LEAKED_BYTES).await;
        assert!(found.len() == 1 && found[0].contains("sealed_values"), "{found:?}");
        assert_eq!(files_hold(&database, LEAKED_TEXT), !database.is_postgres());
    })
    .await;
}
