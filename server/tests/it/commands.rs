//! The binary as scripts use it: words, files and exit codes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const KEY: &str = "first:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

pub fn concierge(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concierge"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("CONCIERGE_ENCRYPTION_KEYS", KEY);
    command
        .env("CONCIERGE_METRICS_LISTEN", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = concierge(folder, arguments).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

pub const USER: [&str; 7] = [
    "user",
    "create",
    "--email",
    "ana@shop.example",
    "--tenant",
    "shop",
    "--password-stdin",
];

#[test]
fn an_operator_sets_up_a_tenant_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let early = run(path, &USER, "a long password");
    assert_eq!(code(&early), 1, "{}", text(&early));
    assert!(text(&early).contains("concierge migrate"), "{}", text(&early));

    assert_eq!(code(&run(path, &["migrate"], "")), 0);
    assert_eq!(code(&run(path, &["migrate"], "")), 0, "a second time is no mistake");
    let short = run(path, &USER, "short\n");
    assert_eq!(code(&short), 1);
    assert!(text(&short).contains("12 to 256 characters"), "{}", text(&short));
    let made = run(path, &USER, "a long password\n");
    assert_eq!(code(&made), 0, "{}", text(&made));
    assert_eq!(code(&run(path, &USER, "a long password\n")), 1, "twice is a mistake");
    let forgotten = |email| ["user", "password", "--email", email, "--password-stdin"];
    let set = run(path, &forgotten("Ana@shop.example"), "another long password\n");
    assert_eq!(code(&set), 0, "{}", text(&set));
    let nobody = run(path, &forgotten("nobody@shop.example"), "another long password\n");
    assert_eq!(code(&nobody), 1);
    assert!(
        text(&nobody).contains("nobody signs in as nobody@shop.example"),
        "{}",
        text(&nobody)
    );

    let account = [
        "account",
        "add",
        "--tenant",
        "shop",
        "--ig-id",
        "1",
        "--page-id",
        "2",
        "--username",
        "shop",
        "--token-stdin",
    ];
    let added = run(path, &account, "token\n");
    assert_eq!(code(&added), 0, "{}", text(&added));
    let granted = run(
        path,
        &[
            "credits", "grant", "--tenant", "shop", "--amount", "25", "--note", "Welcome",
        ],
        "",
    );
    assert!(text(&granted).contains("shop has 25 credits"), "{}", text(&granted));
    let invoice = |amount| {
        let grant = [
            "credits", "grant", "--tenant", "shop", "--amount", amount, "--note", "x",
        ];
        run(path, &[&grant[..], &["--reference", "invoice 7"]].concat(), "")
    };
    assert!(text(&invoice("5")).contains("shop has 30 credits"));
    let again = invoice("5");
    assert_eq!(code(&again), 0, "{}", text(&again));
    assert!(
        text(&again).contains("nothing was added. shop has 30 credits."),
        "{}",
        text(&again)
    );
    let other = invoice("6");
    assert_eq!(code(&other), 1, "{}", text(&other));
    assert!(text(&other).contains("another grant, of 5 credits"), "{}", text(&other));
    assert_eq!(
        code(&run(
            path,
            &["credits", "grant", "--tenant", "nobody", "--amount", "1", "--note", "x"],
            ""
        )),
        1
    );
    assert_eq!(code(&run(path, &["credits", "verify"], "")), 0);
}

#[test]
fn keys_are_made_and_changed_without_losing_anything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    run(path, &["migrate"], "");
    run(path, &USER, "a long password");
    let account = [
        "account",
        "add",
        "--tenant",
        "shop",
        "--ig-id",
        "1",
        "--page-id",
        "2",
        "--username",
        "shop",
        "--token-stdin",
    ];
    run(path, &account, "token");
    let new_key = String::from_utf8(run(path, &["keys", "new"], "").stdout)
        .unwrap()
        .trim()
        .to_owned();

    let rotate = |keys: &str| {
        let output = concierge(path, &["keys", "rotate"])
            .env("CONCIERGE_ENCRYPTION_KEYS", keys)
            .output()
            .unwrap();
        (code(&output), text(&output))
    };
    let (exit, words) = rotate(&format!("{new_key},{KEY}"));
    assert_eq!(exit, 0, "{words}");
    assert!(words.starts_with("2 values were sealed anew"), "{words}");
    assert_eq!(rotate(&new_key).0, 0, "the old key is not needed any more");
    let (exit, words) = rotate(KEY);
    assert_eq!(exit, 1);
    assert!(words.contains("not configured"), "{words}");
}

