//! The first page, and the rail of every page.

use domain::ids::{AccountId, TenantId};
use domain::roles::Role;
use domain::standing::{SeenAccount, Standing, Workspace, headline};
use domain::views::{Attention, CheckLine, DayUse, Overview, Rail, StatusSentence, Tone};

use super::ai_trouble::ai_trouble;
use super::{attention, checklist, days, funds, store};
use crate::accounts::{AccountFacts, quiet_conversations};
use crate::clock::SharedClock;
use crate::identity::TenantTime;
use crate::intents::Intents;
use crate::outgoing_webhooks::switched_off_endpoints;
use crate::persona;
use crate::storage::{Database, StorageError};

const CHART_DAYS: i64 = 14;
/// Today and the full days that the forecast looks at.
const FORECAST_DAYS: i64 = 8;

/// The overview of one tenant.
#[derive(Debug, Clone)]
pub struct OverviewPages {
    database: Database,
    clock: SharedClock,
    tenant: TenantId,
    for_owners: bool,
    intents: Option<Intents>,
}

/// What both pages start from.
struct Facts {
    time: TenantTime,
    balance: i64,
    accounts: Vec<AccountFacts>,
    days: Vec<DayUse>,
}

impl Facts {
    fn seen(&self) -> Vec<SeenAccount> {
        self.accounts.iter().map(|facts| facts.seen(&self.time)).collect()
    }
}

impl OverviewPages {
    /// The overview of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
            for_owners: true,
            intents: None,
        }
    }

    /// Leaves out what leads to pages for owners only, unless `role` may see those.
    #[must_use]
    pub fn seen_by(self, role: Role) -> Self {
        let for_owners = role.can_manage();
        Self { for_owners, ..self }
    }

    /// Tells too where rules with an intent are passed over, because this process has no model for them.
    #[must_use]
    pub fn understood_by(self, intents: &Intents) -> Self {
        Self {
            intents: Some(intents.clone()),
            ..self
        }
    }

    /// How everything stands.
    pub async fn page(&self) -> Result<Overview, StorageError> {
        let facts = self.facts(CHART_DAYS).await?;
        let Facts {
            time,
            balance,
            accounts,
            days,
        } = &facts;
        let unanswered = funds::unanswered(self.database.reader(), self.tenant, *balance, time).await?;
        let outlook = funds::outlook(self.database.reader(), self.tenant, *balance, days, time).await?;
        let silenced = store::silenced_conversations(self.database.reader(), self.tenant, self.clock.now()).await?;
        let checklist = checklist::of(accounts, *balance, self.persona().await?, time);
        let seen = attention::Seen {
            accounts,
            troubles: self.troubles(accounts).await?,
            silenced: &silenced,
            waiting: &self.accounts_with_waiting_customers(time).await?,
            balance: *balance,
            outlook: &outlook,
            used_today: days.last().map_or(0, |today| today.canned + today.ai),
        };
        let mut attention = attention::list(seen, time);
        if self.for_owners {
            let off = switched_off_endpoints(self.database.reader(), self.tenant).await?;
            attention.extend(off.into_iter().map(attention::of_webhooks));
        }
        Ok(Overview {
            status: status(&facts, &checklist.lines, &attention),
            out_of_credits: *balance == 0,
            attention,
            days: days.clone(),
            accounts: accounts.iter().map(|account| account.brief(time)).collect(),
            checklist,
            unanswered,
        })
    }

    /// What hinders replies although every connection works.
    async fn troubles(&self, accounts: &[AccountFacts]) -> Result<Vec<Attention>, StorageError> {
        let (reader, now) = (self.database.reader(), self.clock.now());
        let unanswered = attention::of_platform(accounts.iter().map(AccountFacts::unanswered).sum());
        let ai_trouble = ai_trouble(reader, self.tenant, now).await?;
        let passed_over = match &self.intents {
            Some(intents) => intents.passed_over(reader, self.tenant).await?,
            None => None,
        };
        let passed_over = passed_over.map(attention::of_intents);
        Ok([unanswered, ai_trouble, passed_over].into_iter().flatten().collect())
    }

    /// One for each conversation that a rule left to a person.
    async fn accounts_with_waiting_customers(&self, time: &TenantTime) -> Result<Vec<AccountId>, StorageError> {
        let quiet = quiet_conversations(self.database.reader(), self.tenant, None, time).await?;
        let waiting = quiet.into_iter().filter(|(_, one)| one.waits_for_person);
        Ok(waiting.map(|(account, _)| account).collect())
    }

    /// The rail of every page.
    pub async fn rail(&self, tenant_name: String) -> Result<Rail, StorageError> {
        let facts = self.facts(FORECAST_DAYS).await?;
        let seen = facts.seen();
        let count = |which: fn(&SeenAccount) -> bool| {
            u32::try_from(seen.iter().filter(|seen| which(seen)).count()).unwrap_or(u32::MAX)
        };
        let reader = self.database.reader();
        Ok(Rail {
            tenant_name,
            accounts: count(|seen| seen.standing() != Standing::Disconnected),
            need_attention: count(SeenAccount::needs_somebody),
            credits: facts.balance,
            outlook: funds::outlook(reader, self.tenant, facts.balance, &facts.days, &facts.time).await?,
        })
    }

    /// Whether the AI replies have an approved persona; none without AI replies.
    async fn persona(&self) -> Result<Option<bool>, StorageError> {
        let reader = self.database.reader();
        if !store::has_ai_responses(reader, self.tenant).await? {
            return Ok(None);
        }
        let used = persona::in_use(reader, self.tenant, self.clock.now()).await?;
        Ok(Some(used.is_some()))
    }

    async fn facts(&self, day_count: i64) -> Result<Facts, StorageError> {
        let reader = self.database.reader();
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        Ok(Facts {
            balance: store::balance(reader, self.tenant).await?,
            accounts: AccountFacts::of_all(reader, self.tenant, time.now()).await?,
            days: days::last(reader, self.tenant, &time, day_count).await?,
            time,
        })
    }
}

fn status(facts: &Facts, checklist: &[CheckLine], attention: &[Attention]) -> StatusSentence {
    let last_dm = facts.accounts.iter().filter_map(AccountFacts::last_dm_at).max();
    let open = checklist.iter().filter(|line| line.state != Tone::Ok);
    let headline = headline(&Workspace {
        accounts: &facts.seen(),
        balance: facts.balance,
        needs_you: &attention.iter().map(|item| item.tone).collect::<Vec<_>>(),
        steps_left: &open.map(|line| line.label.to_lowercase()).collect::<Vec<_>>(),
    });
    StatusSentence {
        last_dm: last_dm.map(|at| facts.time.moment(at)),
        ..headline
    }
}
