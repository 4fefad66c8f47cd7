//! `concierge doctor`: one line per thing that must work, and what to do where it does not.

mod ai;
mod transport;

use std::time::Duration;

use domain::views::Tone;
use engine::clock::{Clock, SystemClock};
use engine::identity::TenantTime;
use engine::intents::{ModelProblem, verify_model};
use engine::jobs;
use engine::storage::{Database, pooler_problem};
use engine::vault::missing_keys;
use secrecy::ExposeSecret;

use super::{database, tokens};
use crate::config::{Config, IntentsMode, Purpose, Sources};
use crate::failure::Failure;
use crate::http::edge::limits::{CONNECTIONS, ConnectionLimits};
use crate::http::edge::open_files;

const TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn run(sources: &Sources) -> Result<(), Failure> {
    let mut report = Report::default();
    let Some(config) = configuration(sources, &mut report) else {
        return report.finish();
    };
    report.say("Open files", connections_at_once(open_files::raise()));
    check_database(&config, &mut report).await;
    let http = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .build();
    let http = http.map_err(|error| Failure::because("no HTTP client can be made", &error))?;
    let graph = &config.meta.graph_url;
    report.say(
        "Meta",
        reach(&http, graph)
            .await
            .map(|()| format!("{graph} answers, version {}", config.meta.graph_version)),
    );
    ai::check(&config, &http, &mut report).await;
    check_intent_model(&config, &mut report).await;
    report.finish()
}

async fn check_intent_model(config: &Config, report: &mut Report) {
    let found = match config.intents {
        IntentsMode::Off => Ok("off: rules with intents match nothing".into()),
        IntentsMode::Provider => Ok("the AI provider's embedding model".into()),
        IntentsMode::Embedded => match verify_model(&config.intent_model).await {
            Ok(()) => Ok(format!("{} can be used", config.intent_model.display())),
            // Rules with intents say so too; everything else works without.
            Err(problem @ ModelProblem::Missing(_)) => Ok(format!("{problem} Until then only keywords match")),
            Err(problem) => Err(problem.to_string()),
        },
    };
    report.say("Intents", found);
}

/// What the server gets when it starts from here; a supervisor may give it more or less.
fn connections_at_once(open_files: Option<u64>) -> Result<String, String> {
    let connections = ConnectionLimits::within(open_files).connections;
    let files = open_files.map_or("any number of".to_owned(), |files| files.to_string());
    let told = format!("{files} files, {connections} connections at once");
    if connections >= CONNECTIONS / 8 {
        Ok(told)
    } else {
        Err(format!(
            "{told}; raise the limit (LimitNOFILE= in systemd, --ulimit nofile= in docker)"
        ))
    }
}

fn configuration(sources: &Sources, report: &mut Report) -> Option<Config> {
    match Config::load(sources, Purpose::Serve) {
        Ok(config) => {
            report.say(
                "Configuration",
                Ok(format!("complete, public address {}", config.web.base_url.origin())),
            );
            Some(config)
        }
        Err(error) => {
            for problem in &error.problems {
                report.say("Configuration", Err(problem.to_string()));
            }
            None
        }
    }
}

async fn check_database(config: &Config, report: &mut Report) {
    let database = match database::open(&config.storage).await {
        Ok(database) => database,
        Err(failure) => return report.say("Database", Err(failure.to_string())),
    };
    report.say("Database", Ok("answers".into()));
    if let Some(found) = transport::check(config.storage.url.expose_secret()) {
        report.say("Database transport", found);
    }
    match pooler_problem(&database).await {
        Ok(None) => {}
        // What else is asked of the database would fail by chance.
        Ok(Some(problem)) => return report.say("Database sessions", Err(problem.into())),
        Err(error) => return report.say("Database sessions", Err(error.to_string())),
    }
    if let Ok(Some(problem)) = jobs::hstore_problem(&database).await {
        report.say("Extension", Err(problem.into()));
    }
    match jobs::pending_migrations(&database).await {
        Ok(false) => report.say("Schema", Ok("up to date".into())),
        Ok(true) => return report.say("Schema", Err("behind; run `concierge migrate`".into())),
        Err(error) => return report.say("Schema", Err(error.to_string())),
    }
    if let Some(keys) = &config.storage.keys {
        report.say("Keys", keys_in_use(missing_keys(&database, keys).await));
        connections(config, &database, report).await;
    }
    database.close().await;
}

/// The Meta app, its webhook and the daily run. A step that was not taken yet is no failure.
async fn connections(config: &Config, database: &Database, report: &mut Report) {
    let connections = match tokens::connections(config, database).await {
        Ok(connections) => connections,
        Err(failure) => return report.say("Meta app", Err(failure.to_string())),
    };
    let time = TenantTime::new("UTC", SystemClock.now());
    match connections.deployment(&time).await {
        Err(error) => report.say("Connections", Err(error.to_string())),
        Ok(lines) => {
            for line in lines {
                let found = match line.state {
                    Tone::Bad => Err(line.sentence),
                    _ => Ok(line.sentence),
                };
                report.say(&line.label, found);
            }
        }
    }
}

fn keys_in_use(missing: Result<Vec<String>, engine::storage::StorageError>) -> Result<String, String> {
    match missing {
        Ok(missing) if missing.is_empty() => Ok("open everything that is sealed".into()),
        Ok(missing) => Err(format!(
            "values are sealed with keys that are not configured: {}",
            missing.join(", ")
        )),
        Err(error) => Err(error.to_string()),
    }
}

/// Any answer will do: without a token both say no, politely.
async fn reach(http: &reqwest::Client, url: &str) -> Result<(), String> {
    let answer = http.get(url).send().await;
    answer
        .map(drop)
        .map_err(|error| format!("{url} does not answer: {}", error.without_url()))
}

#[derive(Default)]
struct Report {
    problems: usize,
}

impl Report {
    fn say(&mut self, what: &str, found: Result<String, String>) {
        match found {
            Ok(text) => println!("ok   {what}: {text}"),
            Err(text) => {
                self.problems += 1;
                println!("FAIL {what}: {text}");
            }
        }
    }

    fn finish(self) -> Result<(), Failure> {
        match self.problems {
            0 => Ok(()),
            1 => Err(Failure::Failed("one thing needs attention".into())),
            count => Err(Failure::Failed(format!("{count} things need attention"))),
        }
    }
}
