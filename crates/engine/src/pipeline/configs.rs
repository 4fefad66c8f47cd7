//! Compiled reply configs by account and revision. The revision is read inside each decision, so nothing is ever
//! invalidated between processes: a stale entry is simply not the one asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::AccountId;
use domain::matching::CompiledConfig;
use sea_orm::ConnectionTrait;

use crate::rules::load_reply_config;
use crate::storage::StorageError;

/// Accounts whose compiled config is kept; beyond that the cache starts afresh.
const LARGEST: usize = 5_000;

type Compiled = HashMap<AccountId, (i64, CompiledConfig)>;

#[derive(Clone, Default)]
pub(crate) struct ConfigCache(Arc<Mutex<Compiled>>);

impl std::fmt::Debug for ConfigCache {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ConfigCache")
    }
}

impl ConfigCache {
    pub(super) async fn get<C: ConnectionTrait>(
        &self,
        connection: &C,
        account: AccountId,
        revision: i64,
    ) -> Result<CompiledConfig, StorageError> {
        if let Some(compiled) = self.cached(account, revision) {
            return Ok(compiled);
        }
        let config = load_reply_config(connection, account)
            .await?
            .ok_or(StorageError::Corrupt("reply config of an account"))?;
        let (revision, compiled) = (config.revision, CompiledConfig::compile(&config));
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= LARGEST {
            cache.clear();
        }
        cache.insert(account, (revision, compiled.clone()));
        Ok(compiled)
    }

    fn cached(&self, account: AccountId, revision: i64) -> Option<CompiledConfig> {
        let cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache
            .get(&account)
            .filter(|(cached, _)| *cached == revision)
            .map(|(_, compiled)| compiled.clone())
    }
}
