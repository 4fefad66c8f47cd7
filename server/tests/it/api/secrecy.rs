//! The key's text is in its answer and its request, and nowhere else.

use std::process::{Command, Stdio};

use app::endpoints;
use http::Method;
use server::http::routes::table::{Access, Kind, ROUTES, Route};

use super::client::{Program, rule, rules_of};
use crate::commands::{code, concierge, run, text};
use crate::shared::{TestDatabase, files_hold, for_each_database, tables_with};
use crate::support::{Answer, World};

#[test]
fn an_operator_makes_lists_and_revokes_a_key_and_nothing_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert_eq!(code(&run(path, &["migrate"], "")), 0);
    assert_eq!(code(&run(path, &crate::commands::USER, "a long password\n")), 0);
    let create = [
        "api-key",
        "create",
        "--tenant",
        "shop",
        "--name",
        "Website",
        "--scopes",
        "read,write_rules",
    ];
    let made = run(path, &create, "");
    assert_eq!(code(&made), 0, "{}", text(&made));
    let key = String::from_utf8(made.stdout.clone()).unwrap().trim().to_owned();
    let (beginning, secret) = key.rsplit_once('_').unwrap();

    let listed = run(path, &["api-key", "list", "--tenant", "shop"], "");
    assert!(
        text(&listed).contains(beginning) && text(&listed).contains("read,write_rules"),
        "{}",
        text(&listed)
    );
    assert!(!text(&listed).contains(secret));
    let wrong = run(
        path,
        &[
            "api-key", "create", "--tenant", "shop", "--name", "X", "--scopes", "all",
        ],
        "",
    );
    assert_eq!(code(&wrong), 2);
    for entry in walk(path) {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(!holds(&bytes, secret), "{}", entry.display());
    }
    let revoked = run(
        path,
        &["api-key", "revoke", "--tenant", "shop", "--prefix", beginning],
        "",
    );
    assert_eq!(code(&revoked), 0, "{}", text(&revoked));
    let again = run(
        path,
        &["api-key", "revoke", "--tenant", "shop", "--prefix", beginning],
        "",
    );
    assert_eq!(code(&again), 1);
    let listed = run(path, &["api-key", "list", "--tenant", "shop"], "");
    assert_eq!(text(&listed), "");
}

#[test]
fn the_most_talkative_log_does_not_hold_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    run(path, &["migrate"], "");
    run(path, &crate::commands::USER, "a long password\n");
    let mut create = concierge(path, &["api-key", "create", "--tenant", "shop", "--name", "Website"]);
    let child = create
        .env("CONCIERGE_LOG", "trace")
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let made = child.wait_with_output().unwrap();
    let key = String::from_utf8(made.stdout.clone()).unwrap().trim().to_owned();
    let secret = key.rsplit_once('_').unwrap().1;
    assert!(!holds(&made.stderr, secret));

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let mut serve = concierge(path, &["serve"]);
    let log = path.join("server.log");
    let file = std::fs::File::create(&log).unwrap();
    let mut child = serve
        .env("CONCIERGE_LOG", "trace")
        .env("CONCIERGE_LISTEN", &address)
        .env("CONCIERGE_META_APP_ID", "1")
        .env("CONCIERGE_META_APP_SECRET", "secret")
        .env("CONCIERGE_META_VERIFY_TOKEN", "token")
        .env("CONCIERGE_AI_INTENTS", "off")
        .stdout(Stdio::from(file.try_clone().unwrap()))
        .stderr(Stdio::from(file))
        .spawn()
        .unwrap();
    let url = format!("http://{address}/api/v1/accounts");
    let bearer = format!("Authorization: Bearer {key}");
    assert_eq!(curl(&["--header", &bearer, &url]), "200");
    // What a program does by mistake.
    for (header, url) in [
        (format!("Authorization: Basic {key}"), url.clone()),
        (format!("{bearer}x"), url.clone()),
        ("Accept: */*".to_owned(), format!("{url}?key={key}")),
        (bearer.clone(), format!("{url}?key={key}")),
        (bearer.clone(), format!("http://{address}/{key}")),
    ] {
        let status = curl(&[
            "--header",
            &header,
            "--header",
            &format!("Idempotency-Key: {key}"),
            "--data",
            &key,
            &url,
        ]);
        assert!(status.starts_with('4'), "{header} {url}: {status}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let written = std::fs::read(&log).unwrap();
    assert!(holds(&written, "/api/v1/accounts"), "the log tells of the requests");
    for entry in walk(path) {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(!holds(&bytes, secret), "{}", entry.display());
    }
}

/// The status that the server answers, once it listens.
fn curl(arguments: &[&str]) -> String {
    let asked = Command::new("curl")
        .args(["--silent", "--retry", "60", "--retry-connrefused", "--retry-delay", "1"])
        .args(["--write-out", "%{http_code}", "--output", "/dev/null"])
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(asked.stdout).unwrap()
}

/// Every address that can be opened, with the ids of this world.
fn opened(world: &World, opens: impl Fn(&Route) -> bool) -> Vec<String> {
    let routes = ROUTES
        .iter()
        .filter(|route| *route.method == Method::GET && opens(route));
    let ids = world.account.to_string();
    let paths = routes.map(|route| route.path.replace("{id}", &ids).replace("{account}", &ids));
    paths.filter(|path| !path.contains('{')).collect()
}

#[tokio::test]
async fn a_key_that_was_shown_is_on_no_other_page_in_no_answer_and_in_no_table() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut owner = world.signed_in(&world.owner).await;
        let asked = [
            ("_form", "api-key"),
            ("name", "Website"),
            ("read", "true"),
            ("write_rules", "true"),
        ];
        let made = owner.post("/admin/settings", endpoints::CREATE_API_KEY, &asked).await;
        let key = made.body.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        let (beginning, secret) = key.rsplit_once('_').unwrap();
        assert!(!made.headers.values().any(|value| holds(value.as_bytes(), secret)));
        let program = Program {
            key: Some(key.to_owned()),
            ..Program::stranger(&world)
        };
        let headers = [("idempotency-key", "prices")];
        let mut answers = Vec::new();
        for _ in 0..2 {
            let prices = Some(rule("Prices", "price"));
            answers.push(program.send(Method::POST, &rules_of(&world), &headers, prices).await);
        }
        assert_eq!(answers[1].header("idempotency-replayed"), "true", "{answers:?}");
        for path in opened(&world, |route| matches!(route.kind, Kind::Page | Kind::File)) {
            answers.push(owner.get(&path).await);
        }
        let streams = |route: &Route| route.path.ends_with("/events");
        for path in opened(&world, |route| {
            matches!(route.access, Access::Key(_)) && !streams(route)
        }) {
            answers.push(program.get(&path).await);
        }
        assert!(
            answers.iter().any(|answer| answer.body.contains(beginning)),
            "the settings"
        );
        for answer in &answers {
            assert!(!tells(answer, secret), "{answer:?}");
        }
        assert_eq!(tables_with(&database, secret).await, Vec::<String>::new());
        assert!(!files_hold(&database, secret));
    })
    .await;
}

fn tells(answer: &Answer, secret: &str) -> bool {
    let in_headers = answer.headers.values().any(|value| holds(value.as_bytes(), secret));
    in_headers || answer.body.contains(secret)
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}
