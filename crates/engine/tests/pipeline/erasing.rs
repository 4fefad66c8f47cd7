//! What was destroyed cannot be read back from the database's files, with the key in hand.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use domain::ids::TenantId;
use domain::views::AccountData;
use engine::identity::Actor;
use engine::memory;
use engine::vault::store::{self, PlacedSeal};
use engine::vault::{DigestKey, KeyRing, SealedPurpose, Vault, generate_key};
use sea_orm::ConnectionTrait as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};
use uuid::Uuid;

use crate::support::{TestDatabase, TestDatabases, for_each_database, seeds};
use crate::world::{MORNING, NONCE, Nonces, Setup, World, erase, files_of, sealed_now};

#[tokio::test]
async fn nothing_that_was_destroyed_opens_while_running_or_after_a_stop() {
    for_each_database(|database| async move {
        let world = World::open(database.clone(), Setup::default()).await;
        world.grant_credits(1_000).await;
        let tokens = Nonces::of(sealed_now(&database).await);
        world.channel.watch(&database);
        for round in 0..6 {
            for guest in 0..40 {
                let words = format!(
                    "how much is it? {}",
                    "please ".repeat(1 + (round * 7 + guest * 5) % 120)
                );
                world.customer_writes_as(&format!("guest {round} {guest}"), &words);
            }
            world.deliver().await;
            world.work().await;
        }
        assert_eq!(world.replies().len(), 240);
        let seen = world.channel.seen();
        assert!(seen.len() >= 240, "{}", seen.len());
        let words = Nonces::of(seen.into_iter().filter(|value| !tokens.whole.contains(&value[..NONCE])));

        assert!(database.has_remains());
        erase(&database).await;
        let files = files_of(&database).await;
        assert_eq!(words.found_in(&files), 0, "{} while it runs", database.kind);
        assert_eq!(
            tokens.found_in(&files),
            tokens.whole.len(),
            "the search finds what is there"
        );

        world.customer_writes_as("one more", "are you there?");
        world.deliver().await;
        world.work().await;
        let last = Nonces::of(
            world
                .channel
                .seen()
                .into_iter()
                .filter(|value| !tokens.whole.contains(&value[..NONCE]) && !words.whole.contains(&value[..NONCE])),
        );
        assert!(!last.whole.is_empty());
        world.audit().await;
        database.close().await;
        let files = files_of(&database).await;
        assert_eq!(
            words.found_in(&files) + last.found_in(&files),
            0,
            "{} after a stop",
            database.kind
        );
    })
    .await;
}

/// Turns live longer than replies, and end in ways of their own.
#[tokio::test]
async fn nothing_that_was_remembered_opens_after_it_was_wiped() {
    for_each_database(|database| async move {
        let world = World::open(database.clone(), Setup::default()).await;
        world.grant_credits(1_000).await;
        let before: HashSet<Vec<u8>> = sealed_now(&database).await.into_iter().collect();
        let mut remembered = Vec::new();
        for way in 0..4 {
            world.switch_memory(true).await;
            let mut mids = Vec::new();
            for guest in 0..20 {
                let words = format!("how much is it? {}", "please ".repeat(1 + guest * 5));
                mids.push(world.customer_writes_as(&format!("guest {way} {guest}"), &words));
            }
            world.deliver().await;
            world.work().await;
            let turns = sealed_now(&database)
                .await
                .into_iter()
                .filter(|value| !before.contains(value));
            remembered.extend(turns);
            match way {
                0 => world.switch_memory(false).await,
                1 => {
                    for mid in mids {
                        world.meta().unsend(&mid).unwrap();
                    }
                    world.deliver().await;
                }
                2 => {
                    world.pass(Duration::from_secs(7 * 3_600));
                    assert_eq!(memory::wipe_old(&database, world.now()).await.unwrap(), 40);
                }
                _ => {
                    let connections = world.engine.connections();
                    let (data, actor) = (AccountData::Keep, Actor::Command);
                    connections
                        .disconnect(world.tenant, world.account, data, actor)
                        .await
                        .unwrap();
                }
            }
            assert_eq!(world.remembered().await, 0, "way {way}");
        }
        assert_eq!(remembered.len(), 160, "two turns of each of twenty guests, four times");
        erase(&database).await;
        let gone = Nonces::of(remembered);
        assert_eq!(gone.found_in(&files_of(&database).await), 0, "{}", database.kind);
        world.audit().await;
    })
    .await;
}

#[tokio::test]
async fn copies_that_rows_leave_when_they_move_between_pages_are_erased() {
    for_each_database(|database| async move {
        let tenant = seeds::tenant(&database, MORNING).await.tenant;
        let vault = Vault::new(KeyRing::parse(&generate_key("story")).unwrap(), DigestKey::random());
        let mut open = Vec::new();
        let mut destroyed = Vec::new();
        for round in 0..150_usize {
            let seals: Vec<_> = (0..12)
                .map(|row| seal(&vault, tenant, (round * 37 + row * 53) % 2_600))
                .collect();
            store::insert_many(database.writer(), &seals, MORNING).await.unwrap();
            open.extend(seals);
            if round % 50 == 25 {
                // PostgreSQL does so by itself, at moments of its own, and keeps samples of what it reads.
                database.writer().execute_unprepared("ANALYZE").await.unwrap();
            }
            while open.len() > 90 {
                let gone = open.swap_remove((round * 31 + open.len() * 17) % open.len());
                store::destroy(database.writer(), gone.owner).await.unwrap();
                destroyed.push(gone.sealed.ciphertext);
            }
        }
        let gone = Nonces::of(destroyed);
        assert!(
            gone.found_in(&files_of(&database).await) > 0,
            "the log or dead rows hold some"
        );
        erase(&database).await;
        let files = files_of(&database).await;
        assert_eq!(gone.found_in(&files), 0, "{}", database.kind);
        let open = Nonces::of(open.into_iter().map(|seal| seal.sealed.ciphertext));
        assert_eq!(open.found_in(&files), open.whole.len(), "what is open stays");
    })
    .await;
}