#[test]
fn wrong_usage_and_wrong_configuration_exit_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for arguments in [
        &["no-such-command"][..],
        &["credits", "grant", "--tenant", "shop", "--amount", "0", "--note", "x"],
        &["user", "create", "--email", "a@b.example", "--tenant", "shop"],
        &["demo", "--listen", "0.0.0.0:0"],
        &["serve"],
    ] {
        assert_eq!(code(&run(path, arguments, "")), 2, "{arguments:?}");
    }
    std::fs::write(
        path.join("concierge.toml"),
        "listen = 'nowhere'\nretention_days = 0\nlog_format = 'loud'\n",
    )
    .unwrap();
    let output = run(path, &["migrate"], "");
    assert_eq!(code(&output), 2);
    for name in ["CONCIERGE_LISTEN", "CONCIERGE_RETENTION_DAYS", "CONCIERGE_LOG_FORMAT"] {
        assert!(text(&output).contains(name), "{}", text(&output));
    }
}

/// Started, and killed if the test forgets it.
pub struct Server(Child);

impl Server {
    /// What the process writes to standard error.
    pub fn errors(&mut self) -> std::process::ChildStderr {
        self.0.stderr.take().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

pub fn start(mut command: Command, ready: &str) -> (Server, Vec<String>) {
    let mut child = command.spawn().unwrap();
    let mut seen = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        seen.push(line.unwrap());
        if seen.last().unwrap().contains(ready) {
            return (Server(child), seen);
        }
    }
    panic!("it ended early: {seen:?}, {}", text(&child.wait_with_output().unwrap()));
}

#[cfg(unix)]
fn terminate(mut server: Server) -> i32 {
    let killed = Command::new("kill")
        .args(["-TERM", &server.0.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    server.0.wait().unwrap().code().unwrap()
}

#[cfg(unix)]
#[test]
fn a_demo_starts_says_where_it_is_refuses_a_second_one_and_stops_well() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:0"];
    let (server, words) = start(concierge(folder.path(), &arguments), "Ctrl+C stops it");
    let words = words.join("\n");
    assert!(words.contains("Admin pages   http://127.0.0.1:"), "{words}");
    assert!(words.contains("sign in as demo@concierge.example"), "{words}");
    let keys = folder.path().join("data/demo.keys");
    assert_eq!(std::fs::metadata(keys).unwrap().permissions().mode() & 0o777, 0o600);

    let second = run(folder.path(), &arguments, "");
    assert_eq!(code(&second), 1);
    assert!(text(&second).contains("another concierge process"), "{}", text(&second));
    assert_eq!(terminate(server), 0);

    let (server, _) = start(concierge(folder.path(), &arguments), "Ctrl+C stops it");
    assert_eq!(terminate(server), 0);
}

#[cfg(unix)]
#[test]
fn the_first_start_of_serve_prints_a_code_for_the_first_admin() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = concierge(folder.path(), &["serve"]);
    command.envs([
        ("CONCIERGE_LISTEN", "127.0.0.1:0"),
        ("CONCIERGE_META_APP_ID", "1"),
        ("CONCIERGE_META_APP_SECRET", "secret"),
        ("CONCIERGE_META_VERIFY_TOKEN", "token"),
    ]);
    let (server, words) = start(command, "-");
    assert!(words.join("\n").contains("/setup"), "{words:?}");
    assert_eq!(terminate(server), 0);
}

#[test]
fn connections_are_checked_from_the_command_line() {
    const APP: &str = "684771020934512";
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let meta = runtime
        .block_on(sandbox::Sandbox::start(sandbox::SandboxConfig::new(APP, "app-secret")))
        .unwrap();
    let page = meta.handle().pages().swap_remove(0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert_eq!(code(&run(path, &["migrate"], "")), 0);
    assert_eq!(code(&run(path, &USER, "a long password")), 0);
    let (ig_id, username) = (page.ig_id.unwrap(), page.username.unwrap());
    let add = [
        "account",
        "add",
        "--tenant",
        "shop",
        "--ig-id",
        &ig_id,
        "--page-id",
        &page.page_id,
        "--username",
        &username,
        "--token-stdin",
    ];
    let added = run(path, &add, &page.token);
    assert_eq!(code(&added), 0, "{}", text(&added));
    let ask = |arguments: &[&str]| {
        let mut command = concierge(path, arguments);
        command
            .env("CONCIERGE_META_APP_ID", APP)
            .env("CONCIERGE_META_APP_SECRET", "app-secret")
            .env("CONCIERGE_META_VERIFY_TOKEN", "verify-me")
            .env("CONCIERGE_META_GRAPH_URL", meta.base_url());
        command.output().unwrap()
    };
    let well = ask(&["tokens", "check"]);
    assert_eq!(code(&well), 0, "{}", text(&well));
    assert!(
        text(&well).contains("1 of 1 connections checked, 0 of them broken."),
        "{}",
        text(&well)
    );
    let doctor = ask(&["doctor"]);
    assert!(
        text(&doctor).contains("Meta accepts the app’s id, secret and proof."),
        "{}",
        text(&doctor)
    );
    meta.handle().set_token_dead(&page.page_id, Some(460)).unwrap();
    let broken = ask(&["tokens", "check"]);
    assert_eq!(code(&broken), 1, "{}", text(&broken));
    assert!(!text(&broken).contains("EAASandbox"), "{}", text(&broken));
}
