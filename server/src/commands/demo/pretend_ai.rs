//! The AI of the demo: the visitor's own provider if one is configured, else the pretend one of the sandbox.

use ::sandbox::Sandbox;
use url::Url;

use crate::cli::DemoArgs;
use crate::config::AiConfig;
use crate::failure::Failure;

/// Chooses it; none with `--without-ai`.
pub(super) fn choose(
    configured: Option<AiConfig>,
    args: &DemoArgs,
    sandbox: &Sandbox,
) -> Result<Option<AiConfig>, Failure> {
    if args.without_ai || configured.is_some() {
        return Ok(configured.filter(|_| !args.without_ai));
    }
    let base_url = Url::parse(&format!("{}/v1", sandbox.base_url()));
    let base_url =
        base_url.map_err(|error| Failure::because("the address of the pretend AI cannot be read", &error))?;
    Ok(Some(AiConfig {
        base_url,
        api_key: None,
        reply_model: "pretend-reply".into(),
        safety_model: "pretend-safety".into(),
        embedding_model: "pretend-embedding".into(),
    }))
}
