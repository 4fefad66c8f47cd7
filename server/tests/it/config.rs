//! Configuration: layers, required settings, and every mistake at once.

use secrecy::ExposeSecret;
use server::config::{ALL, Config, ConfigError, LogFormat, ProxyHeader, Purpose, Sources};

const KEY: &str = "first:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn environment(pairs: &[(&str, &str)]) -> Sources {
    let environment = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Sources {
        environment,
        ..Sources::default()
    }
}

fn complete() -> Vec<(&'static str, &'static str)> {
    vec![
        ("CONCIERGE_ENCRYPTION_KEYS", KEY),
        ("CONCIERGE_META_APP_ID", "0123456789"),
        ("CONCIERGE_META_APP_SECRET", "new-secret, old-secret"),
        ("CONCIERGE_META_VERIFY_TOKEN", "007"),
        ("CONCIERGE_BASE_URL", "https://concierge.example"),
    ]
}

fn names(error: &ConfigError) -> Vec<&str> {
    error.problems.iter().map(|problem| problem.name.as_str()).collect()
}

#[test]
fn a_complete_environment_is_enough_to_serve() {
    let config = Config::load(&environment(&complete()), Purpose::Serve).unwrap();
    assert_eq!(config.meta.app_id, "0123456789");
    assert_eq!(config.meta.app_secrets.len(), 2);
    assert_eq!(config.meta.verify_token.unwrap().expose_secret(), "007");
    assert_eq!(config.web.base_url.origin(), "https://concierge.example");
    assert!(config.web.base_url.is_secure());
    assert!(config.ai.is_none());
    assert_eq!(config.runtime.retention_days, 400);
}

#[test]
fn three_mistakes_are_listed_together_with_what_would_be_right() {
    let mut pairs = complete();
    pairs.extend([
        ("CONCIERGE_LISTEN", "3000"),
        ("CONCIERGE_RETENTION_DAYS", "soon"),
        ("CONCIERGE_BASE_URL", "http://concierge.example"),
    ]);
    pairs.retain(|(name, value)| !(*name == "CONCIERGE_BASE_URL" && value.starts_with("https")));
    let error = Config::load(&environment(&pairs), Purpose::Serve).unwrap_err();
    assert_eq!(
        names(&error),
        ["CONCIERGE_LISTEN", "CONCIERGE_BASE_URL", "CONCIERGE_RETENTION_DAYS"]
    );
    let text = error.to_string();
    assert!(text.contains("127.0.0.1:3000"), "{text}");
    assert!(text.contains("must be https://"), "{text}");
    assert!(text.contains("whole number of days"), "{text}");
}

#[test]
fn serve_names_everything_that_is_required() {
    let error = Config::load(&Sources::default(), Purpose::Serve).unwrap_err();
    assert_eq!(
        names(&error),
        [
            "CONCIERGE_ENCRYPTION_KEYS",
            "CONCIERGE_META_APP_ID",
            "CONCIERGE_META_APP_SECRET",
            "CONCIERGE_META_VERIFY_TOKEN"
        ]
    );
}

#[test]
fn commands_on_tables_need_nothing() {
    assert!(Config::load(&Sources::default(), Purpose::Tables).is_ok());
}

#[test]
fn quotation_marks_that_docker_keeps_are_no_part_of_a_secret() {
    let quoted: Vec<(&str, String)> = complete()
        .into_iter()
        .map(|(name, value)| (name, format!("\"{value}\"\r\n")))
        .collect();
    let pairs: Vec<(&str, &str)> = quoted.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let config = Config::load(&environment(&pairs), Purpose::Serve).unwrap();
    let secrets: Vec<_> = config
        .meta
        .app_secrets
        .iter()
        .map(ExposeSecret::expose_secret)
        .collect();
    assert_eq!(secrets, ["new-secret", "old-secret"]);
    assert_eq!(config.meta.verify_token.unwrap().expose_secret(), "007");
    assert_eq!(config.web.base_url.origin(), "https://concierge.example");
}

#[test]
fn half_a_pair_of_quotation_marks_is_named_without_the_secret() {
    let mut pairs = complete();
    pairs.retain(|(name, _)| *name != "CONCIERGE_META_APP_SECRET");
    pairs.push(("CONCIERGE_META_APP_SECRET", "\"hunter2"));
    let error = Config::load(&environment(&pairs), Purpose::Serve)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("CONCIERGE_META_APP_SECRET: begins or ends with a quotation mark"),
        "{error}"
    );
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn no_message_repeats_a_secret() {
    let pairs = [
        ("CONCIERGE_ENCRYPTION_KEYS", "first:hunter2-not-base64"),
        ("CONCIERGE_DATABASE_URL", "mysql://root:hunter2@db/concierge"),
    ];
    let error = Config::load(&environment(&pairs), Purpose::Tables).unwrap_err();
    assert_eq!(error.problems.len(), 2);
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[test]
fn the_environment_stands_above_the_file_and_the_command_above_both() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("concierge.toml");
    std::fs::write(
        &file,
        "listen = '127.0.0.1:4000'\nretention_days = 30\nlog_format = 'pretty'\n",
    )
    .unwrap();
    let mut sources = environment(&[("CONCIERGE_RETENTION_DAYS", "60"), ("CONCIERGE_LOG_FORMAT", "pretty")]);
    sources.file = Some(file);
    sources.overrides = vec![("log_format", "json".into())];
    let config = Config::load(&sources, Purpose::Tables).unwrap();
    assert_eq!(config.web.listen.port(), 4000);
    assert_eq!(config.runtime.retention_days, 60);
    assert_eq!(config.log.format, LogFormat::Json);
}

