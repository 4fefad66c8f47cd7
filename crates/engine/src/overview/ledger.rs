//! Rows of the credit ledger with the reply they belong to.

use domain::credits::LedgerKind;
use domain::ids::TenantId;
use domain::rules::ResponseKind;
use domain::views::{Cursor, LedgerFilter, LedgerRow, LedgerSelection};

use super::sql::{ENTRIES, EntryRow};
use crate::identity::TenantTime;
use crate::messages::{self, Conditions, Key, Page, Seek};
use crate::rules::{NamedRule, RulesAsOf};
use crate::storage::{Connection, StorageError, sql};

const PAGE: usize = 50;

/// One page of the ledger, newest first.
pub(super) async fn page<C: Connection>(
    connection: &C,
    tenant: TenantId,
    filter: &LedgerSelection,
    cursor: &Cursor,
    time: &TenantTime,
) -> Result<Page<LedgerRow>, StorageError> {
    let seek = Seek::from_cursor(cursor);
    let mut rows = read(connection, tenant, filter, seek, time).await?;
    let mut seek = seek;
    if matches!(seek, Seek::NewerThan(_)) && rows.len() < PAGE {
        seek = Seek::Newest;
        rows = read(connection, tenant, filter, seek, time).await?;
    }
    let page = messages::cut(rows, PAGE, seek, |row| Key {
        created_at: row.created_at,
        id: row.id,
    });
    let rows = page.rows.iter().map(|row| view(row, time)).collect();
    Ok(Page {
        rows,
        newer: page.newer,
        older: page.older,
    })
}

async fn read<C: Connection>(
    connection: &C,
    tenant: TenantId,
    filter: &LedgerSelection,
    seek: Seek,
    time: &TenantTime,
) -> Result<Vec<EntryRow>, StorageError> {
    let kind = match filter.kind {
        LedgerFilter::All => None,
        LedgerFilter::Used => Some(LedgerKind::Deduct),
        LedgerFilter::GivenBack => Some(LedgerKind::Restore),
        LedgerFilter::Added => Some(LedgerKind::Grant),
    };
    let mut conditions = Conditions::default();
    conditions.add("l.tenant_id = ?", [tenant.into()]);
    if let Some(kind) = kind {
        conditions.add("l.kind = ?", [kind.into()]);
    }
    if let Ok(from) = filter.from.parse() {
        conditions.add("l.created_at >= ?", [time.start_of(from).into()]);
    }
    if let Ok(to) = filter.to.parse() {
        conditions.add("l.created_at < ?", [time.end_of(to).into()]);
    }
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let (tail, values) = conditions.page("l", seek, limit);
    let mut rows = sql::all(connection, ENTRIES.replace("{conditions}", &tail), values).await?;
    as_of_then(connection, tenant, &mut rows).await?;
    Ok(rows)
}

/// Gives the rule of each row the name and the place that it had when the credit was taken, which is right after the decision.
async fn as_of_then<C: Connection>(
    connection: &C,
    tenant: TenantId,
    rows: &mut [EntryRow],
) -> Result<(), StorageError> {
    let answered = rows.iter().filter(|row| row.rule_id.is_some());
    let oldest = answered.map(|row| row.created_at).min();
    let as_of = RulesAsOf::since(connection, tenant, oldest).await?;
    for row in rows {
        let (Some(rule), Some(account)) = (row.rule_id, row.account_id) else {
            continue;
        };
        let present = NamedRule {
            label: row.rule_label.take(),
            position: row.rule_position,
        };
        let then = as_of.at(account, rule, row.created_at, present);
        (row.rule_label, row.rule_position) = (then.label, then.position);
    }
    Ok(())
}

fn view(row: &EntryRow, time: &TenantTime) -> LedgerRow {
    let waiting = row.customer_id.is_some() && row.settled_at.is_none();
    let customer = row.customer_id.as_deref().map(messages::last_four);
    let reply = customer.map_or_else(|| "Reply".to_owned(), |customer| format!("Reply to ··{customer}"));
    let (what, detail) = match row.kind {
        LedgerKind::Grant => ("Added".to_owned(), row.note.clone()),
        LedgerKind::Expire => ("Expired".to_owned(), row.note.clone()),
        LedgerKind::Deduct => (reply, answered_by(row)),
        LedgerKind::Restore => (given_back(row), Some(reply)),
    };
    LedgerRow {
        id: row.id.simple().to_string(),
        when: time.moment(row.created_at),
        kind: row.kind,
        what,
        detail,
        reply_id: row.reply_id,
        waiting: waiting && row.kind == LedgerKind::Deduct,
        change: row.amount,
        balance_after: row.balance_after,
    }
}

/// `bloomandstem, Rule 1, Prices · AI`, with the name and place of then.
fn answered_by(row: &EntryRow) -> Option<String> {
    let account = row.account.as_deref()?;
    let by = match (row.rule_id, row.rule_position, row.rule_label.as_deref()) {
        (None, ..) => "default reply".to_owned(),
        (Some(_), Some(position), Some(label)) => format!("Rule {position}, {label}"),
        (Some(_), Some(position), None) => format!("Rule {position}"),
        (Some(_), None, Some(label)) => label.to_owned(),
        (Some(_), None, None) => "a rule deleted since".to_owned(),
    };
    let ai = if row.response_kind == Some(ResponseKind::AiPrompt) {
        " · AI"
    } else {
        ""
    };
    Some(format!("{account}, {by}{ai}"))
}

/// `Given back: the AI did not answer in time`.
fn given_back(row: &EntryRow) -> String {
    let Some(reason) = row.reason else {
        return "Given back".into();
    };
    let plain = messages::plain_reason(reason);
    let plain = plain.strip_suffix(". Credit given back").unwrap_or(&plain);
    let mut letters = plain.chars();
    let lowered: String = letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default();
    format!("Given back: {}", lowered.replacen("aI ", "AI ", 1))
}
