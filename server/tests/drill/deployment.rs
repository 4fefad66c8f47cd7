//! A deployment as an operator makes one: the real binary, its environment, its settings file, one database.
//!
//! The benchmarks use it too.
#![allow(dead_code, reason = "the drill and the benchmarks each use their own part")]
#![allow(
    clippy::allow_attributes,
    reason = "an unused part is expected in some binaries only"
)]

use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

use domain::api_keys::{ApiKeyDraft, Scope, Scopes};
use domain::ids::{AccountId, TenantId};
use domain::persona::PersonaContent;
use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft};
use engine::api_keys::ApiKeys;
use engine::clock::SystemClock;
use engine::identity::{Actor, Tenants};
use engine::persona::Personas;
use engine::rules::Rules;
use engine::storage::{Database, sql};
use engine::vault::generate_key;
use sandbox::SeededPage;
use sea_orm::FromQueryResult;
use secrecy::ExposeSecret;
use tempfile::TempDir;

use crate::server_process::{Program, ServerProcess};

pub const APP_ID: &str = "684771020934512";
pub const APP_SECRET: &str = "drill-app-secret";

/// Where the binary runs, and with which settings.
#[derive(Debug)]
pub struct Deployment {
    pub database_url: String,
    folder: TempDir,
    graph_url: String,
    keys: String,
    app_secrets: Mutex<String>,
    /// Where a sandbox plays the AI provider.
    ai_url: Option<String>,
}

/// A tenant with one connected account, and what it was given.
#[derive(Debug, Clone)]
pub struct Shop {
    pub tenant: String,
    pub page: SeededPage,
    pub granted: i64,
}

impl Deployment {
    /// `database_url` is `sqlite` for a new file, or the URL of an empty PostgreSQL database.
    pub fn new(database_url: &str, graph_url: &str, settings: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        std::fs::write(folder.path().join("concierge.toml"), settings).expect("a settings file");
        let database_url = match database_url {
            "sqlite" => format!("sqlite://{}", folder.path().join("concierge.db").display()),
            url => url.to_owned(),
        };
        let keys = generate_key("drill").expose_secret().to_owned();
        Self {
            database_url,
            folder,
            graph_url: graph_url.to_owned(),
            keys,
            app_secrets: Mutex::new(APP_SECRET.to_owned()),
            ai_url: None,
        }
    }

    /// With the AI provider that the sandbox at this address plays.
    pub fn with_ai_at(self, sandbox_url: &str) -> Self {
        Self {
            ai_url: Some(format!("{sandbox_url}/v1")),
            ..self
        }
    }

    /// What the operator configures for the next start.
    pub fn configure_app_secrets(&self, secrets: &str) {
        secrets.clone_into(&mut self.app_secrets.lock().expect("nobody panicked"));
    }

    fn command(&self, program: &Program, arguments: &[&str]) -> Command {
        let mut command = program.command(arguments);
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("CONCIERGE_DATABASE_URL", &self.database_url)
            .env("CONCIERGE_ENCRYPTION_KEYS", &self.keys)
            .env("CONCIERGE_META_APP_ID", APP_ID)
            .env(
                "CONCIERGE_META_APP_SECRET",
                self.app_secrets.lock().expect("nobody panicked").as_str(),
            )
            .env("CONCIERGE_META_VERIFY_TOKEN", "drill")
            .env("CONCIERGE_META_GRAPH_URL", &self.graph_url)
            .env("CONCIERGE_METRICS_LISTEN", "")
            .env("CONCIERGE_AI_INTENTS", "off")
            .env("CONCIERGE_LOG", "warn");
        if let Some(url) = &self.ai_url {
            command
                .env("CONCIERGE_AI_BASE_URL", url)
                .env("CONCIERGE_AI_REPLY_MODEL", "pretend-reply")
                .env("CONCIERGE_AI_SAFETY_MODEL", "pretend-safety")
                .env("CONCIERGE_AI_TOKENS_PER_TENANT_DAY", "0");
        }
        command
    }

