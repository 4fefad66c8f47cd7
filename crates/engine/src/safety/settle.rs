//! What becomes of a check: a verdict, or another try. Each writes only while the claim holds.

use std::time::Duration;

use domain::persona::{CheckedText, SafetyStatus};
use domain::safety::Findings;

use super::SafetyChecks;
use super::judge::JudgeError;
use super::sql::{ClaimedRow, POSTPONE};
use super::{prompts, store};
use crate::ai::AiError;
use crate::rules::lock_configs_of;
use crate::storage::{StorageError, commit, sql};

/// When a check without a verdict is tried again: after the first try, after the second, and so on.
const TRY_AGAIN: [Duration; 4] = [
    Duration::from_secs(10),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
];
/// After the fifth try, unless somebody asks by hand.
const NEXT_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A check that this worker owns.
pub(super) struct Claimed {
    pub(super) row: ClaimedRow,
    /// Names this one claim.
    pub(super) claim: String,
}

impl SafetyChecks {
    pub(super) async fn settle_verdict(
        &self,
        claimed: &Claimed,
        approved: bool,
        findings: Findings,
        judge_model: Option<String>,
    ) -> Result<(), StorageError> {
        let (now, row) = (self.clock.now(), &claimed.row);
        let status = match approved {
            true => SafetyStatus::Approved,
            false => SafetyStatus::Rejected,
        };
        let tx = self.database.begin().await?;
        // Before the check's own row, as a change of a reply config takes them.
        lock_configs_of(&tx, row.tenant_id).await?;
        let verdict = store::verdict(status, findings, judge_model, now);
        if !store::update_claimed(&tx, row.id, &claimed.claim, verdict).await? {
            return Ok(());
        }
        if row.subject == CheckedText::Prompt {
            match approved {
                true => prompts::use_approved(&tx, row.tenant_id, &row.text, now).await?,
                false => store::stop_using_prompt(&tx, row.tenant_id, &row.text).await?,
            }
        }
        commit(tx).await?;
        tracing::info!(tenant.id = %row.tenant_id, kind = %row.subject, verdict = %status, "a text was judged");
        Ok(())
    }

    /// Without a verdict the text is unchecked, and due again later; an approval by an earlier policy goes on.
    pub(super) async fn postpone(&self, claimed: &Claimed, error: &JudgeError) -> Result<(), StorageError> {
        let tried = usize::try_from(claimed.row.attempts).unwrap_or(usize::MAX);
        let pause = TRY_AGAIN.get(tried.saturating_sub(1)).copied();
        let asked_for = match error {
            JudgeError::Ai(AiError::Busy { after }) => after.unwrap_or_default(),
            _ => Duration::ZERO,
        };
        let attempts = if pause.is_some() { claimed.row.attempts } else { 0 };
        let due = self.clock.now() + pause.unwrap_or(NEXT_DAY).max(asked_for);
        let values = [
            claimed.row.id.into(),
            claimed.claim.as_str().into(),
            due.into(),
            attempts.into(),
        ];
        sql::execute(self.database.writer(), POSTPONE, values).await?;
        Ok(())
    }
}
