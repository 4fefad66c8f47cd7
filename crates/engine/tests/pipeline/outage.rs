//! The database goes away and comes back: deliveries are refused, not lost, and nobody restarts anything.

use engine::inbox::InboxError;
use engine::storage::{Transaction, sql};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::support::{TestDatabase, TestDatabases, eventually, for_each_database};
use crate::world::{DEFAULT_REPLY, World};

/// A database that is away until this is given back.
enum Away {
    Sqlite(Transaction),
    Postgres { admin: PgConnection, name: String },
}

impl Away {
    async fn take(database: &TestDatabase) -> Self {
        if !database.is_postgres() {
            let short = "PRAGMA busy_timeout = 20";
            sql::execute(database.writer(), short, []).await.unwrap();
            return Self::Sqlite(database.open_again().await.begin().await.unwrap());
        }
        let (server, name) = database.url.rsplit_once('/').unwrap();
        let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        for text in [format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"), end] {
            admin.execute(AssertSqlSafe(text)).await.unwrap();
        }
        Self::Postgres {
            admin,
            name: name.to_owned(),
        }
    }

    async fn give_back(self) {
        match self {
            Self::Sqlite(lock) => lock.rollback().await.unwrap(),
            Self::Postgres { mut admin, name } => {
                let text = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
                admin.execute(AssertSqlSafe(text)).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn deliveries_are_refused_while_it_is_away_and_taken_when_it_is_back() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        world.dm("hello");
        let bodies = world.webhooks().await;
        let away = Away::take(&database).await;
        let refused = world.engine.inbox().receive(&bodies[0]).await;
        assert!(matches!(refused, Err(InboxError::Unavailable(_))), "{refused:?}");
        away.give_back().await;
        eventually("the same engine takes the delivery", || async {
            world.engine.inbox().receive(&bodies[0]).await.ok()
        })
        .await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        world.audit().await;
    })
    .await;
}

#[tokio::test]
async fn it_goes_away_between_the_call_and_the_note_of_it_and_the_reply_is_not_repeated() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        world.gate.close();
        world.dm("hello");
        world.deliver().await;
        let pipeline = world.engine.pipeline().clone();
        let work = tokio::spawn(async move { pipeline.run_due().await });
        world.gate.answer_waits().await;
        let away = Away::take(&database).await;
        world.gate.open();
        assert!(work.await.unwrap().is_err(), "the outcome cannot be written");
        away.give_back().await;
        eventually("the database answers", || async {
            let alive = "UPDATE tenants SET name = name";
            sql::execute(world.database.writer(), alive, []).await.ok()
        })
        .await;
        world
            .wait_in_steps(crate::world::minutes(3), crate::world::seconds(10))
            .await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_eq!(world.states().await, ["sent"]);
        world.audit().await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_killed_goes_on_where_it_was() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    for customer in ["ada", "ben", "cem"] {
        world.dm_from(customer, "hello");
    }
    world.deliver().await;
    world.gate.close();
    let work = world.work_meanwhile();
    world.gate.answer_waits().await;
    work.abort();
    assert!(work.await.is_err());
    world.webhooks().await;
    let restarted = world.another_engine(database.open_again().await).await;
    restarted.pipeline().run_due().await.unwrap();
    assert_eq!(world.replies().len(), 3, "claims of the dead process hold nobody up");
    for _ in 0..20 {
        world.pass(crate::world::seconds(10));
        restarted.pipeline().run_due().await.unwrap();
    }
    assert_eq!(
        world.replies(),
        [DEFAULT_REPLY; 3],
        "the one that was on its way was looked up, not repeated"
    );
    world.audit().await;
}
