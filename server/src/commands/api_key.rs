//! `concierge api-key`: keys of programs, for operators who set a deployment up without its pages.

use std::sync::Arc;

use domain::api_keys::ApiKeyDraft;
use engine::api_keys::{ApiKeys, ApiKeysError};
use engine::clock::SystemClock;
use engine::identity::{Actor, Tenants};
use engine::storage::Database;

use super::user::listed;
use super::{account, database};
use crate::cli::{CreateApiKeyArgs, ListApiKeysArgs, RevokeApiKeyArgs};
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn create(args: CreateApiKeyArgs, sources: &Sources) -> Result<(), Failure> {
    let (database, keys) = open(&args.tenant, sources).await?;
    let scopes = args.scopes.parse().map_err(|_| {
        Failure::Usage("scopes are read, write_rules, switch and credits, with commas between them".into())
    })?;
    let draft = ApiKeyDraft {
        name: args.name,
        scopes,
        days: args.days,
    };
    let made = keys.create(&draft, Actor::Command).await.map_err(failure)?;
    // The one place that ever shows it; standard output holds nothing else.
    println!("{}", made.secret.expose());
    database.close().await;
    Ok(())
}

pub(super) async fn list(args: &ListApiKeysArgs, sources: &Sources) -> Result<(), Failure> {
    let (database, keys) = open(&args.tenant, sources).await?;
    for key in keys.list().await.map_err(|error| failure(error.into()))? {
        let end = match key.expires {
            Some(expires) if key.is_over => format!("ended {}", expires.iso),
            Some(expires) => format!("until {}", expires.iso),
            None => "until revoked".to_owned(),
        };
        let used = key
            .last_used
            .map_or("never used".to_owned(), |at| format!("used {}", at.iso));
        println!("{}\t{}\t{}\t{end}\t{used}", key.prefix, key.name, key.scopes);
    }
    database.close().await;
    Ok(())
}

pub(super) async fn revoke(args: &RevokeApiKeyArgs, sources: &Sources) -> Result<(), Failure> {
    let (database, keys) = open(&args.tenant, sources).await?;
    let present = keys.list().await.map_err(|error| failure(error.into()))?;
    let key = present.into_iter().find(|key| key.prefix == args.prefix);
    let key = key.ok_or_else(|| Failure::Failed(format!("{} has no key that begins so", args.tenant)))?;
    let name = keys.revoke(key.id, Actor::Command).await.map_err(failure)?;
    println!("{name} is revoked.");
    database.close().await;
    Ok(())
}

async fn open(tenant: &str, sources: &Sources) -> Result<(Database, ApiKeys), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let database = database::open_migrated(&config.storage).await?;
    let tenant = account::tenant(&Tenants::new(&database, Arc::new(SystemClock)), tenant).await?;
    let keys = ApiKeys::for_tenant(&database, Arc::new(SystemClock), tenant.id);
    Ok((database, keys))
}

fn failure(error: ApiKeysError) -> Failure {
    match error {
        ApiKeysError::Invalid(fields) => Failure::Failed(listed(&fields)),
        other => Failure::because("nothing was changed", &other),
    }
}
