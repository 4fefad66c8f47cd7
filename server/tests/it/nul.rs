//! A NUL in what a stranger sends is theirs to mend: it never looks like a database that is away.

use http::StatusCode;

use crate::shared::{TestDatabase, for_each_database};
use crate::support::World;

#[tokio::test]
async fn a_nul_is_refused_with_a_sentence_and_the_database_is_not_blamed() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut browser = world.browser();
        let answer = browser.call("/api/public/deletion", &[("code", "\0")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("a NUL"), "{}", answer.body);
        let answer = browser.call("/api/public/deletion", &[("code", "%00")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let answer = browser.get("/meta/data-deletion/%00").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    })
    .await;
}
