//! Meta's webhook: what is accepted, what is refused, and what is stored of it.

use axum::body::{Body, Bytes};
use engine::storage::{Database, sql};
use futures::stream;
use hmac::{Hmac, KeyInit, Mac};
use http::{Method, Request};
use sea_orm::FromQueryResult;
use server::http::edge::bodies::BodyBudget;
use sha2::Sha256;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::{APP_SECRET, Answer, VERIFY_TOKEN, World};

const PATH: &str = "/webhook/instagram";
const FOUR_MIB: usize = 4 * 1024 * 1024;

fn signature(secret: &str, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .unwrap()
        .chain_update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

fn message(text: &str) -> String {
    format!(
        r#"{{"object":"instagram","entry":[{{"id":"17841400000000001","time":1795338000000,"messaging":[{{
            "sender":{{"id":"5550001"}},"recipient":{{"id":"17841400000000001"}},"timestamp":1795338000000,
            "message":{{"mid":"mid.{text}","text":"{text}"}}}}]}}]}}"#
    )
}

async fn deliver(world: &World, body: impl Into<Body>, signature: Option<&str>) -> Answer {
    let mut request = Request::builder().method(Method::POST).uri(PATH);
    if let Some(signature) = signature {
        request = request.header("x-hub-signature-256", signature);
    }
    world.browser().send(request.body(body.into()).unwrap()).await
}

/// Delivers a customer's message to the owner's account.
pub async fn receive(world: &World, text: &str) {
    let body = message(text);
    let signature = signature(APP_SECRET, body.as_bytes());
    assert_eq!(deliver(world, body, Some(&signature)).await.status, 200);
}

async fn messages(database: &Database) -> i64 {
    #[derive(FromQueryResult)]
    struct Count {
        number: i64,
    }
    let text = "SELECT COUNT(*) AS number FROM messages";
    sql::optional::<Count, _>(database.reader(), text, [])
        .await
        .unwrap()
        .unwrap()
        .number
}

async fn counted(world: &World, kind: &str) -> i64 {
    world.engine.inbox().flush_health().await.unwrap();
    let health = engine::inbox::webhook_health(world.engine.database()).await.unwrap();
    health
        .iter()
        .find(|line| line.kind.as_str() == kind)
        .map_or(0, |line| line.count)
}

#[tokio::test]
async fn a_signed_delivery_is_recorded_and_then_acknowledged() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let body = message("hello");
        let answer = deliver(&world, body.clone(), Some(&signature(APP_SECRET, body.as_bytes()))).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "EVENT_RECEIVED"));
        assert_eq!(messages(&database).await, 1);
    })
    .await;
}

#[tokio::test]
async fn any_configured_secret_signs_also_while_it_changes() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let body = message("rotation");
    assert_eq!(
        deliver(&world, body.clone(), Some(&signature("old-secret", body.as_bytes())))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_body_that_was_unescaped_on_its_way_is_still_proven() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let escaped = message("sch\\u00f6n \\ud83d\\ude42");
    let on_the_wire = message("schön 🙂");
    assert_eq!(
        deliver(&world, on_the_wire, Some(&signature(APP_SECRET, escaped.as_bytes())))
            .await
            .status,
        200
    );
    // Longer than what is escaped at once, and no word of it in ASCII.
    let escaped = message(&"\\u00e9\\ud83d\\ude42".repeat(5_000));
    let on_the_wire = message(&"é🙂".repeat(5_000));
    let wrong = signature(APP_SECRET, b"another body");
    assert_eq!(deliver(&world, on_the_wire.clone(), Some(&wrong)).await.status, 401);
    let right = signature(APP_SECRET, escaped.as_bytes());
    assert_eq!(deliver(&world, on_the_wire, Some(&right)).await.status, 200);
}

#[tokio::test]
async fn what_is_not_proven_is_refused_and_nothing_is_stored() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    let body = message("forged");
    let good = signature(APP_SECRET, body.as_bytes());
    let wrong_signatures = [
        None,
        Some(signature("somebody else's secret", body.as_bytes())),
        Some(signature(APP_SECRET, b"another body")),
        Some(good.replace("sha256=", "sha1=")),
        Some(good.replace("sha256=", "")),
        Some(good[..good.len() - 2].to_owned()),
        Some(format!("{good}00")),
        Some("sha256=zz".to_owned()),
        Some(String::new()),
    ];
    for wrong in &wrong_signatures {
        let answer = deliver(&world, body.clone(), wrong.as_deref()).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (401, ""), "{wrong:?}");
    }
    assert_eq!(messages(&database).await, 0);
    assert_eq!(
        counted(&world, "rejected_signature").await,
        wrong_signatures.len() as i64
    );
}

/// A body that fails the test when anybody reads it.
fn unread() -> Body {
    Body::from_stream(stream::once(async {
        panic!("the body was read") as Result<Bytes, std::io::Error>
    }))
}

