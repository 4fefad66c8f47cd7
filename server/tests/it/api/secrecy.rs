//! The key's text is in its answer and its request, and nowhere else.

use std::process::Stdio;

use crate::commands::{code, concierge, run, text};

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
    let asked = std::process::Command::new("curl")
        .args(["--silent", "--retry", "60", "--retry-connrefused", "--retry-delay", "1"])
        .args(["--write-out", "%{http_code}", "--output", "/dev/null"])
        .args(["--header", &format!("Authorization: Bearer {key}")])
        .arg(format!("http://{address}/api/v1/accounts"))
        .output()
        .unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let log = std::fs::read(&log).unwrap();
    assert_eq!(asked.stdout, b"200", "{}", String::from_utf8_lossy(&log));
    assert!(holds(&log, "/api/v1/accounts"), "the log tells of the request");
    assert!(!holds(&log, secret));
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
