//! A filter as the `WHERE` of a query.

use domain::ids::TenantId;
use domain::limits::FieldError;
use domain::messages::{Author, MessageOutcome};
use domain::views::{Direction, MessageFilter, OutcomeFilter};
use jiff::civil::Date;

use super::MessagesError;
use super::cursor::Seek;
use crate::identity::TenantTime;
use crate::storage::Value;

/// Conditions joined by AND, with their values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// What `filter` asks for, among the tenant's messages.
    pub(super) fn of(tenant: TenantId, filter: &MessageFilter, time: &TenantTime) -> Result<Self, MessagesError> {
        let mut conditions = Self::in_days(tenant, filter, time)?;
        if let Some(account) = filter.account {
            conditions.add("m.account_id = ?", [account.into()]);
        }
        if let Some(direction) = filter.direction {
            conditions.add("m.direction = ?", [direction.into()]);
        }
        if let Some(reason) = filter.reason {
            conditions.add("m.reason = ?", [reason.into()]);
        }
        let outcome = match filter.outcome {
            None => return Ok(conditions),
            Some(OutcomeFilter::Waiting) => {
                let open = "m.outcome IS NULL AND EXISTS
            (SELECT 1 FROM replies w WHERE w.message_id = m.id AND w.settled_at IS NULL)";
                conditions.add(open, []);
                return Ok(conditions);
            }
            Some(OutcomeFilter::Sent) => MessageOutcome::Sent,
            Some(OutcomeFilter::Skipped) => MessageOutcome::Skipped,
            Some(OutcomeFilter::Failed) => MessageOutcome::Failed,
        };
        conditions.add("m.outcome = ?", [outcome.into()]);
        Ok(conditions)
    }

    /// Everything that the log lists in the days of `filter`. A reply of ours is told in the row of the DM it answers; its own
    /// row would only repeat it, unless sent messages are asked for.
    pub(super) fn in_days(tenant: TenantId, filter: &MessageFilter, time: &TenantTime) -> Result<Self, MessagesError> {
        let mut conditions = Self::default();
        conditions.add("m.tenant_id = ?", [tenant.into()]);
        let (from, to) = match (date("from", filter.from.as_deref()), date("to", filter.to.as_deref())) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => return Err(MessagesError::Invalid(from.err().into_iter().chain(to.err()).collect())),
        };
        if let Some(from) = from {
            conditions.add("m.created_at >= ?", [time.start_of(from).into()]);
        }
        if let Some(to) = to {
            conditions.add("m.created_at < ?", [time.end_of(to).into()]);
        }
        if filter.direction != Some(Direction::Outbound) {
            let told = [Direction::Inbound.into(), Author::Concierge.into()];
            conditions.add("(m.direction = ? OR m.author <> ?)", told);
        }
        Ok(conditions)
    }

    /// Adds a condition with a value for each of its question marks.
    pub(crate) fn add<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        let mut text = condition.to_owned();
        for value in values {
            self.values.push(value);
            text = text.replacen('?', &format!("${}", self.values.len()), 1);
        }
        self.parts.push(text);
    }

    /// The text behind `WHERE`, and its values.
    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.parts.join(" AND "), self.values)
    }

    /// The same with order and limit, beginning at a place in `table`.
    pub(crate) fn page(mut self, table: &str, seek: Seek, limit: i64) -> (String, Vec<Value>) {
        let (comparison, order) = seek.sql(table);
        if let Some((comparison, key)) = comparison {
            self.add(&comparison, [key.created_at.into(), key.id.into()]);
        }
        let (text, mut values) = self.into_parts();
        values.push(limit.into());
        (format!("{text} ORDER BY {order} LIMIT ${}", values.len()), values)
    }
}

fn date(field: &str, text: Option<&str>) -> Result<Option<Date>, FieldError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| FieldError {
        field: field.into(),
        message: "Write a date as year-month-day, like 2026-11-22.".into(),
    })
}

#[cfg(test)]
mod tests;