#[tokio::test]
async fn without_a_well_formed_signature_no_byte_of_the_body_is_read() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    for signature in [None, Some("sha256=zz"), Some("sha1=00"), Some("")] {
        assert_eq!(deliver(&world, unread(), signature).await.status, 401, "{signature:?}");
    }
}

#[tokio::test]
async fn where_there_is_no_room_for_a_body_meta_comes_again() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.bodies.strangers = BodyBudget::new(1_000);
    })
    .await;
    let body = vec![b' '; 2_000];
    let answer = deliver(&world, body.clone(), Some(&signature(APP_SECRET, &body))).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "2"));
    let body = message("small");
    let answer = deliver(&world, body.clone(), Some(&signature(APP_SECRET, body.as_bytes()))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(world.server.bodies.strangers.held(), 0);
}

#[tokio::test]
async fn signed_nonsense_is_acknowledged_and_counted() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    for body in ["not json", "{}", r#"{"object":"page","entry":[]}"#, "[1,2,3]", ""] {
        let answer = deliver(&world, body, Some(&signature(APP_SECRET, body.as_bytes()))).await;
        assert_eq!(answer.status, 200, "{body}");
    }
    assert_eq!(messages(&database).await, 0);
    assert!(counted(&world, "not_json").await >= 1);
}

#[tokio::test]
async fn a_body_over_four_mebibytes_is_refused_announced_or_not() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let body = vec![b' '; FOUR_MIB + 1];
    let signature = signature(APP_SECRET, &body);
    assert_eq!(deliver(&world, body.clone(), Some(&signature)).await.status, 413);

    let pieces = body
        .chunks(64 * 1024)
        .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)));
    let streamed = Body::from_stream(stream::iter(pieces.collect::<Vec<_>>()));
    assert_eq!(deliver(&world, streamed, Some(&signature)).await.status, 413);
}

#[tokio::test]
async fn a_body_of_four_mebibytes_is_read() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let body = vec![b' '; FOUR_MIB];
    let signature = signature(APP_SECRET, &body);
    assert_eq!(deliver(&world, body, Some(&signature)).await.status, 200);
}

#[tokio::test]
async fn without_its_database_the_door_asks_meta_to_come_again() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    let body = message("later");
    database.close().await;
    assert_eq!(
        deliver(&world, body.clone(), Some(&signature(APP_SECRET, body.as_bytes())))
            .await
            .status,
        503
    );
}

#[tokio::test]
async fn the_handshake_echoes_the_challenge_to_whoever_knows_the_token() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let right = format!("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY_TOKEN}");
    let answer = world.browser().get(&format!("{PATH}?{right}")).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "1158201444"));
    assert!(answer.header("content-type").starts_with("text/plain"));

    let table = [
        ("hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong", 403),
        ("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", 403),
        ("hub.mode=subscribe&hub.challenge=1", 400),
        ("hub.mode=subscribe&hub.verify_token=verify-me", 400),
        ("hub.challenge=1&hub.verify_token=verify-me", 400),
        ("hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-me", 400),
        (
            "hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=verify-me",
            400,
        ),
        ("", 400),
    ];
    for (query, status) in table {
        assert_eq!(
            world.browser().get(&format!("{PATH}?{query}")).await.status,
            status,
            "{query}"
        );
    }
}

#[tokio::test]
async fn an_empty_configured_token_never_matches() {
    for token in [None, Some("".into())] {
        let world = World::with(&TestDatabases::sqlite().await, |server| {
            server.webhook.verify_token = token
        })
        .await;
        let query = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=";
        assert_eq!(world.browser().get(&format!("{PATH}?{query}")).await.status, 403);
    }
}

/// Lets nobody in, or everybody again, and cuts whoever is connected.
async fn close_the_database(url: &str, closed: bool) {
    use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

    let mut admin_url = url::Url::parse(url).unwrap();
    let name = admin_url.path().trim_start_matches('/').to_owned();
    admin_url.set_path("postgres");
    let mut admin = PgConnection::connect(admin_url.as_str()).await.unwrap();
    let change = format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {}", !closed);
    admin.execute(sqlx::raw_sql(AssertSqlSafe(change))).await.unwrap();
    let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin.execute(sqlx::raw_sql(AssertSqlSafe(cut))).await.unwrap();
}

#[tokio::test]
async fn a_database_that_comes_back_is_used_without_a_restart() {
    let Some(database) = TestDatabases::postgres().await else {
        return;
    };
    let world = World::open(&database).await;
    let mut owner = world.signed_in(&world.owner).await;
    let body = message("between");
    let signature = signature(APP_SECRET, body.as_bytes());
    close_the_database(&database.url, true).await;
    assert_eq!(deliver(&world, body.clone(), Some(&signature)).await.status, 503);
    let page = owner.get("/admin").await;
    assert_eq!(page.status, 503);
    assert!(page.body.contains("database does not answer"), "{}", page.body);

    close_the_database(&database.url, false).await;
    assert_eq!(deliver(&world, body, Some(&signature)).await.status, 200);
    assert_eq!(owner.get("/admin").await.status, 200);
    assert_eq!(messages(&database).await, 1);
}
