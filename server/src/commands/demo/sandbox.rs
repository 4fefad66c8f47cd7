//! The Meta app of the demo, which exists in the sandbox only: its secrets and its Pages.

use ::sandbox::{Explain, Sandbox, SandboxConfig, SeededPage, seeded_pages};
use secrecy::{ExposeSecret, SecretString};

use super::files::DemoFiles;
use super::random_secret;
use crate::cli::DemoArgs;
use crate::failure::Failure;

/// The tokens of the seeded Pages are derived from it, so it never changes.
const APP_ID: &str = "1024768409600001";

/// The app and its secrets.
pub(super) struct DemoMetaApp {
    app_secret: SecretString,
    verify_token: SecretString,
}

impl DemoMetaApp {
    pub(super) fn new() -> Self {
        Self {
            app_secret: random_secret(),
            verify_token: random_secret(),
        }
    }

    pub(super) fn app_id(&self) -> &'static str {
        APP_ID
    }

    pub(super) fn app_secret(&self) -> &SecretString {
        &self.app_secret
    }

    pub(super) fn verify_token(&self) -> &SecretString {
        &self.verify_token
    }

    pub(super) fn pages(&self) -> Vec<SeededPage> {
        seeded_pages(APP_ID).to_vec()
    }

    pub(super) async fn start(
        &self,
        args: &DemoArgs,
        files: &DemoFiles,
        admin_url: &str,
        explain: Explain,
    ) -> Result<Sandbox, Failure> {
        let mut config = SandboxConfig::new(APP_ID, self.app_secret.expose_secret());
        config.listen = args.sandbox_listen;
        config.expose = args.expose;
        config.keep_in = Some(files.issued_tokens());
        config.explain = Some(explain);
        config.admin_url = Some(admin_url.to_owned());
        let started = Sandbox::start(config).await;
        started.map_err(|error| Failure::because("the sandbox cannot start (--sandbox-listen)", &error))
    }
}
