//! What a supervisor reads.

use std::sync::atomic::Ordering;

use server::http::router;
use server::http::routes::health::Readiness;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::{Browser, World};

#[tokio::test]
async fn ready_means_database_schema_and_workers() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut browser = world.browser();
        assert_eq!(browser.get("/healthz").await.status, 200);
        assert_eq!(browser.get("/readyz").await.status, 200);
        let meta = browser.get("/readyz").await.json()["meta"].clone();
        assert_eq!(meta, "takes replies");
        world.workers.store(false, Ordering::Relaxed);
        let answer = browser.get("/readyz").await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["workers"].as_str()),
            (503, Some("down"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_process_whose_database_is_away_is_up_but_not_ready() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    database.close().await;
    let mut browser = world.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(browser.get("/readyz").await.status, 503);
}

#[tokio::test]
async fn a_worker_serves_nothing_but_its_health() {
    let database = TestDatabases::sqlite().await;
    let router = router::worker(Readiness::new(&database, None));
    let mut browser = Browser::new(&router, "http://127.0.0.1:3000");
    assert_eq!(browser.get("/readyz").await.status, 200);
    for path in ["/", "/login", "/admin", "/webhook/instagram"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}