#[test]
fn a_misspelt_setting_in_the_file_is_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("concierge.toml");
    std::fs::write(&file, "lisen = '127.0.0.1:4000'\n").unwrap();
    let sources = Sources {
        file: Some(file),
        ..Sources::default()
    };
    let error = Config::load(&sources, Purpose::Tables).unwrap_err();
    assert!(error.to_string().contains("no setting called 'lisen'"), "{error}");
}

#[test]
fn the_limits_of_automatic_replies_are_read_and_checked_against_each_other() {
    let limits = |pairs: &[(&str, &str)]| -> Result<(u32, u32), ConfigError> {
        let limits = Config::load(&environment(pairs), Purpose::Tables)?.runtime.limits;
        Ok((limits.per_10_minutes, limits.per_24_hours))
    };
    let (short, long) = ("CONCIERGE_REPLIES_PER_10_MINUTES", "CONCIERGE_REPLIES_PER_24_HOURS");
    let problems = |pairs: &[(&str, &str)]| -> ConfigError { limits(pairs).unwrap_err() };
    assert_eq!(limits(&[]).ok(), Some((6, 30)));
    assert_eq!(limits(&[(short, "10"), (long, "10")]).ok(), Some((10, 10)));
    assert_eq!(names(&problems(&[(short, "0"), (long, "many")])), [short, long]);
    let swapped = problems(&[(short, "30"), (long, "6")]);
    assert_eq!(names(&swapped), [long]);
    let text = swapped.to_string();
    assert!(
        text.contains("must be at least CONCIERGE_REPLIES_PER_10_MINUTES, which is 30, not '6'"),
        "{text}"
    );
}

#[test]
fn the_header_of_the_proxy_and_their_number_are_checked() {
    let pairs = [("CONCIERGE_PROXY_HEADER", "Forwarded"), ("CONCIERGE_PROXY_HOPS", "2")];
    let proxies = Config::load(&environment(&pairs), Purpose::Tables).unwrap().web.proxies;
    assert_eq!((proxies.header, proxies.hops.get()), (ProxyHeader::Forwarded, 2));

    let pairs = [("CONCIERGE_PROXY_HEADER", "x-real-ip"), ("CONCIERGE_PROXY_HOPS", "0")];
    let error = Config::load(&environment(&pairs), Purpose::Tables).unwrap_err();
    assert_eq!(names(&error), ["CONCIERGE_PROXY_HEADER", "CONCIERGE_PROXY_HOPS"]);
}

#[test]
fn the_file_may_hold_lists_and_numbers_and_each_wrong_value_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("concierge.toml");
    let mut sources = Sources {
        file: Some(file.clone()),
        ..Sources::default()
    };
    std::fs::write(
        &file,
        "trusted_proxies = ['10.0.0.0/8', '192.0.2.1']\nworkers = 3\n[timings]\nsweep_ms = 5\n",
    )
    .unwrap();
    let config = Config::load(&sources, Purpose::Tables).unwrap();
    assert_eq!(config.web.proxies.networks.len(), 2);
    assert_eq!(config.runtime.workers.get(), 3);
    assert_eq!(config.runtime.timings.sweep_ms, 5);

    std::fs::write(&file, "[workers]\nnumber = 3\n[timings]\nclaim_ms = 'soon'\n").unwrap();
    sources.environment = vec![("CONCIERGE_LISTEN".into(), "3000".into())];
    let error = Config::load(&sources, Purpose::Tables).unwrap_err();
    assert!(names(&error).contains(&"CONCIERGE_LISTEN"), "{error}");
    assert!(names(&error).contains(&"CONCIERGE_WORKERS"), "{error}");
    let text = error.to_string();
    assert!(text.contains("must be one value, not a table"), "{text}");
    assert!(text.contains("[timings]: ") && text.contains("claim_ms"), "{text}");
}

#[test]
fn the_example_file_lists_every_variable_with_its_default() {
    let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.env.example")).unwrap();
    for setting in ALL {
        let line = format!("{}={}", setting.variable(), setting.default);
        let listed = example.lines().any(|it| it.trim_start_matches("# ").trim() == line);
        assert!(listed, "{line} is missing in .env.example");
    }
}
