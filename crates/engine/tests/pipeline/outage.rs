//! The database goes away and comes back: deliveries are refused, not lost, and nobody restarts anything.

use engine::inbox::InboxError;
use engine::storage::{Transaction, sql};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::support::{TestDatabase, eventually};
use crate::world::{DEFAULT_REPLY, minutes, on_sqlite, seconds, tell, tell_with};

/// A database that is away until this is given back.
enum Away {
    Sqlite(Transaction),
    Postgres { admin: PgConnection, name: String },
}

impl Away {
    async fn take(database: &TestDatabase) -> Self {
        if !database.is_postgres() {
            database.execute("PRAGMA busy_timeout = 20", []).await;
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
    tell(async |world| {
        world.customer_writes("hello");
        let bodies = world.webhooks().await;
        let away = Away::take(&world.database).await;
        let refused = world.engine.inbox().receive(&bodies[0]).await;
        assert!(matches!(refused, Err(InboxError::Unavailable(_))), "{refused:?}");
        away.give_back().await;
        eventually("the same engine takes the delivery", || async {
            world.engine.inbox().receive(&bodies[0]).await.ok()
        })
        .await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn it_goes_away_between_the_call_and_the_note_of_it_and_the_reply_is_not_repeated() {
    tell(async |world| {
        world.channel.hold_answers();
        world.customer_writes("hello");
        world.deliver().await;
        let pipeline = world.engine.pipeline().clone();
        let work = tokio::spawn(async move { pipeline.run_due().await });
        world.channel.answer_held().await;
        let away = Away::take(&world.database).await;
        world.channel.release_answers();
        assert!(work.await.unwrap().is_err(), "the outcome cannot be written");
        away.give_back().await;
        eventually("the database answers", || async {
            let alive = "UPDATE tenants SET name = name";
            sql::execute(world.database.writer(), alive, []).await.ok()
        })
        .await;
        world.wait_in_steps(minutes(3), seconds(10)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_eq!(world.states().await, ["sent"]);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_killed_goes_on_where_it_was() {
    tell_with(on_sqlite, async |world| {
        for customer in ["ada", "ben", "cem"] {
            world.customer_writes_as(customer, "hello");
        }
        world.deliver().await;
        world.channel.hold_answers();
        let work = world.work_meanwhile();
        world.channel.answer_held().await;
        work.abort();
        assert!(work.await.is_err());
        world.webhooks().await;
        let restarted = world.another_engine(world.database.open_again().await).await;
        restarted.pipeline().run_due().await.unwrap();
        assert_eq!(world.replies().len(), 3, "claims of the dead process hold nobody up");
        for _ in 0..20 {
            world.pass(seconds(10));
            restarted.pipeline().run_due().await.unwrap();
        }
        assert_eq!(
            world.replies(),
            [DEFAULT_REPLY; 3],
            "the one that was on its way was looked up, not repeated"
        );
    })
    .await;
}
