//! Rows of the credit ledger with the reply they belong to.

use domain::credits::LedgerKind;
use domain::ids::{ReplyId, TenantId};
use domain::reasons::Reason;
use domain::time::Timestamp;
use domain::views::{Cursor, LedgerFilter, LedgerRow};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::identity::TenantTime;
use crate::messages::{self, Key, Page, Seek};
use crate::storage::{StorageError, sql};

const PAGE: usize = 50;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    reply_id: Option<Uuid>,
    kind: String,
    amount: i64,
    balance_after: i64,
    note: Option<String>,
    created_at: i64,
    customer_id: Option<String>,
    account: Option<String>,
    settled_at: Option<i64>,
    reason: Option<String>,
    response_kind: Option<String>,
    rule_id: Option<Uuid>,
    rule_position: Option<i64>,
    rule_label: Option<String>,
}

const SELECT: &str = "SELECT l.id AS id, l.reply_id AS reply_id, l.kind AS kind, l.amount AS amount,
        l.balance_after AS balance_after, l.note AS note, l.created_at AS created_at,
        v.customer_id AS customer_id, i.username AS account, p.settled_at AS settled_at, p.reason AS reason,
        p.response_kind AS response_kind, p.rule_id AS rule_id,
        CASE WHEN r.deleted_at IS NULL THEN r.position END AS rule_position, r.label AS rule_label
    FROM credit_ledger l LEFT JOIN replies p ON p.id = l.reply_id
        LEFT JOIN conversations v ON v.id = p.conversation_id
        LEFT JOIN instagram_accounts i ON i.account_id = p.account_id LEFT JOIN rules r ON r.id = p.rule_id";

/// One page of the ledger, newest first.
pub(super) async fn page<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    filter: LedgerFilter,
    cursor: &Cursor,
    time: &TenantTime,
) -> Result<Page<LedgerRow>, StorageError> {
    let seek = Seek::from_cursor(cursor);
    let mut rows = read(connection, tenant, filter, seek).await?;
    let mut seek = seek;
    if matches!(seek, Seek::NewerThan(_)) && rows.len() < PAGE {
        seek = Seek::Newest;
        rows = read(connection, tenant, filter, seek).await?;
    }
    let page = messages::cut(rows, PAGE, seek, |row| Key {
        created_at: row.created_at,
        id: row.id,
    });
    let rows = page.rows.iter().map(|row| view(row, time)).collect::<Result<_, _>>()?;
    Ok(Page {
        rows,
        newer: page.newer,
        older: page.older,
    })
}

async fn read<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    filter: LedgerFilter,
    seek: Seek,
) -> Result<Vec<Row>, StorageError> {
    let kinds = match filter {
        LedgerFilter::All => "",
        LedgerFilter::Used => "AND l.kind = 'deduct'",
        LedgerFilter::GivenBack => "AND l.kind = 'restore'",
        LedgerFilter::Added => "AND l.kind = 'grant'",
    };
    let mut values: Vec<Value> = vec![tenant.as_uuid().into()];
    let (condition, order) = seek.sql("l", 2);
    let after = condition.map_or_else(String::new, |(text, key)| {
        values.extend([key.created_at.into(), key.id.into()]);
        format!("AND {text}")
    });
    let text = format!(
        "{SELECT} WHERE l.tenant_id = $1 {kinds} {after} ORDER BY {order} LIMIT {}",
        PAGE + 1
    );
    sql::all(connection, text, values).await
}

fn view(row: &Row, time: &TenantTime) -> Result<LedgerRow, StorageError> {
    let kind: LedgerKind = row.kind.parse().map_err(|_| StorageError::Corrupt("ledger kind"))?;
    let waiting = row.customer_id.is_some() && row.settled_at.is_none();
    let customer = row.customer_id.as_deref().map(messages::last_four);
    let reply = customer.map_or_else(|| "Reply".to_owned(), |customer| format!("Reply to ··{customer}"));
    let (what, detail) = match kind {
        LedgerKind::Grant => ("Added".to_owned(), row.note.clone()),
        LedgerKind::Expire => ("Expired".to_owned(), row.note.clone()),
        LedgerKind::Deduct => (reply, answered_by(row)),
        LedgerKind::Restore => (given_back(row), Some(reply)),
    };
    Ok(LedgerRow {
        id: row.id.simple().to_string(),
        when: time.moment(Timestamp::from_millis(row.created_at)),
        kind,
        what,
        detail,
        reply_id: row.reply_id.map(ReplyId::from_uuid),
        waiting: waiting && kind == LedgerKind::Deduct,
        change: row.amount,
        balance_after: row.balance_after,
    })
}

/// `bloomandstem, Rule 1 · AI`.
fn answered_by(row: &Row) -> Option<String> {
    let account = row.account.as_deref()?;
    let by = match (row.rule_id, row.rule_position, row.rule_label.as_deref()) {
        (None, ..) => "default reply".to_owned(),
        (Some(_), Some(position), _) => format!("Rule {position}"),
        (Some(_), None, Some(label)) => format!("{label}, a rule deleted since"),
        (Some(_), None, None) => "a rule deleted since".to_owned(),
    };
    let ai = if row.response_kind.as_deref() == Some("ai_prompt") {
        " · AI"
    } else {
        ""
    };
    Some(format!("{account}, {by}{ai}"))
}

/// `Given back: the AI did not answer in time`.
fn given_back(row: &Row) -> String {
    let Some(reason) = row.reason.as_deref().and_then(|name| name.parse::<Reason>().ok()) else {
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