    /// Runs a command to its end; returns how it ended and what it printed.
    pub fn run(&self, arguments: &[&str], input: &str) -> (ExitStatus, String) {
        let mut command = self.command(&Program::current(), arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        child
            .stdin
            .take()
            .expect("a pipe")
            .write_all(input.as_bytes())
            .expect("the binary reads its input");
        let output = child.wait_with_output().expect("the binary ends");
        let text = [output.stdout, output.stderr].concat();
        (output.status, String::from_utf8_lossy(&text).into_owned())
    }

    fn run_successfully(&self, arguments: &[&str], input: &str) {
        let (status, text) = self.run(arguments, input);
        assert!(status.success(), "concierge {arguments:?} failed: {text}");
    }

    /// Makes the schema and one tenant per Page, each with an owner, a connected account, credits and keyword rules.
    pub async fn create_shops(&self, pages: Vec<SeededPage>, granted: i64, rules: &[(&str, &str)]) -> Vec<Shop> {
        let grants = vec![granted; pages.len()];
        self.create_shops_granted(pages, &grants, rules).await
    }

    /// The same with a sum for each.
    pub async fn create_shops_granted(
        &self,
        pages: Vec<SeededPage>,
        grants: &[i64],
        rules: &[(&str, &str)],
    ) -> Vec<Shop> {
        self.run_successfully(&["migrate"], "");
        let mut shops = Vec::new();
        let pages = pages.into_iter().filter(|page| page.ig_id.is_some());
        for (number, (page, granted)) in pages.zip(grants.iter().copied()).enumerate() {
            let tenant = format!("shop-{number}");
            let email = format!("owner@{tenant}.example");
            self.run_successfully(
                &[
                    "user",
                    "create",
                    "--email",
                    &email,
                    "--tenant",
                    &tenant,
                    "--password-stdin",
                ],
                "correct horse battery\n",
            );
            let (ig_id, username) = (
                page.ig_id.as_deref().unwrap_or_default(),
                page.username.as_deref().unwrap_or_default(),
            );
            let account = [
                "account",
                "add",
                "--tenant",
                &tenant,
                "--ig-id",
                ig_id,
                "--page-id",
                &page.page_id,
            ];
            let account = [&account[..], &["--username", username, "--token-stdin"]].concat();
            self.run_successfully(&account, &format!("{}\n", page.token));
            // A shop with few customers may have none to begin with.
            if granted > 0 {
                let amount = granted.to_string();
                self.run_successfully(
                    &[
                        "credits", "grant", "--tenant", &tenant, "--amount", &amount, "--note", "drill",
                    ],
                    "",
                );
            }
            shops.push(Shop { tenant, page, granted });
        }
        self.add_rules(&shops, rules).await;
        shops
    }

    async fn add_rules(&self, shops: &[Shop], rules: &[(&str, &str)]) {
        for shop in shops {
            for (keyword, answer) in rules {
                self.add_rule(shop, keyword, Response::Canned((*answer).to_owned()))
                    .await;
            }
        }
    }

    /// Gives each shop a rule that the AI answers, with approved texts.
    pub async fn answer_by_ai(&self, shops: &[Shop], keyword: &str, persona: &str, prompt: &str) {
        let clock = Arc::new(SystemClock);
        for shop in shops {
            self.add_rule(shop, keyword, Response::AiPrompt(prompt.to_owned()))
                .await;
            let database = self.open().await;
            let tenant = tenant_of(&database, shop).await;
            let personas = Personas::for_tenant(&database, clock.clone(), tenant, true);
            let content = PersonaContent::OwnText(persona.to_owned());
            personas.save(Actor::Command, &content, 0).await.unwrap();
            let approved = "UPDATE safety_checks SET status = 'approved'";
            sql::execute(database.writer(), approved, []).await.unwrap();
            database.close().await;
        }
    }

    async fn add_rule(&self, shop: &Shop, keyword: &str, response: Response) {
        let database = self.open().await;
        let tenant = tenant_of(&database, shop).await;
        let text = "SELECT account_id AS id FROM instagram_accounts WHERE page_id = $1";
        let row = sql::optional::<Id, _>(database.reader(), text, [shop.page.page_id.clone().into()]).await;
        let draft = RuleDraft {
            label: keyword.to_owned(),
            matcher: Matcher::Keywords(KeywordMatcher {
                keywords: vec![keyword.to_owned()],
                mode: MatchMode::WholeWord,
            }),
            response,
            enabled: true,
            leave_to_person: false,
        };
        let account = AccountId::from_uuid(row.unwrap().unwrap().id);
        let rules = Rules::for_tenant(&database, Arc::new(SystemClock), tenant);
        rules.add(account, &draft, None, Actor::Command).await.unwrap();
        database.close().await;
    }

    /// So many keys with which programs of this shop may read, and write rules.
    pub async fn create_keys(&self, shop: &Shop, count: usize) -> Vec<String> {
        let database = self.open().await;
        let tenant = tenant_of(&database, shop).await;
        let keys = ApiKeys::for_tenant(&database, Arc::new(SystemClock), tenant);
        let mut made = Vec::new();
        for number in 0..count {
            let draft = ApiKeyDraft {
                name: format!("Program {number}"),
                scopes: Scopes::of([Scope::Read, Scope::WriteRules]),
                days: None,
            };
            let key = keys.create(&draft, Actor::Command).await.unwrap();
            made.push(key.secret.expose().to_owned());
        }
        database.close().await;
        made
    }

    /// The database, seen from beside the servers.
    pub async fn open(&self) -> Database {
        Database::open(&self.database_url).await.expect("the database opens")
    }

    /// The folder in which the servers run; a database that is a file lies in it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a server; it may take a while until it answers.
    pub fn serve(&self, address: SocketAddr, role: &str) -> ServerProcess {
        self.serve_by(&Program::current(), address, role)
    }

    /// The same with another program.
    pub fn serve_by(&self, program: &Program, address: SocketAddr, role: &str) -> ServerProcess {
        let log = self.log_of(address);
        let file = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .expect("a log file");
        let listen = address.to_string();
        let mut command = self.command(program, &["serve", "--role", role]);
        command
            .env("CONCIERGE_LISTEN", &listen)
            .env("CONCIERGE_BASE_URL", format!("http://{listen}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file);
        ServerProcess::start(&mut command, address, log)
    }

    fn log_of(&self, address: SocketAddr) -> PathBuf {
        self.folder.path().join(format!("server-{}.log", address.port()))
    }
}

async fn tenant_of(database: &Database, shop: &Shop) -> TenantId {
    let tenants = Tenants::new(database, Arc::new(SystemClock));
    tenants.by_slug(&shop.tenant).await.unwrap().unwrap().id
}

#[derive(FromQueryResult)]
struct Id {
    id: uuid::Uuid,
}
