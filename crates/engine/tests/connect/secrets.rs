//! No token is found anywhere: not in a table, not in an address, not in what pages show.

use domain::views::AccountData;
use engine::connect::Ask;
use engine::identity::Actor;
use engine::storage::JobPool;
use engine::vault::{Vault, rotate};
use sandbox::{Edge, FaultKind, FaultSpec, LoginDecision, SandboxHandle};
use sqlx::Row;

use crate::world::{Listener, World, connected, days, tell};

/// Every token of the sandbox begins like this.
const TOKEN: &str = "EAASandbox";
const CODE: &str = "AQSandbox";

/// All text of all tables.
async fn everything(world: &World) -> String {
    let mut text = String::new();
    match world.database.job_pool() {
        JobPool::Sqlite(pool) => {
            let tables = sqlx::query("SELECT name FROM sqlite_schema WHERE type = 'table'");
            for table in tables.fetch_all(pool).await.unwrap() {
                let table: String = table.get(0);
                let columns = sqlx::query(sqlx::AssertSqlSafe(format!(
                    "SELECT name FROM pragma_table_info('{table}')"
                )));
                for column in columns.fetch_all(pool).await.unwrap() {
                    let column: String = column.get(0);
                    let all =
                        format!("SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
                    for row in sqlx::query(sqlx::AssertSqlSafe(all)).fetch_all(pool).await.unwrap() {
                        let bytes: Vec<u8> = row.get_unchecked(0);
                        text.push_str(&String::from_utf8_lossy(&bytes));
                    }
                }
            }
        }
        JobPool::Postgres(pool) => {
            let tables = sqlx::query(
                "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema IN ('public', 'apalis') AND table_type = 'BASE TABLE'",
            );
            for table in tables.fetch_all(pool).await.unwrap() {
                let table: String = table.get(0);
                let all = format!("SELECT t::text FROM {table} t");
                for row in sqlx::query(sqlx::AssertSqlSafe(all)).fetch_all(pool).await.unwrap() {
                    text.push_str(row.get::<&str, _>(0));
                }
            }
        }
    }
    text
}

/// PostgreSQL writes bytes as hex.
fn holds(text: &str, secret: &str) -> bool {
    text.contains(secret) || text.contains(&hex_of(secret))
}

fn hex_of(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn tokens_of(meta: &SandboxHandle) -> usize {
    meta.pages().iter().filter(|page| page.token.starts_with(TOKEN)).count()
}

#[tokio::test]
async fn tokens_codes_and_states_are_nowhere_in_the_database() {
    tell(async |world| {
        assert!(tokens_of(&world.meta()) > 0, "the search looks for the right thing");
        let admin = world.admin();
        let back = world.at_facebook(&admin, &world.only(0), Ask::Usual).await;
        let state = back
            .split("state=")
            .nth(1)
            .unwrap()
            .split('#')
            .next()
            .unwrap()
            .to_owned();
        world.return_with(&admin, &back).await;
        let choice = world.log_in(&admin, LoginDecision::everything()).await;
        world.pass(days(54));
        world.check_all().await;
        let text = everything(world).await;
        assert!(text.contains(&world.username), "the search sees rows");
        for secret in [TOKEN, CODE, &state] {
            assert!(!holds(&text, secret), "{secret} is in a table");
        }
        assert!(!format!("{choice:?}").contains(TOKEN));
        let page = world.accounts().page(world.account).await.unwrap();
        assert!(!format!("{page:?}").contains(TOKEN));
    })
    .await;
}

#[tokio::test]
async fn tokens_and_codes_are_in_no_log_line_whatever_fails() {
    let listener = Listener::new().await;
    listener.listen(true);
    tell(async |world| {
        let admin = world.admin();
        world.log_in(&admin, LoginDecision::everything()).await;
        connected(world.log_in(&admin, world.only(0)).await);
        for fault in [
            FaultKind::ServerError { http_status: 503 },
            FaultKind::TokenExpired,
            FaultKind::CutBefore,
        ] {
            world.meta().fault(FaultSpec::from(fault).edge(Edge::All));
            world.log_in(&admin, world.only(0)).await;
            let _ = world
                .engine
                .connections()
                .check(world.tenant, world.account, Actor::Command)
                .await;
            world.meta().clear_faults();
        }
    })
    .await;
    listener.listen(false);
    assert!(listener.log().contains("Meta refused a call"), "the log was overheard");
    for secret in [TOKEN, CODE] {
        assert_eq!(listener.lines_with(secret), Vec::<String>::new());
    }
}

#[tokio::test]
async fn rotation_seals_every_token_anew_and_the_connection_goes_on() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.log_in(&world.admin(), LoginDecision::everything()).await;
        let fresh = engine::vault::generate_key("fresh");
        let both = {
            use secrecy::ExposeSecret;
            let old = world.key_text();
            secrecy::SecretString::from(format!("{},{}", fresh.expose_secret(), old.expose_secret()))
        };
        let ring = engine::vault::KeyRing::parse(&both).unwrap();
        let changed = rotate(
            &world.database,
            &Vault::load(&world.database, ring.clone()).await.unwrap(),
        )
        .await
        .unwrap();
        assert_eq!(changed, 4, "two of the account, one of the open choice, the digest key");
        let server = world.engine_with_keys(world.database.handle(), ring).await.unwrap();
        let checked = server
            .connections()
            .check(world.tenant, world.account, Actor::Command)
            .await
            .unwrap();
        assert_eq!(checked, engine::connect::CheckResult::Working { woken: 0 });
        let gone = server.connections();
        gone.disconnect(world.tenant, world.account, AccountData::Keep, Actor::Command)
            .await
            .unwrap();
    })
    .await;
}
