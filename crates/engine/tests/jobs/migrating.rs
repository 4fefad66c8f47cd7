//! Migrating: complete, repeatable, by several processes at once.

use engine::jobs;
use engine::storage::{Database, sql};
use sea_orm::FromQueryResult;

use crate::support::{TestDatabases, for_each_database};

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

#[tokio::test]
async fn a_migrated_database_has_nothing_pending() {
    for_each_database(|database| async move {
        assert!(!jobs::pending_migrations(&database).await.unwrap(), "{}", database.kind);
        jobs::migrate(&database).await.unwrap();
        jobs::check_indices(&database).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_has_migrations_pending() {
    let folder = tempfile::TempDir::new().unwrap();
    let database = Database::open(&format!("sqlite://{}", folder.path().join("new.db").display()))
        .await
        .unwrap();
    assert!(jobs::pending_migrations(&database).await.unwrap());
}

#[tokio::test]
async fn processes_that_start_together_migrate_once() {
    for_each_database(|database| async move {
        if !database.is_postgres() {
            return;
        }
        let undo = "DROP SCHEMA apalis CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public";
        for statement in undo.split("; ") {
            database.execute(statement, []).await;
        }
        assert!(jobs::pending_migrations(&database).await.unwrap());
        let others = [database.open_again().await, database.open_again().await];
        let all = tokio::join!(
            jobs::migrate(&database),
            jobs::migrate(&others[0]),
            jobs::migrate(&others[1])
        );
        all.0.unwrap();
        all.1.unwrap();
        all.2.unwrap();
        assert!(!jobs::pending_migrations(&database).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn indices_that_mislead_sqlite_are_gone_and_dropped_again() {
    let database = TestDatabases::sqlite().await;
    let misleading = [
        "LIdx",
        "idx_jobs_status_run_at",
        "idx_jobs_job_type_status_run_at",
        "idx_jobs_claimable",
    ];
    let indices = || async {
        let text = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'Jobs'";
        let rows: Vec<Named> = sql::all(database.reader(), text, []).await.unwrap();
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    let found = indices().await;
    assert!(
        found.iter().all(|name| !misleading.contains(&name.as_str())),
        "{found:?}"
    );
    assert!(
        found.iter().any(|name| name == "idx_jobs_pending"),
        "apalis fetches by this index: {found:?}"
    );

    database.execute("CREATE INDEX LIdx ON Jobs (lock_by)", []).await;
    jobs::check_indices(&database).await.unwrap();
    assert!(!indices().await.contains(&"LIdx".to_owned()));
}

#[tokio::test]
async fn the_notification_that_serialises_commits_on_postgres_is_gone() {
    for_each_database(|database| async move {
        if !database.is_postgres() {
            return;
        }
        let triggers = "pg_trigger WHERE tgrelid = 'apalis.jobs'::regclass AND NOT tgisinternal";
        assert_eq!(database.count(triggers).await, 0);
        let brought_back = "CREATE TRIGGER notify_workers AFTER INSERT ON apalis.jobs
            FOR EACH ROW EXECUTE FUNCTION apalis.notify_new_jobs()";
        database.execute(brought_back, []).await;
        jobs::check_indices(&database).await.unwrap();
        assert_eq!(database.count(triggers).await, 0);
    })
    .await;
}
