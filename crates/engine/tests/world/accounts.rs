//! Accounts of a story: connected, switched, checked.

use domain::ids::{AccountId, TenantId};
use domain::rules::Response;
use engine::accounts::{AccountRegistry, Accounts, NewInstagramAccount};
use engine::connect::daily_checks::ConnectionChecker;
use engine::identity::Actor;

use super::{DEFAULT_REPLY, World};

impl World {
    /// Connects the sandbox's seeded Page number `index` to a tenant, with its newest token.
    pub async fn connect(&self, index: usize, tenant: TenantId) -> (AccountId, String) {
        let pages = self.meta().pages().into_iter();
        let page = pages.filter(|page| page.ig_id.is_some()).nth(index).unwrap();
        let username = page.username.unwrap();
        let new = NewInstagramAccount {
            tenant,
            ig_id: page.ig_id.unwrap(),
            page_id: page.page_id,
            username: username.clone(),
            name: page.name,
            page_token: page.token.into(),
            auto_reply: true,
        };
        let added = self.registry().add_instagram(&new, Actor::Command).await.unwrap();
        if !added.reconnected {
            let reply = Response::Canned(DEFAULT_REPLY.into());
            Accounts::for_tenant(&self.database, self.shared_clock(), tenant)
                .edit_default_reply(added.account, 1, &reply, Actor::Command)
                .await
                .unwrap();
        }
        (added.account, username)
    }

    pub fn registry(&self) -> AccountRegistry {
        AccountRegistry::new(&self.database, self.shared_clock(), self.engine.vault().clone())
    }

    pub fn accounts(&self) -> Accounts {
        Accounts::for_tenant(&self.database, self.shared_clock(), self.tenant)
    }

    pub async fn switch_enabled(&self, on: bool) {
        let done = self.accounts().set_enabled(self.account, on, self.actor()).await;
        done.unwrap();
    }

    pub async fn switch_auto_reply(&self, on: bool) {
        let done = self.accounts().set_auto_reply(self.account, on, self.actor()).await;
        done.unwrap();
    }

    /// Checks all connections in this process; how many were planned, were checked and are broken.
    pub async fn check_all(&self) -> (u64, u64, u64) {
        let connections = self.engine.connections();
        let run = ConnectionChecker::new(connections.clone()).check_all_here().await;
        let summary = connections.run_summary(&run.unwrap()).await.unwrap();
        (summary.accounts, summary.checked, summary.broken)
    }
}
