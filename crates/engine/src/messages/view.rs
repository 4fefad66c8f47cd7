//! Pages of the log.

use std::collections::HashMap;

use domain::ids::{AccountId, MessageId, RuleId, TenantId};
use domain::reasons::Reason;
use domain::time::Timestamp;
use domain::views::{
    Author, Count, Cursor, Direction, MessageFilter, MessageRow, MessagesPage, NextStep, Place, RuleRef,
};
use sea_orm::FromQueryResult;

use super::conditions::Conditions;
use super::cursor::{self, Page, Seek};
use super::log_row::{self, LogRow};
use super::{CsvExport, MessagesError, row_text};
use crate::accounts::AccountFacts;
use crate::clock::SharedClock;
use crate::identity::TenantTime;
use crate::storage::{Database, StorageError, sql};

const PAGE: usize = 50;
const COUNT_UP_TO: i64 = 1_000;

/// The log of one tenant.
#[derive(Debug, Clone)]
pub struct Messages {
    database: Database,
    clock: SharedClock,
    tenant: TenantId,
}

#[derive(FromQueryResult)]
struct CountRow {
    count: i64,
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
        let accounts = AccountFacts::of_all(self.database.reader(), self.tenant).await?;
        let names = names(&accounts);
        let page = self.read_page(&conditions, Seek::from_cursor(cursor)).await?;
        Ok(MessagesPage {
            rows: page
                .rows
                .iter()
                .map(|row| view(row, &names, &time))
                .collect::<Result<_, _>>()?,
            matching: self.count(&conditions).await?,
            in_these_days: self.count(&Conditions::in_days(self.tenant, filter, &time)?).await?,
            newer: page.newer,
            older: page.older,
            filter: filter.clone(),
            accounts: accounts.iter().map(|facts| facts.brief(&time)).collect(),
            time_zone: time.zone_name().to_owned(),
        })
    }

    /// The newest messages of one account.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn recent(&self, account: AccountId, limit: u32) -> Result<Vec<MessageRow>, MessagesError> {
        let time = self.time().await?;
        let filter = MessageFilter {
            account: Some(account),
            ..MessageFilter::default()
        };
        let conditions = Conditions::of(self.tenant, &filter, &time)?;
        let facts = AccountFacts::of_one(self.database.reader(), self.tenant, account).await?;
        let names = names(facts.as_slice());
        let rows = self.read(conditions, Seek::Newest, i64::from(limit)).await?;
        Ok(rows
            .iter()
            .map(|row| view(row, &names, &time))
            .collect::<Result<_, _>>()?)
    }

    /// Everything `filter` finds, as CSV in pieces.
    ///
    /// # Errors
    /// [`MessagesError::Invalid`] under `from` or `to`.
    pub async fn export(&self, filter: &MessageFilter) -> Result<CsvExport, MessagesError> {
        let time = self.time().await?;
        let conditions = Conditions::of(self.tenant, filter, &time)?;
        let accounts = AccountFacts::of_all(self.database.reader(), self.tenant).await?;
        Ok(CsvExport::new(self.clone(), conditions, names(&accounts), time))
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
        let (condition, order) = seek.sql("m", conditions.values.len() + 1);
        let condition = condition.map(|(text, key)| (text, [key.created_at.into(), key.id.into()]));
        let mut conditions = conditions.and(condition);
        let text = format!(
            "{} WHERE {} ORDER BY {order} LIMIT ${}",
            log_row::SELECT,
            conditions.text(),
            conditions.values.len() + 1
        );
        conditions.values.push(limit.into());
        sql::all(self.database.reader(), text, conditions.values).await
    }

    async fn count(&self, conditions: &Conditions) -> Result<Count, StorageError> {
        let text = format!(
            "SELECT COUNT(*) AS count FROM (SELECT m.id FROM messages m WHERE {} LIMIT {}) AS found",
            conditions.text(),
            COUNT_UP_TO + 1
        );
        let row = sql::optional::<CountRow, _>(self.database.reader(), text, conditions.values.clone()).await?;
        let count = row.map_or(0, |row| row.count);
        let value = u32::try_from(count.min(COUNT_UP_TO)).unwrap_or_default();
        Ok(Count {
            value,
            capped: count > COUNT_UP_TO,
        })
    }

    async fn time(&self) -> Result<TenantTime, StorageError> {
        TenantTime::of(self.database.reader(), self.tenant, self.clock.now()).await
    }
}

/// Names of accounts by id.
pub(super) type Names = HashMap<AccountId, String>;

fn names(accounts: &[AccountFacts]) -> Names {
    accounts
        .iter()
        .map(|facts| (facts.id(), facts.username().to_owned()))
        .collect()
}

fn view(row: &LogRow, names: &Names, time: &TenantTime) -> Result<MessageRow, StorageError> {
    let account_id = AccountId::from_uuid(row.account_id);
    let reason = row.reason();
    let reserved = row.holds_credit();
    let advice = match row.wait_reason().filter(|_| row.is_open()) {
        Some(wait) => wait.next_step(),
        None => reason.and_then(Reason::next_step),
    };
    Ok(MessageRow {
        id: MessageId::from_uuid(row.id),
        when: time.moment(Timestamp::from_millis(row.created_at)),
        account_id,
        account: names.get(&account_id).cloned().unwrap_or_default(),
        direction: row
            .direction
            .parse::<Direction>()
            .map_err(|_| StorageError::Corrupt("direction"))?,
        author: row
            .author
            .parse::<Author>()
            .map_err(|_| StorageError::Corrupt("author"))?,
        message: row_text::message(row),
        pill: row_text::pill(row),
        why: row_text::why(row, time),
        advice: advice.map(str::to_owned),
        next_step: reason.and_then(|reason| next_step(reason, account_id)),
        rule: rule(row),
        credits: if reserved { -1 } else { -row.credits.abs() },
        credit_reserved: reserved,
        took_ms: row.latency_ms,
    })
}

fn rule(row: &LogRow) -> Option<RuleRef> {
    let id = RuleId::from_uuid(row.rule_id?);
    Some(RuleRef {
        id,
        label: row.rule_label.clone()?,
        position: row.rule_position(),
    })
}

fn next_step(reason: Reason, id: AccountId) -> Option<NextStep> {
    let (label, place) = match reason {
        Reason::NoCredits => ("See credits", Place::Credits),
        Reason::AccountDisabled | Reason::AutoReplyOff => ("Switch on", Place::Account { id }),
        Reason::AccountDisconnected | Reason::TokenInvalid | Reason::PermissionMissing | Reason::PolicyBlock => {
            ("See the account", Place::Account { id })
        }
        Reason::BadRequest | Reason::EmptyReply => ("Open the rules", Place::Rules { id }),
        _ => return None,
    };
    Some(NextStep {
        label: label.into(),
        place,
    })
}
