//! A tenant with an owner and an Instagram account, and a clock that the test moves.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::{AccountId, MessageId, TenantId, UserId};
use domain::roles::Role;
use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft};
use domain::time::Timestamp;
use engine::accounts::{AccountRegistry, Accounts, NewInstagramAccount};
use engine::channels::instagram::{InstagramSettings, LoginSettings, MetaAccounts};
use engine::clock::ManualClock;
use engine::connect::Connections;
use engine::health::HealthPages;
use engine::identity::{Actor, NewUser, Passwords, SignIn, Users};
use engine::jobs::WakeUps;
use engine::messages::Messages;
use engine::overview::{Credits, OverviewPages};
use engine::rules::Rules;
use engine::storage::{Database, sql};
use engine::vault::{KeyRing, Vault, generate_key};
use sea_orm::{FromQueryResult, Value};
use secrecy::SecretString;
use uuid::Uuid;

use crate::support::TestDatabase;

/// 2026-11-22T12:00:00Z, a Sunday.
pub const NOON: Timestamp = Timestamp::from_millis(1_795_348_800_000);
pub const PASSWORD: &str = "a long enough password";

pub struct World {
    pub database: Database,
    pub clock: Arc<ManualClock>,
    pub vault: Vault,
    pub passwords: Passwords,
    pub tenant: TenantId,
    pub user: UserId,
    pub account: AccountId,
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

impl World {
    /// The owner `owner@bloom.example` of the tenant `bloom` with the account `bloomandstem`.
    pub async fn new(database: &TestDatabase) -> Self {
        let clock = ManualClock::at(NOON);
        let vault = Vault::new(KeyRing::parse(&generate_key("k1")).unwrap());
        Self::with(database.handle(), clock, vault, "bloom", "1001").await
    }

    /// Another tenant on the same database.
    pub async fn neighbour(&self) -> Self {
        Self::with(
            self.database.clone(),
            self.clock.clone(),
            self.vault.clone(),
            "noor",
            "2002",
        )
        .await
    }

    async fn with(database: Database, clock: Arc<ManualClock>, vault: Vault, slug: &str, ig_id: &str) -> Self {
        let passwords = Passwords::new(2);
        let users = Users::new(&database, clock.clone(), passwords.clone());
        let (user, tenant) = users
            .create(NewUser {
                email: format!("Owner@{slug}.example"),
                password: PASSWORD.into(),
                tenant_slug: slug.into(),
                tenant_name: Some("Bloom & Stem".into()),
                role: Role::Owner,
                is_operator: false,
            })
            .await
            .unwrap();
        let registry = AccountRegistry::new(&database, clock.clone(), vault.clone());
        let added = registry
            .add_instagram(&account_of(tenant, ig_id), Actor::Command)
            .await
            .unwrap();
        Self {
            database,
            clock,
            vault,
            passwords,
            tenant,
            user,
            account: added.account,
        }
    }

    pub fn rules(&self) -> Rules {
        Rules::for_tenant(&self.database, self.clock.clone(), self.tenant)
    }

    pub fn accounts(&self) -> Accounts {
        Accounts::for_tenant(&self.database, self.clock.clone(), self.tenant)
    }

    pub fn messages(&self) -> Messages {
        Messages::for_tenant(&self.database, self.clock.clone(), self.tenant)
    }

    pub fn credits(&self) -> Credits {
        Credits::for_tenant(&self.database, self.clock.clone(), self.tenant)
    }

    pub fn overview(&self) -> OverviewPages {
        OverviewPages::for_tenant(&self.database, self.clock.clone(), self.tenant)
    }

    pub fn health(&self) -> HealthPages {
        let connections = self.connections();
        HealthPages::for_tenant(&self.database, self.clock.clone(), &connections, self.tenant)
    }

    /// Nothing listens where it would ask.
    pub fn connections(&self) -> Connections {
        let settings = InstagramSettings {
            graph_url: "http://127.0.0.1:1".into(),
            graph_version: "v26.0".into(),
            app_id: "1".into(),
            app_secret: "secret".into(),
            timeout: Duration::from_secs(1),
            login: LoginSettings::for_base_url("http://127.0.0.1:1"),
        };
        let meta = Arc::new(MetaAccounts::new(settings).unwrap());
        let (database, vault) = (self.database.clone(), self.vault.clone());
        Connections::new(database, vault, self.clock.clone(), meta, WakeUps::new())
    }

