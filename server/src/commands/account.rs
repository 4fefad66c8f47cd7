//! `concierge account add`: an account without the connect flow, for a real Page or for tests.

use std::sync::Arc;

use engine::accounts::{AccountRegistry, NewInstagramAccount};
use engine::clock::SystemClock;
use engine::identity::{Actor, Tenants};

use super::{database, keys, stdin};
use crate::cli::AddAccountArgs;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn add(args: AddAccountArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Secrets)?;
    let key_ring = config
        .storage
        .keys
        .clone()
        .ok_or_else(|| Failure::Usage("CONCIERGE_ENCRYPTION_KEYS is required".into()))?;
    let page_token = stdin::secret("Page token")?;
    let database = database::open_migrated(&config.storage).await?;
    let clock = Arc::new(SystemClock);
    let tenant = tenant(&Tenants::new(&database, clock.clone()), &args.tenant).await?;
    let new = NewInstagramAccount {
        tenant: tenant.id,
        ig_id: args.ig_id,
        page_id: args.page_id,
        name: args.username.clone(),
        username: args.username.clone(),
        page_token,
        auto_reply: true,
    };
    let vault = keys::vault(&database, key_ring).await?;
    let registry = AccountRegistry::new(&database, clock, vault);
    let added = registry.add_instagram(&new, Actor::Command).await;
    let added = added.map_err(|error| Failure::because("the account was not added", &error))?;
    let done = if added.reconnected {
        "connected again"
    } else {
        "connected"
    };
    println!("@{} is {done}: {}", args.username, added.account);
    database.close().await;
    Ok(())
}

/// The tenant called `slug`.
pub(super) async fn tenant(tenants: &Tenants, slug: &str) -> Result<engine::identity::Tenant, Failure> {
    let found = tenants
        .by_slug(slug)
        .await
        .map_err(|error| Failure::because("the tenant cannot be looked up", &error))?;
    found.ok_or_else(|| {
        Failure::Failed(format!(
            "there is no tenant called '{slug}'; `concierge user create` makes one"
        ))
    })
}
