//! What each shop paid, and whether one that went without an answer had nothing left.

use std::collections::HashMap;

use domain::credits::LedgerKind;
use engine::storage::{Database, sql};
use sandbox::SentMessage;
use sea_orm::FromQueryResult;

use crate::deployment::Shop;
use crate::traffic::Written;

#[derive(FromQueryResult)]
struct Row {
    slug: String,
    balance: i64,
    restored: i64,
}

/// The credits of a shop.
pub(super) struct Funds {
    tenant: String,
    pub(super) ig_id: String,
    granted: i64,
    dms: i64,
    accepted: i64,
    balance: i64,
    /// Credits that came back from replies that were not sent.
    restored: i64,
    /// DMs that ended because there was no credit.
    pub(super) went_without: i64,
}

impl Funds {
    /// It was granted less than its DMs take.
    pub(super) fn may_run_out(&self) -> bool {
        self.granted < self.dms
    }

    /// What is wrong. A DM may have ended while the last credits were held by replies that gave them back: these, and no more, may be left.
    pub(super) fn complaints(&self) -> Vec<String> {
        let (tenant, balance) = (&self.tenant, self.balance);
        let mut complaints = Vec::new();
        let expected = self.granted - self.accepted;
        if balance != expected {
            let accepted = self.accepted;
            complaints.push(format!(
                "{tenant} has {balance} credits after {accepted} sends, not {expected}"
            ));
        }
        if self.went_without > 0 && balance > self.restored {
            let (without, restored) = (self.went_without, self.restored);
            complaints.push(format!(
                "{tenant} left {without} DMs without an answer and has {balance} credits, of which {restored} came back"
            ));
        }
        complaints
    }
}

pub(super) async fn funds(
    database: &Database,
    shops: &[Shop],
    written: &HashMap<String, Written>,
    sent: &[SentMessage],
) -> Vec<Funds> {
    let text = "SELECT t.slug, COALESCE(b.balance, 0) AS balance,
            (SELECT COUNT(*) FROM credit_ledger l WHERE l.tenant_id = t.id AND l.kind = $1) AS restored
        FROM tenants t LEFT JOIN credit_balances b ON b.tenant_id = t.id";
    let rows = sql::all::<Row, _>(database.reader(), text, [LedgerKind::Restore.into()]).await;
    let rows = rows.expect("balances can be read");
    let count = |number: usize| i64::try_from(number).expect("a small number");
    let of_shop = |shop: &Shop| {
        let ig_id = shop.page.ig_id.clone().expect("shops have Instagram");
        let row = rows
            .iter()
            .find(|row| row.slug == shop.tenant)
            .expect("a shop has a workspace");
        Funds {
            tenant: shop.tenant.clone(),
            dms: count(written.values().filter(|dm| dm.deserves.ig_id == ig_id).count()),
            accepted: count(sent.iter().filter(|send| send.page_id == shop.page.page_id).count()),
            ig_id,
            granted: shop.granted,
            balance: row.balance,
            restored: row.restored,
            went_without: 0,
        }
    };
    shops.iter().map(of_shop).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn funds(granted: i64, accepted: i64, balance: i64) -> Funds {
        Funds {
            tenant: "shop-0".to_owned(),
            ig_id: "1".to_owned(),
            granted,
            dms: 10,
            accepted,
            balance,
            restored: 1,
            went_without: 0,
        }
    }

    #[test]
    fn a_credit_for_each_send() {
        assert_eq!(funds(20, 10, 10).complaints().len(), 0);
        assert_eq!(funds(20, 10, 9).complaints().len(), 1);
    }

    #[test]
    fn whoever_has_credits_answers() {
        let silent = |granted, accepted, balance| Funds {
            went_without: 5,
            ..funds(granted, accepted, balance)
        };
        assert!(silent(5, 5, 0).may_run_out() && !silent(10, 5, 5).may_run_out());
        assert_eq!(silent(5, 5, 0).complaints().len(), 0);
        assert_eq!(
            silent(5, 4, 1).complaints().len(),
            0,
            "one came back when it was too late"
        );
        assert_eq!(silent(5, 3, 2).complaints().len(), 1);
    }
}
