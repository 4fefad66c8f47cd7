//! Sessions: found by a hash, ended for good, sixty days at most.

use std::time::Duration;

use domain::time::Timestamp;
use engine::identity::{LONGEST_SESSION, SessionRows};
use engine::storage::sql;
use sea_orm::FromQueryResult;
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};

use crate::world::{NOON, an_owner, tell_with};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(FromQueryResult)]
struct Stored {
    id_hash: Vec<u8>,
    data: String,
}

fn record(id: i128, expires: Timestamp) -> Record {
    let nanos = i128::from(expires.as_millis()) * 1_000_000;
    let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap();
    let data = [("who".to_owned(), serde_json::json!("mina"))].into();
    Record {
        id: Id(id),
        data,
        expiry_date,
    }
}

#[tokio::test]
async fn only_the_hash_of_a_session_id_is_stored() {
    tell_with(an_owner, async |world| {
        let sessions = SessionRows::new(&world.database, world.shared_clock());
        let mut session = record(123_456_789, NOON + DAY);
        sessions.create(&mut session).await.unwrap();
        assert_eq!(sessions.load(&session.id).await.unwrap().unwrap().data, session.data);

        let stored: Vec<Stored> = sql::all(world.database.reader(), "SELECT id_hash, data FROM sessions", [])
            .await
            .unwrap();
        assert_eq!(stored[0].id_hash.len(), 32);
        assert!(!stored[0].data.contains(&session.id.to_string()) && !stored[0].data.contains("123456789"));
    })
    .await;
}

#[tokio::test]
async fn a_taken_id_is_never_shared() {
    tell_with(an_owner, async |world| {
        let sessions = SessionRows::new(&world.database, world.shared_clock());
        let (mut first, mut second) = (record(7, NOON + DAY), record(7, NOON + DAY));
        second.data.clear();
        sessions.create(&mut first).await.unwrap();
        sessions.create(&mut second).await.unwrap();
        assert_ne!(first.id, second.id);
        assert_eq!(sessions.load(&first.id).await.unwrap().unwrap().data.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_ended_session_stays_ended_and_expired_ones_are_swept() {
    tell_with(an_owner, async |world| {
        let sessions = SessionRows::new(&world.database, world.shared_clock());
        let mut session = record(1, NOON + DAY);
        sessions.create(&mut session).await.unwrap();
        sessions.delete(&session.id).await.unwrap();
        sessions.save(&session).await.unwrap();
        assert!(
            sessions.load(&session.id).await.unwrap().is_none(),
            "a late save does not bring it back"
        );

        let mut short = record(2, NOON + DAY);
        sessions.create(&mut short).await.unwrap();
        world.pass(DAY);
        assert!(sessions.load(&short.id).await.unwrap().is_none());
        assert_eq!(sessions.purge_expired().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn no_session_outlives_sixty_days_however_busy() {
    tell_with(an_owner, async |world| {
        let sessions = SessionRows::new(&world.database, world.shared_clock());
        let mut session = record(1, NOON + DAY * 14);
        sessions.create(&mut session).await.unwrap();
        for fortnight in 1..=4_u32 {
            world.pass(DAY * 13);
            let later = record(1, NOON + DAY * (fortnight * 13 + 14));
            sessions.save(&later).await.unwrap();
        }
        let loaded = sessions.load(&session.id).await.unwrap().expect("52 days old");
        let nanos = i128::from((NOON + LONGEST_SESSION).as_millis()) * 1_000_000;
        assert_eq!(loaded.expiry_date.unix_timestamp_nanos(), nanos);
        world.pass(DAY * 8);
        assert!(sessions.load(&session.id).await.unwrap().is_none());
    })
    .await;
}
