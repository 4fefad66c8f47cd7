//! Accounts, rules, switches and credits of a story.

use domain::credits::LedgerKind;
use domain::ids::{AccountId, TenantId};
use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft};
use domain::time::Timestamp;
use engine::accounts::{AccountRegistry, Accounts, NewInstagramAccount};
use engine::credits::{self, Grant};
use engine::identity::Actor;
use engine::rules::Rules;

use super::{DEFAULT_REPLY, World};

impl World {
    /// Connects the sandbox's seeded Page number `index` to a tenant, with its newest token.
    pub async fn connect(&self, index: usize, tenant: TenantId) -> (AccountId, String) {
        let page = self
            .meta()
            .pages()
            .into_iter()
            .filter(|page| page.ig_id.is_some())
            .nth(index)
            .unwrap();
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
        let registry = AccountRegistry::new(&self.database, self.shared_clock(), self.engine.vault().clone());
        let added = registry.add_instagram(&new, Actor::Command).await.unwrap();
        if !added.reconnected {
            let reply = Response::Canned(DEFAULT_REPLY.into());
            self.accounts(tenant)
                .edit_default_reply(added.account, 1, &reply, Actor::Command)
                .await
                .unwrap();
        }
        (added.account, username)
    }

    pub fn accounts(&self, tenant: TenantId) -> Accounts {
        Accounts::for_tenant(&self.database, self.shared_clock(), tenant)
    }

    pub async fn switch_enabled(&self, on: bool) {
        self.accounts(self.tenant)
            .set_enabled(self.account, on, Actor::Command)
            .await
            .unwrap();
    }

    pub async fn switch_auto_reply(&self, on: bool) {
        self.accounts(self.tenant)
            .set_auto_reply(self.account, on, Actor::Command)
            .await
            .unwrap();
    }

    pub async fn grant(&self, tenant: TenantId, amount: i64) {
        self.grant_until(tenant, amount, None).await;
    }

    pub async fn grant_until(&self, tenant: TenantId, amount: i64, expires_at: Option<Timestamp>) {
        let transaction = self.database.begin().await.unwrap();
        let grant = Grant {
            tenant,
            amount,
            expires_at,
            note: "story".into(),
        };
        credits::grant(&transaction, &grant, self.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Adds a whole-word keyword rule at the end of the list.
    pub async fn rule(&self, label: &str, keywords: &[&str], reply: &str) {
        let draft = RuleDraft {
            label: label.into(),
            matcher: Matcher::Keywords(KeywordMatcher {
                keywords: keywords.iter().map(|&keyword| keyword.to_owned()).collect(),
                mode: MatchMode::WholeWord,
            }),
            response: Response::Canned(reply.into()),
            enabled: true,
            leave_to_person: false,
        };
        let rules = Rules::for_tenant(&self.database, self.shared_clock(), self.tenant);
        rules.add(self.account, &draft, None, Actor::Command).await.unwrap();
    }

    pub async fn balance(&self) -> i64 {
        self.number("SELECT balance AS number FROM credit_balances WHERE tenant_id = $1")
            .await
    }

    pub async fn ledger(&self, kind: LedgerKind) -> i64 {
        let text = format!(
            "SELECT COUNT(*) AS number FROM credit_ledger WHERE tenant_id = $1 AND kind = '{}'",
            kind.as_str()
        );
        self.number(&text).await
    }
}
