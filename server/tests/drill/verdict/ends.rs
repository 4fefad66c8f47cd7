//! How each DM ended, and whether it may have ended like that.

use std::collections::HashMap;

use domain::reasons::Reason;
use engine::storage::{Database, sql};
use sea_orm::FromQueryResult;

use super::Verdict;
use super::credits::Funds;
use crate::traffic::Written;

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Row {
    pub(super) mid: String,
    pub(super) outcome: Option<String>,
    reason: Option<String>,
    pub(super) reply_mid: Option<String>,
}

pub(super) async fn rows(database: &Database) -> Vec<Row> {
    let text = "SELECT m.platform_message_id AS mid, m.outcome, m.reason, r.platform_message_id AS reply_mid
        FROM messages m LEFT JOIN replies r ON r.message_id = m.id WHERE m.direction = 'inbound'";
    sql::all::<Row, _>(database.reader(), text, [])
        .await
        .expect("the log can be read")
}

/// Silence is right where the customer took the DM back, or where the shop was granted less than its DMs take.
pub(super) fn judge(verdict: &mut Verdict, written: &HashMap<String, Written>, rows: &[Row], funds: &mut [Funds]) {
    let by_mid: HashMap<&str, &Row> = rows.iter().map(|row| (row.mid.as_str(), row)).collect();
    for (mid, dm) in written {
        let Some(row) = by_mid.get(mid.as_str()) else {
            verdict.lost.push(format!("{mid} was never recorded"));
            continue;
        };
        let Some(outcome) = row.outcome.as_deref() else {
            verdict.lost.push(format!("{mid} has no final state"));
            continue;
        };
        verdict.settled += 1;
        let reason = row.reason.as_deref().unwrap_or("no reason");
        let shop = funds.iter_mut().find(|funds| funds.ig_id == dm.deserves.ig_id);
        match shop {
            _ if outcome == "sent" => verdict.answered += 1,
            _ if reason == Reason::UnsentByCustomer.as_str() && dm.taken_back => verdict.taken_back += 1,
            Some(shop) if reason == Reason::NoCredits.as_str() && shop.may_run_out() => {
                verdict.without_credits += 1;
                shop.went_without += 1;
            }
            _ => verdict.unanswered.push(format!("{mid} ended as {outcome}: {reason}")),
        }
    }
}
