//! Pages of the log.

use std::collections::HashMap;
use std::time::Duration;

use domain::answer_checks::HeldBy;
use domain::ids::{AccountId, TenantId};
use domain::reasons::Reason;
use domain::views::{Count, Cursor, MessageFilter, MessageRow, MessagesPage, NextStep, Place, RuleRef};

use super::conditions::Conditions;
use super::cursor::{self, Page, Seek};
use super::sql::{COUNT, LogRow, REASONS, ROWS, ReasonRow, as_of_then};
use super::{MessagesError, named_days, row_text};
use crate::accounts::{AccountFacts, usernames};
use crate::clock::SharedClock;
use crate::identity::TenantTime;
use crate::storage::{Database, StorageError, sql};

const PAGE: usize = 50;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// As the texts about the budget say it.
const NEXT_BUDGET: &str = "It starts again at midnight UTC. ";
/// The log has no words, neither the customer's nor the AI's: what was held is seen by trying.
const TRY_IT: &str =
    "Type such a message under Try a message and press Write an answer: it shows what would be held back now.";
/// As the text of `COUNT` says.
const COUNT_UP_TO: i64 = 1_000;

/// The log of one tenant.
#[derive(Debug, Clone)]
pub struct Messages {
    pub(super) database: Database,
    clock: SharedClock,
    pub(super) tenant: TenantId,
}

impl Messages {
    /// The log of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
        }
    }

    /// One page of what `filter` finds. Without a direction, the log tells of DMs and of what people wrote themselves;
    /// replies of ours are told in the rows of the DMs they answer. Another tenant's account finds nothing.
    ///
    /// # Errors
    /// [`MessagesError::Invalid`] under `from` or `to`.
    pub async fn page(&self, filter: &MessageFilter, cursor: &Cursor) -> Result<MessagesPage, MessagesError> {
        let time = self.time().await?;
        let conditions = Conditions::of(self.tenant, filter, &time)?;
        let accounts = AccountFacts::of_all(self.database.reader(), self.tenant, time.now()).await?;
        let names = accounts.iter().map(|facts| (facts.id(), facts.username().to_owned()));
        let names = names.collect();
        let page = self.read_page(&conditions, Seek::from_cursor(cursor)).await?;
        Ok(MessagesPage {
            rows: page.rows.iter().map(|row| view(row, &names, &time)).collect(),
            matching: self.count(conditions).await?,
            in_these_days: self.count(Conditions::in_days(self.tenant, filter, &time)?).await?,
            newer: page.newer,
            older: page.older,
            filter: filter.clone(),
            accounts: accounts.iter().map(|facts| facts.brief(&time)).collect(),
            time_zone: time.zone_name().to_owned(),
            named_days: named_days(time.today()),
            reasons: self.reasons(filter.reason).await?,
        })
    }

    /// The newest messages of one account.
    pub async fn recent(&self, account: AccountId, limit: u32) -> Result<Vec<MessageRow>, MessagesError> {
        let time = self.time().await?;
        let filter = MessageFilter {
            account: Some(account),
            ..MessageFilter::default()
        };
        let conditions = Conditions::of(self.tenant, &filter, &time)?;
        let names = usernames(self.database.reader(), self.tenant, Some(account)).await?;
        let rows = self.read(conditions, Seek::Newest, i64::from(limit)).await?;
        Ok(rows.iter().map(|row| view(row, &names, &time)).collect())
    }

    async fn read_page(&self, conditions: &Conditions, seek: Seek) -> Result<Page<LogRow>, StorageError> {
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let rows = self.read(conditions.clone(), seek, limit).await?;
        // The first page is always full: rows that came in meanwhile would otherwise stand there alone.
        if matches!(seek, Seek::NewerThan(_)) && rows.len() < PAGE {
            let rows = self.read(conditions.clone(), Seek::Newest, limit).await?;
            return Ok(cursor::cut(rows, PAGE, Seek::Newest, LogRow::key));
        }
        Ok(cursor::cut(rows, PAGE, seek, LogRow::key))
    }

    pub(super) async fn read(
        &self,
        conditions: Conditions,
        seek: Seek,
        limit: i64,
    ) -> Result<Vec<LogRow>, StorageError> {
        let (tail, values) = conditions.page("m", seek, limit);
        let text = ROWS.replace("{conditions}", &tail);
        let mut rows = sql::all(self.database.reader(), text, values).await?;
        as_of_then(self.database.reader(), self.tenant, &mut rows).await?;
        Ok(rows)
    }

    /// Those that occur, in the order of the enumeration, and `chosen`. One that this release does not know is left out.
    async fn reasons(&self, chosen: Option<Reason>) -> Result<Vec<Reason>, StorageError> {
        let rows: Vec<ReasonRow> = sql::all(self.database.reader(), REASONS, [self.tenant.into()]).await?;
        let known = rows.iter().filter_map(|row| row.reason.parse().ok());
        let found: Vec<Reason> = known.chain(chosen).collect();
        Ok(Reason::all()
            .iter()
            .copied()
            .filter(|reason| found.contains(reason))
            .collect())
    }

    async fn count(&self, conditions: Conditions) -> Result<Count, StorageError> {
        let (conditions, values) = conditions.into_parts();
        let text = COUNT.replace("{conditions}", &conditions);
        let count = sql::value::<i64, _>(self.database.reader(), text, values).await?;
        let count = count.unwrap_or_default();
        let value = u32::try_from(count.min(COUNT_UP_TO)).unwrap_or_default();
        Ok(Count {
            value,
            capped: count > COUNT_UP_TO,
        })
    }

    pub(super) async fn time(&self) -> Result<TenantTime, StorageError> {
        TenantTime::of(self.database.reader(), self.tenant, self.clock.now()).await
    }
}

