//! PostgreSQL databases cloned from one that was migrated once: a copy takes milliseconds, the migrations a second.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use engine::jobs;
use engine::storage::Database;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use url::Url;

/// Creating the template and copying it exclude each other across test binaries.
const LOCK: i64 = 0x7465_6d70_6c61_7465;

/// The URL of a new copy of the template on `server`.
pub async fn clone_of(server: &str) -> String {
    let mut admin = PgConnection::connect(server).await.expect("the test server answers");
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(LOCK)
        .execute(&mut admin)
        .await
        .expect("the lock");
    let template = format!("concierge_template_{:016x}", fingerprint());
    if !exists(&mut admin, &template).await {
        create_template(&mut admin, server, &template).await;
    }
    let name = format!("concierge_test_{}", uuid::Uuid::new_v4().simple());
    run(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    admin.close().await.expect("the admin connection closes");
    with_name(server, &name)
}

/// The URL of a new database on `server` without any table.
pub async fn empty_on(server: &str) -> String {
    let mut admin = PgConnection::connect(server).await.expect("the test server answers");
    let name = format!("concierge_test_{}", uuid::Uuid::new_v4().simple());
    run(&mut admin, format!("CREATE DATABASE {name}")).await;
    admin.close().await.expect("the admin connection closes");
    with_name(server, &name)
}

/// Removes a database that [`clone_of`] made.
pub async fn drop_database(url: &str) {
    let name = Url::parse(url)
        .expect("a URL")
        .path()
        .trim_start_matches('/')
        .to_owned();
    let mut admin = PgConnection::connect(&with_name(url, "postgres"))
        .await
        .expect("the test server answers");
    run(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

async fn create_template(admin: &mut PgConnection, server: &str, template: &str) {
    let unfinished = format!("{template}_new");
    run(admin, format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
    run(admin, format!("CREATE DATABASE {unfinished}")).await;
    let database = Database::open(&with_name(server, &unfinished))
        .await
        .expect("the template opens");
    jobs::migrate(&database).await.expect("PostgreSQL is migrated");
    database.close().await;
    run(admin, format!("ALTER DATABASE {unfinished} RENAME TO {template}")).await;
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    let found = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(name)
        .fetch_optional(admin)
        .await;
    found.expect("the catalogue answers").is_some()
}

async fn run(admin: &mut PgConnection, sql: String) {
    admin
        .execute(AssertSqlSafe(sql.clone()))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn with_name(url: &str, name: &str) -> String {
    let mut url = Url::parse(url).expect("CONCIERGE_TEST_POSTGRES_URL is a URL");
    url.set_path(name);
    url.to_string()
}

/// Changes with everything that changes the schema, so that a server that outlives a test run never serves an old template.
fn fingerprint() -> u64 {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_root = |folder: &&Path| folder.join("Cargo.lock").is_file();
    let root = crate_folder.ancestors().find(is_root).expect("the workspace");
    let mut hasher = DefaultHasher::new();
    for place in ["migrations/src", "crates/engine/src/jobs/migrate.rs", "Cargo.lock"] {
        hash_files(&root.join(place), &mut hasher);
    }
    hasher.finish()
}

fn hash_files(path: &Path, hasher: &mut DefaultHasher) {
    if path.is_file() {
        std::fs::read(path).expect("a readable source").hash(hasher);
        return;
    }
    let mut entries: Vec<_> = std::fs::read_dir(path)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    entries.iter().for_each(|entry| hash_files(entry, hasher));
}
