//! `concierge serve`: the production server.

use std::sync::Arc;

use engine::clock::SystemClock;
use tokio_util::sync::CancellationToken;

use crate::cli::ServeArgs;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;
use crate::http::layers::panics;
use crate::http::router::Exposure;
use crate::launch::{LaunchOptions, Server, listen};
use crate::logging;

pub(super) async fn run(args: &ServeArgs, sources: &Sources, stop: CancellationToken) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Serve)?;
    logging::start(&config.log);
    panics::install_panic_hook();
    let listener = listen(config.web.listen).await?;
    let server = Server::open(config, args.role, Arc::new(SystemClock), false).await?;
    server
        .run(
            listener,
            LaunchOptions {
                exposure: Exposure::Public,
                demo: None,
                sandbox: None,
            },
            stop,
        )
        .await
}
