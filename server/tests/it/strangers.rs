//! What somebody who is not signed in can make us store: nothing.

use std::collections::BTreeMap;

use engine::storage::{Database, sql};
use http::{Method, header};
use server::http::edge::limits::LARGEST_FORM;
use server::http::routes::table::ROUTES;
use url::form_urlencoded::Serializer;

use crate::shared::{TestDatabase, for_each_database};
use crate::support::World;

/// Attempts to sign in are counted in two rows of fixed size, which go after two hours.
const COUNTED: &str = "sign_in_throttle";

async fn rows_by_table(database: &TestDatabase) -> BTreeMap<String, i64> {
    let text = if database.is_postgres() {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    } else {
        "SELECT name FROM sqlite_schema WHERE type = 'table'"
    };
    let database: &Database = database;
    let tables: Vec<String> = sql::values(database.reader(), text, []).await.unwrap();
    let mut rows = BTreeMap::new();
    for table in tables {
        let count = format!("SELECT COUNT(*) FROM \"{table}\"");
        let count: Option<i64> = sql::value(database.reader(), count.leak(), []).await.unwrap();
        rows.insert(table, count.unwrap());
    }
    rows
}

fn largest_form() -> String {
    let fields = [
        ("_form", "sign-in"),
        ("email", "nobody@shop.example"),
        ("password", "not my password"),
        ("code", "AAAA-BBBB"),
        ("tenant_name", "Nobody's"),
        ("theme", "bogus"),
    ];
    let mut form = Serializer::new(String::new()).extend_pairs(fields).finish();
    form.push_str("&filler=");
    form.push_str(&"x".repeat(LARGEST_FORM - form.len()));
    form
}

#[tokio::test]
async fn the_largest_form_posted_everywhere_makes_no_table_grow() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let before = rows_by_table(&database).await;
        assert!(
            before.contains_key("sessions") && before.contains_key("flashes"),
            "{before:?}"
        );
        let form = largest_form();
        for route in ROUTES {
            for accept in ["text/html", "application/json"] {
                let mut stranger = world.browser();
                let path = route
                    .path
                    .replace("{id}", &world.account.to_string())
                    .replace("{code}", "x");
                let request = stranger
                    .request(Method::POST, &path, accept)
                    .header(header::REFERER, "https://concierge.example/login")
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(form.clone().into())
                    .unwrap();
                let answer = stranger.send(request).await;
                let cookies: usize = stranger.cookies.iter().map(|(_, value)| value.len()).sum();
                assert!(
                    cookies <= 3 * 1024,
                    "{route:?}: {cookies} bytes of cookies, {}",
                    answer.status
                );
            }
        }
        let mut after = rows_by_table(&database).await;
        assert_eq!(
            after.insert(COUNTED.to_owned(), before[COUNTED]),
            Some(before[COUNTED] + 2)
        );
        assert_eq!(after, before);
    })
    .await;
}
