//! A filter as the `WHERE` of a query.

use domain::ids::TenantId;
use domain::limits::FieldError;
use domain::views::{Direction, MessageFilter, OutcomeFilter};
use jiff::civil::Date;
use sea_orm::Value;

use super::MessagesError;
use crate::identity::TenantTime;

/// Conditions joined by AND, with their values.
#[derive(Debug, Clone)]
pub(super) struct Conditions {
    parts: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    /// What `filter` asks for, among the tenant's messages.
    pub(super) fn of(tenant: TenantId, filter: &MessageFilter, time: &TenantTime) -> Result<Self, MessagesError> {
        let mut conditions = Self::in_days(tenant, filter, time)?;
        if let Some(account) = filter.account {
            conditions.add("m.account_id = ?", account.as_uuid());
        }
        match filter.direction {
            None => {}
            Some(Direction::Inbound) => conditions.parts.push("m.direction = 'inbound'".into()),
            Some(Direction::Outbound) => conditions.parts.push("m.direction = 'outbound'".into()),
        }
        match filter.outcome {
            None => {}
            Some(OutcomeFilter::Waiting) => conditions.parts.push(
                "m.outcome IS NULL AND EXISTS
                    (SELECT 1 FROM replies w WHERE w.message_id = m.id AND w.settled_at IS NULL)"
                    .into(),
            ),
            Some(outcome) => conditions.add("m.outcome = ?", outcome.as_str()),
        }
        Ok(conditions)
    }

    /// Everything that the log lists in the days of `filter`. A reply of ours is told in the row of the DM it answers; its own
    /// row would only repeat it, unless sent messages are asked for.
    pub(super) fn in_days(tenant: TenantId, filter: &MessageFilter, time: &TenantTime) -> Result<Self, MessagesError> {
        let mut conditions = Self {
            parts: Vec::new(),
            values: Vec::new(),
        };
        conditions.add("m.tenant_id = ?", tenant.as_uuid());
        let (from, to) = match (date("from", filter.from.as_deref()), date("to", filter.to.as_deref())) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => return Err(MessagesError::Invalid(from.err().into_iter().chain(to.err()).collect())),
        };
        if let Some(from) = from {
            conditions.add("m.created_at >= ?", time.start_of(from).as_millis());
        }
        if let Some(to) = to {
            conditions.add("m.created_at < ?", time.end_of(to).as_millis());
        }
        if filter.direction != Some(Direction::Outbound) {
            conditions
                .parts
                .push("(m.direction = 'inbound' OR m.author <> 'concierge')".into());
        }
        Ok(conditions)
    }

    /// Adds a condition with one value in place of the question mark.
    pub(super) fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.parts
            .push(condition.replace('?', &format!("${}", self.values.len())));
    }

    /// The text behind `WHERE`.
    pub(super) fn text(&self) -> String {
        self.parts.join(" AND ")
    }

    /// The same with one more condition whose values come last.
    pub(super) fn and(mut self, condition: Option<(String, [Value; 2])>) -> Self {
        if let Some((text, values)) = condition {
            self.parts.push(text);
            self.values.extend(values);
        }
        self
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
