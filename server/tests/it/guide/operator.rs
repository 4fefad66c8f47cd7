//! The operator and the first admin of a deployment: the real binary, its settings, and a browser that keeps its cookie.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::header::{ACCEPT, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;
use tempfile::TempDir;

use crate::shared::eventually;

const KEY: &str = "first:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// One deployment with its settings.
pub struct Operator {
    folder: TempDir,
    pub base_url: String,
    settings: Vec<(&'static str, String)>,
}

/// Follows nothing by itself.
pub fn client() -> Client {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none());
    client.timeout(Duration::from_secs(20)).build().unwrap()
}

/// A running `concierge serve`, killed when dropped.
pub struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Operator {
    /// With the settings of the guide, and the addresses of the sandbox instead of Meta's.
    pub fn new(meta: &str, settings: &[(&'static str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base_url = format!("http://127.0.0.1:{port}");
        let mut settings: Vec<_> = settings
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        settings.extend([
            ("CONCIERGE_BASE_URL", base_url.clone()),
            ("CONCIERGE_LISTEN", format!("127.0.0.1:{port}")),
            ("CONCIERGE_META_GRAPH_URL", meta.to_owned()),
            ("CONCIERGE_META_DIALOG_URL", meta.to_owned()),
            ("CONCIERGE_ENCRYPTION_KEYS", KEY.to_owned()),
            ("CONCIERGE_METRICS_LISTEN", String::new()),
            ("CONCIERGE_LOG", "trace".to_owned()),
        ]);
        Self {
            folder: TempDir::new().unwrap(),
            base_url,
            settings,
        }
    }

    pub fn knows(&self, setting: &str) -> bool {
        self.settings.iter().any(|(name, _)| *name == setting)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_concierge"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.settings.iter().map(|(name, value)| (*name, value)));
        command
    }

    /// Runs a command; whether it ended well, and what it printed.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.command(arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    }

    /// Starts the server and waits until it can do its work.
    pub async fn serve(&self) -> Server {
        let file = |name: &str| File::create(self.file(name)).unwrap();
        let mut command = self.command(&["serve"]);
        command.stdin(Stdio::null()).stdout(file("printed")).stderr(file("log"));
        let server = Server(command.spawn().unwrap());
        let client = client();
        let ready = format!("{}/readyz", self.base_url);
        eventually("the server becomes ready", || async {
            client
                .get(&ready)
                .send()
                .await
                .ok()
                .filter(|answer| answer.status().is_success())
        })
        .await;
        server
    }

    /// The one-time code that the server printed.
    pub fn set_up_code(&self) -> String {
        let printed = std::fs::read_to_string(self.file("printed")).unwrap();
        let code = printed.lines().find_map(|line| line.strip_prefix("    "));
        code.unwrap_or_else(|| panic!("no code was printed: {printed}"))
            .to_owned()
    }

    /// Every byte that the deployment wrote: log, output, database and write-ahead log.
    pub fn everything_written(&self) -> Vec<u8> {
        let files = |folder: PathBuf| {
            std::fs::read_dir(folder)
                .into_iter()
                .flatten()
                .map(|entry| entry.unwrap().path())
        };
        let all = files(self.folder.path().to_owned()).chain(files(self.file("data")));
        all.filter(|path| path.is_file())
            .flat_map(|path| std::fs::read(path).unwrap())
            .collect()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A browser that follows nothing by itself, and remembers all it was shown.
pub struct Browser {
    client: Client,
    base_url: String,
    cookie: Option<String>,
    pub shown: String,
}

impl Browser {
    pub fn new(base_url: &str) -> Self {
        Self {
            client: client(),
            base_url: base_url.to_owned(),
            cookie: None,
            shown: String::new(),
        }
    }

    /// Opens an address, ours or Facebook's; where it leads, for redirects.
    pub async fn follow(&mut self, address: &str) -> String {
        let answer = self.send(self.client.get(address)).await;
        let location = answer.headers().get(LOCATION);
        let location = location.unwrap_or_else(|| panic!("{address} leads nowhere: {}", answer.status()));
        location.to_str().unwrap().to_owned()
    }

    /// Opens a page of ours.
    pub async fn page(&mut self, path: &str) -> String {
        let request = self.client.get(self.address(path)).header(ACCEPT, "text/html");
        let answer = self.send(request).await;
        assert_eq!(answer.status(), 200, "{path}");
        let html = answer.text().await.unwrap();
        self.shown.push_str(&html);
        html
    }

    /// Calls a server function as a page does.
    pub async fn call(&mut self, path: &str, fields: &[(&str, &str)]) -> Value {
        let request = self.client.post(self.address(path)).form(fields);
        let request = request
            .header(ACCEPT, "application/json")
            .header(ORIGIN, &self.base_url);
        let answer = self.send(request).await;
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        self.shown.push_str(&text);
        serde_json::from_str(&text).unwrap_or_default()
    }

    async fn send(&mut self, request: RequestBuilder) -> Response {
        let request = match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        };
        let answer = request.send().await.unwrap();
        if let Some(cookie) = answer.headers().get(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = Some(cookie.to_owned());
        }
        answer
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}