fn seal(vault: &Vault, tenant: TenantId, length: usize) -> PlacedSeal {
    let (owner, purpose) = (Uuid::now_v7(), SealedPurpose::InboundBody);
    PlacedSeal {
        owner,
        purpose,
        tenant,
        sealed: vault.seal(purpose, tenant, owner, &vec![b'x'; length]).unwrap(),
    }
}

/// Somebody who reads for long, such as a backup.
enum SlowReader {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl SlowReader {
    async fn of(database: &TestDatabase) -> Self {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT COUNT(*) FROM sealed_values";
        match database.url.strip_prefix("sqlite://") {
            Some(path) => {
                let options = SqliteConnectOptions::new().filename(path);
                let mut connection = options.connect().await.unwrap();
                connection.execute("BEGIN").await.unwrap();
                connection.execute("SELECT COUNT(*) FROM sealed_values").await.unwrap();
                Self::Sqlite(connection)
            }
            None => {
                let mut connection = PgConnection::connect(&database.url).await.unwrap();
                connection.execute(begin).await.unwrap();
                Self::Postgres(connection)
            }
        }
    }

    async fn stop(self) {
        match self {
            Self::Sqlite(connection) => connection.close().await.unwrap(),
            Self::Postgres(connection) => connection.close().await.unwrap(),
        }
    }
}

#[tokio::test]
async fn a_slow_reader_holds_nobody_up_and_the_next_beat_erases() {
    for_each_database(|database| async move {
        let tenant = seeds::tenant(&database, MORNING).await.tenant;
        let vault = Vault::new(KeyRing::parse(&generate_key("story")).unwrap(), DigestKey::random());
        let gone = seal(&vault, tenant, 100);
        store::insert_many(database.writer(), std::slice::from_ref(&gone), MORNING)
            .await
            .unwrap();
        let reader = SlowReader::of(&database).await;
        store::destroy(database.writer(), gone.owner).await.unwrap();
        let started = Instant::now();
        let erased = database.erase_remains().await;
        assert!(!matches!(erased, Ok(true)), "{}: {erased:?}", database.kind);
        assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
        assert!(database.has_remains());
        reader.stop().await;
        erase(&database).await;
        let gone = Nonces::of([gone.sealed.ciphertext]);
        assert_eq!(gone.found_in(&files_of(&database).await), 0);
    })
    .await;
}

/// An older transaction may still read what a deletion takes away that is committed while the erasure waits for it.
#[tokio::test]
async fn what_an_older_transaction_may_read_is_not_called_erased() {
    let Some(database) = TestDatabases::postgres().await else {
        return;
    };
    let tenant = seeds::tenant(&database, MORNING).await.tenant;
    let vault = Vault::new(KeyRing::parse(&generate_key("story")).unwrap(), DigestKey::random());
    for _ in 0..5 {
        let gone = seal(&vault, tenant, 100);
        store::insert_many(database.writer(), std::slice::from_ref(&gone), MORNING)
            .await
            .unwrap();
        let mut older = PgConnection::connect(&database.url).await.unwrap();
        older.execute("BEGIN; SELECT txid_current()").await.unwrap();
        let deleting = database.begin().await.unwrap();
        store::destroy(&deleting, gone.owner).await.unwrap();
        let erasing = database.handle();
        let erased = tokio::spawn(async move { erasing.erase_remains().await });
        let waiting =
            "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        let mut observer = PgConnection::connect(&database.url).await.unwrap();
        // The erasure waits 100 ms at most: when it gave up already, this round shows nothing.
        while !erased.is_finished() {
            let count: i64 = sqlx::query_scalar(waiting).fetch_one(&mut observer).await.unwrap();
            if count > 0 {
                break;
            }
        }
        deleting.commit().await.unwrap();
        let erased = erased.await.unwrap();
        assert!(!matches!(erased, Ok(true)), "{erased:?}");
        older.close().await.unwrap();
        erase(&database).await;
        let gone = Nonces::of([gone.sealed.ciphertext]);
        assert_eq!(gone.found_in(&files_of(&database).await), 0);
    }
}

#[tokio::test]
async fn a_file_written_before_is_rewritten_once() {
    let database = TestDatabases::sqlite().await;
    let path = database.url.strip_prefix("sqlite://").unwrap();
    let value = vec![7_u8; 700];
    let options = SqliteConnectOptions::new()
        .filename(path)
        .pragma("secure_delete", "OFF");
    let mut before = options.connect().await.unwrap();
    before.execute("CREATE TABLE old (value BLOB)").await.unwrap();
    for _ in 0..20 {
        let insert = sqlx::query("INSERT INTO old VALUES ($1)").bind(&value);
        insert.execute(&mut before).await.unwrap();
    }
    before.execute("DROP TABLE old").await.unwrap();
    before.close().await.unwrap();
    let holds = |files: Vec<Vec<u8>>| {
        files
            .iter()
            .any(|bytes| bytes.windows(700).any(|window| window == value))
    };
    assert!(holds(files_of(&database).await));
    database.scrub_once().await.unwrap();
    assert!(!holds(files_of(&database).await));
    let text = "PRAGMA user_version";
    let engine::storage::JobPool::Sqlite(pool) = database.job_pool() else {
        panic!("SQLite")
    };
    let version: i64 = sqlx::query_scalar(text).fetch_one(pool).await.unwrap();
    assert_eq!(version, 1, "the next start has nothing to do");
}
