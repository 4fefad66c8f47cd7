//! The first page, and the rail of every page.

use domain::ids::{AccountId, TenantId};
use domain::views::{CheckLine, DayUse, Overview, Rail, StatusSentence, Tone};

use super::ai_trouble::ai_trouble;
use super::{attention, checklist, days, funds, store};
use crate::accounts::{AccountFacts, credits, quiet_conversations};
use crate::clock::SharedClock;
use crate::identity::TenantTime;
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
}

/// What both pages start from.
struct Facts {
    time: TenantTime,
    balance: i64,
    accounts: Vec<AccountFacts>,
    days: Vec<DayUse>,
}

impl OverviewPages {
    /// The overview of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
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
        let forecast = funds::forecast(*balance, days, time);
        let quiet = quiet_conversations(self.database.reader(), self.tenant, None, time).await?;
        let waiting: Vec<AccountId> = quiet
            .into_iter()
            .filter_map(|(account, one)| one.waits_for_person.then_some(account))
            .collect();
        let ai_trouble = ai_trouble(self.database.reader(), self.tenant, self.clock.now()).await?;
        let checklist = checklist::of(accounts, *balance, self.persona().await?, time);
        Ok(Overview {
            status: status(&facts, &checklist.lines),
            out_of_credits: *balance == 0,
            attention: attention::list(accounts, ai_trouble, &waiting, *balance, forecast.as_ref(), time),
            days: days.clone(),
            accounts: accounts.iter().map(|account| account.brief(time)).collect(),
            checklist,
            unanswered,
        })
    }

    /// The rail of every page.
    pub async fn rail(&self) -> Result<Rail, StorageError> {
        let Facts {
            time,
            balance,
            accounts,
            days,
        } = self.facts(FORECAST_DAYS).await?;
        Ok(Rail {
            accounts: count(&accounts, AccountFacts::is_connected),
            need_attention: count(&accounts, AccountFacts::needs_somebody),
            credits: balance,
            forecast: funds::forecast(balance, &days, &time),
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
            accounts: AccountFacts::of_all(reader, self.tenant).await?,
            days: days::last(reader, self.tenant, &time, day_count).await?,
            time,
        })
    }
}

fn status(facts: &Facts, checklist: &[CheckLine]) -> StatusSentence {
    let accounts = &facts.accounts;
    let answering = count(accounts, AccountFacts::is_answering);
    let connected = count(accounts, AccountFacts::is_connected);
    let last_dm = accounts
        .iter()
        .filter_map(AccountFacts::last_dm_at)
        .max()
        .map(|at| facts.time.moment(at));
    let (tone, lead, rest) = if connected == 0 {
        (
            Tone::Idle,
            "Not answering yet.",
            "No Instagram account is connected.".to_owned(),
        )
    } else if facts.balance == 0 {
        (
            Tone::Bad,
            "Off: no credits.",
            "Customers who write now get no reply.".to_owned(),
        )
    } else if answering > 0 {
        let credits = credits(facts.balance);
        let accounts = match (answering, connected) {
            (1, 1) => "1 account is answering.".to_owned(),
            (2, 2) => "Both accounts are answering.".to_owned(),
            (some, all) if some == all => format!("All {all} accounts are answering."),
            (1, all) => format!("1 of {all} accounts is answering."),
            (some, all) => format!("{some} of {all} accounts are answering."),
        };
        (Tone::Ok, "On.", format!("{credits} {accounts}"))
    } else if count(accounts, AccountFacts::needs_somebody) > 0 {
        (Tone::Bad, "Not answering.", "No account can send now.".to_owned())
    } else {
        (Tone::Idle, "Not answering yet.", steps_left(checklist))
    };
    StatusSentence {
        tone,
        lead: lead.into(),
        rest,
        last_dm,
    }
}

/// `2 steps are left: can receive, switched on.`
fn steps_left(checklist: &[CheckLine]) -> String {
    let left: Vec<String> = checklist
        .iter()
        .filter(|line| line.state != Tone::Ok)
        .map(|line| line.label.to_lowercase())
        .collect();
    match left.as_slice() {
        [] => String::new(),
        [only] => format!("1 step is left: {only}."),
        many => format!("{} steps are left: {}.", many.len(), many.join(", ")),
    }
}

fn count(accounts: &[AccountFacts], which: impl Fn(&AccountFacts) -> bool) -> u32 {
    u32::try_from(accounts.iter().filter(|facts| which(facts)).count()).unwrap_or(u32::MAX)
}