/// Names of accounts by id.
pub(super) type Names = HashMap<AccountId, String>;

fn view(row: &LogRow, names: &Names, time: &TenantTime) -> MessageRow {
    let reserved = row.holds_credit();
    MessageRow {
        id: row.id,
        when: time.moment(row.created_at),
        account_id: row.account_id,
        account: names.get(&row.account_id).cloned().unwrap_or_default(),
        direction: row.direction,
        author: row.author,
        message: row_text::message(row),
        pill: row_text::pill(row),
        why: row_text::why(row, time),
        held_by: row.held_by().map(|check| check.text().to_owned()),
        advice: advice(row).map(|advice| in_local_time(&advice, row, time)),
        next_step: next_step(row),
        rule: rule(row),
        credits: if reserved { -1 } else { -row.credits.abs() },
        credit_reserved: reserved,
        took_ms: row.latency_ms,
    }
}

fn rule(row: &LogRow) -> Option<RuleRef> {
    Some(RuleRef {
        id: row.rule_id?,
        label: row.rule_label.clone()?,
        position: row.rule_position(),
    })
}

/// What a check held back is worth more than the general word about it.
fn advice(row: &LogRow) -> Option<String> {
    if let Some(wait) = row.wait_reason.filter(|_| row.is_open()) {
        return wait.next_step().map(str::to_owned);
    }
    let check = decisive_check(row);
    let held = check.map(HeldBy::next_step);
    let try_it = check.filter(|check| *check != HeldBy::Budget).map(|_| TRY_IT);
    let says_the_same = |reason: &Reason| matches!(reason, Reason::AiHeld | Reason::AiBudget);
    let general = row.reason().filter(|reason| held.is_none() || !says_the_same(reason));
    let parts: Vec<&str> = general
        .and_then(Reason::next_step)
        .into_iter()
        .chain(held)
        .chain(try_it)
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The check that held the answer back, unless the reply ended for a reason that has nothing to do with it.
fn decisive_check(row: &LogRow) -> Option<HeldBy> {
    let is_about_answer = matches!(
        row.reason(),
        None | Some(Reason::AiHeld | Reason::AiBudget | Reason::EmptyReply)
    );
    row.held_by().filter(|_| is_about_answer)
}

/// The days of the AI budget begin at midnight UTC; the times of the page are the workspace's. The budget of a message of an earlier
/// day may have started again since.
fn in_local_time(advice: &str, row: &LogRow, time: &TenantTime) -> String {
    let today = time.now().start_of_day_in_utc();
    if row.created_at.start_of_day_in_utc() < today {
        return advice.replace(NEXT_BUDGET, "");
    }
    let start = format!("It starts again at {}. ", time.moment(today + DAY).short);
    advice.replace(NEXT_BUDGET, &start)
}

fn next_step(row: &LogRow) -> Option<NextStep> {
    let id = row.account_id;
    if decisive_check(row).is_some_and(HeldBy::is_about_persona) {
        return Some(NextStep {
            label: "Open the persona".into(),
            place: Place::Persona,
        });
    }
    let (label, place) = match row.reason()? {
        Reason::NoCredits => ("See credits", Place::Credits),
        Reason::AccountDisabled | Reason::AutoReplyOff => ("Switch on", Place::Account { id }),
        Reason::AccountDisconnected
        | Reason::TokenInvalid
        | Reason::PermissionMissing
        | Reason::PolicyBlock
        | Reason::DefaultReplySent => ("See the account", Place::Account { id }),
        Reason::PersonaNotApproved => ("See the check", Place::Persona),
        Reason::AiHeld => ("Try it at the rules", Place::Rules { id }),
        Reason::PromptNotApproved | Reason::BadRequest | Reason::EmptyReply => ("Open the rules", Place::Rules { id }),
        _ => return None,
    };
    Some(NextStep {
        label: label.into(),
        place,
    })
}
