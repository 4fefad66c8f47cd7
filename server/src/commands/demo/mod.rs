//! `concierge demo`: server, sandbox and a seeded tenant in one process, on this machine, with nothing to configure.

mod explain;
mod files;
mod persona;
mod pretend_ai;
mod sandbox;
mod seed;
mod starter_rules;
mod welcome;

use std::net::SocketAddr;
use std::sync::Arc;

use app::auth::DemoSignIn;
use app::context::SandboxAddress;
use engine::clock::SystemClock;
use engine::outgoing_webhooks::WebhookTargets;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::cli::{DemoArgs, ServeRole};
use crate::config::{BaseUrl, Config, Purpose, Sources};
use crate::failure::Failure;
use crate::http::layers::panics;
use crate::http::router::Exposure;
use crate::http::routes::table::WEBHOOK;
use crate::launch::{LaunchOptions, Server, listen};
use crate::logging;
use files::DemoFiles;
use sandbox::DemoMetaApp;

pub(super) async fn run(args: &DemoArgs, sources: Sources, stop: CancellationToken) -> Result<(), Failure> {
    refuse_reachable(args.sandbox_listen, args, "--sandbox-listen")?;
    let files = DemoFiles::prepare(&args.data_dir, args.reset)?;
    let meta = DemoMetaApp::new();
    let mut config = configure(args, sources, &files, &meta)?;
    refuse_reachable(config.web.listen, args, "--listen")?;
    logging::start(&config.log);
    panics::install_panic_hook();
    let listener = listen(config.web.listen).await?;
    let here = address(&listener)?;
    config.web.base_url = own_address(&config, here);
    let explanations = explain::Explanations::default();
    let sandbox = meta
        .start(args, &files, config.web.base_url.origin(), explanations.look_up())
        .await?;
    config.meta.graph_url = sandbox.base_url();
    config.meta.dialog_url = sandbox.base_url();
    config.ai = pretend_ai::choose(config.ai.take(), args, &sandbox);
    sandbox
        .handle()
        .set_webhook_url(format!("http://{}{WEBHOOK}", on_this_machine(here)));
    let server = Server::open(config, ServeRole::All, Arc::new(SystemClock), true).await?;
    explanations.read_from(server.engine());
    let sign_in = seed::run(server.engine(), &files, &meta.pages(), args.expose).await?;
    welcome::print(server.base_url(), &sandbox, &sign_in, &args.data_dir);
    let run = server
        .run(listener, options(args, &sign_in, &sandbox.base_url()), stop)
        .await;
    sandbox.shutdown().await;
    run
}

/// What the sign-in form is filled with: nothing, when others can reach it.
fn options(args: &DemoArgs, sign_in: &seed::SignIn, sandbox: &str) -> LaunchOptions {
    let sandbox = Some(SandboxAddress(sandbox.into()));
    if args.expose {
        return LaunchOptions {
            exposure: Exposure::AnyHost,
            demo: Some(None),
            sandbox,
        };
    }
    let filled = sign_in.password.as_ref().map(|password| DemoSignIn {
        email: sign_in.email.clone(),
        password: password.expose_secret().to_owned(),
    });
    LaunchOptions {
        exposure: Exposure::Loopback,
        demo: Some(filled),
        sandbox,
    }
}

fn refuse_reachable(address: SocketAddr, args: &DemoArgs, flag: &str) -> Result<(), Failure> {
    if address.ip().is_loopback() || args.expose {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{flag} {address}: others could reach the demo there. Add --expose if that is what you want; its password is then random."
    )))
}

fn configure(args: &DemoArgs, mut sources: Sources, files: &DemoFiles, meta: &DemoMetaApp) -> Result<Config, Failure> {
    let keys = files.keys()?;
    sources.overrides = vec![
        ("database_url", files.database_url()),
        ("migrate", "true".into()),
        ("encryption_keys", keys.expose_secret().to_owned()),
        ("meta_app_id", meta.app_id().to_owned()),
        ("meta_app_secret", meta.app_secret().expose_secret().to_owned()),
        ("meta_verify_token", meta.verify_token().expose_secret().to_owned()),
        ("meta_graph_version", "v26.0".into()),
        ("meta_login_config_id", String::new()),
        (
            "operator_contact",
            "you, at the machine this demo runs on. --reset gives it fresh credits.".into(),
        ),
        ("trusted_proxies", String::new()),
        // One person plays all customers here.
        ("replies_per_10_minutes", "30".into()),
        ("replies_per_24_hours", "200".into()),
    ];
    if let Some(listen) = args.listen {
        sources.overrides.push(("listen", listen.to_string()));
    }
    let mut config = Config::load(&sources, Purpose::Demo)?;
    // Receivers of a demo are on its machine too; others who reach it may not have it call what is there.
    if !args.expose {
        config.runtime.webhook_targets = WebhookTargets::Any;
    }
    Ok(config)
}

fn address(listener: &TcpListener) -> Result<SocketAddr, Failure> {
    listener
        .local_addr()
        .map_err(|error| Failure::because("the own address cannot be read", &error))
}

/// The address on this machine, even when the server listens on all of its addresses.
fn on_this_machine(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        let loopback = if address.is_ipv4() { "127.0.0.1" } else { "::1" };
        if let Ok(ip) = loopback.parse() {
            address.set_ip(ip);
        }
    }
    address
}

fn own_address(config: &Config, here: SocketAddr) -> BaseUrl {
    let own = BaseUrl::parse(&format!("http://{}", on_this_machine(here)));
    own.unwrap_or_else(|| config.web.base_url.clone())
}

/// A secret that is never shown: it lives as long as the process.
fn random_secret() -> SecretString {
    let bytes: [u8; 24] = rand::random();
    SecretString::from(hex::encode(bytes))
}