    pub fn users(&self) -> Users {
        Users::new(&self.database, self.clock.clone(), self.passwords.clone())
    }

    pub fn sign_in(&self) -> SignIn {
        SignIn::new(
            &self.database,
            self.clock.clone(),
            self.passwords.clone(),
            self.vault.clone(),
        )
    }

    pub fn registry(&self) -> AccountRegistry {
        AccountRegistry::new(&self.database, self.clock.clone(), self.vault.clone())
    }

    pub fn actor(&self) -> Actor {
        Actor::User(self.user)
    }

    /// The labels of the rules in order, after checking that positions are 1, 2, 3 … .
    pub async fn labels(&self) -> Vec<String> {
        let page = self.rules().page(self.account).await.unwrap();
        let positions =
            "SELECT position AS number FROM rules WHERE account_id = $1 AND deleted_at IS NULL ORDER BY position";
        let stored: Vec<Number> = sql::all(self.database.reader(), positions, [self.account.as_uuid().into()])
            .await
            .unwrap();
        let stored: Vec<i64> = stored.iter().map(|row| row.number).collect();
        let dense: Vec<i64> = (1..=i64::try_from(page.rules.len()).unwrap()).collect();
        assert_eq!(stored, dense, "positions are dense");
        page.rules.into_iter().map(|row| row.rule.label).collect()
    }

    /// Adds rules with these names at the end.
    pub async fn add_rules(&self, labels: &[&str]) {
        for label in labels {
            self.rules()
                .add(self.account, &draft(label), None, self.actor())
                .await
                .unwrap();
        }
    }

    /// How many rows a query with this tenant's id as `$1` counts.
    pub async fn count(&self, from_where: &str) -> i64 {
        let text = format!("SELECT COUNT(*) AS number FROM {from_where}");
        let row: Option<Number> = sql::optional(self.database.reader(), text, [self.tenant.as_uuid().into()])
            .await
            .unwrap();
        row.unwrap().number
    }

    /// Runs one statement directly.
    pub async fn run(&self, text: &str, values: Vec<Value>) {
        sql::execute(self.database.writer(), text, values)
            .await
            .unwrap_or_else(|error| panic!("{text}: {error:?}"));
    }

    /// Sets the balance directly.
    pub async fn set_balance(&self, balance: i64) {
        let text = "INSERT INTO credit_balances (tenant_id, balance) VALUES ($1, $2)
            ON CONFLICT (tenant_id) DO UPDATE SET balance = excluded.balance";
        self.run(text, vec![self.tenant.as_uuid().into(), balance.into()]).await;
    }

    /// A customer's message with its outcome (`None` while it is open) at `at`.
    pub async fn message(&self, at: Timestamp, outcome: Option<&str>, reason: Option<&str>) -> MessageId {
        let id = Uuid::now_v7();
        let text = "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id,
                recipient_id, outcome, reason, response_kind, credits, latency_ms, occurred_at, created_at)
            VALUES ($1, $2, 'instagram', $3, 'inbound', 'customer', 'text', '900004821', '1001', $4, $5, $6, $7, $8,
                $9, $9)";
        let sent = outcome == Some("sent");
        let values = vec![
            id.into(),
            self.tenant.as_uuid().into(),
            self.account.as_uuid().into(),
            outcome.map(str::to_owned).into(),
            reason.map(str::to_owned).into(),
            sent.then(|| "canned".to_owned()).into(),
            i64::from(sent).into(),
            sent.then_some(1_800_i64).into(),
            at.as_millis().into(),
        ];
        self.run(text, values).await;
        MessageId::from_uuid(id)
    }
}

/// An account as `concierge account add` describes it.
pub fn account_of(tenant: TenantId, ig_id: &str) -> NewInstagramAccount {
    NewInstagramAccount {
        tenant,
        ig_id: ig_id.into(),
        page_id: format!("{ig_id}9"),
        username: "@bloomandstem".into(),
        name: "Bloom & Stem Florist".into(),
        page_token: SecretString::from("EAAB-canary-token"),
        auto_reply: true,
    }
}

/// A rule that answers its own name.
pub fn draft(label: &str) -> RuleDraft {
    RuleDraft {
        label: label.into(),
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords: vec![format!("word {label}")],
            mode: MatchMode::WholeWord,
        }),
        response: Response::Canned(format!("About {label}.")),
        enabled: true,
        leave_to_person: false,
    }
}
