//! The work on one check: screen, judge, verdict.

use std::time::Duration;

use domain::ids::TenantId;
use domain::persona::CheckedText;
use domain::safety::screen::screen_text;
use domain::safety::{Finding, Findings};
use uuid::Uuid;

use super::judge::{JudgeError, JudgeVerdict, Judging};
use super::settle::Claimed;
use super::sql::{CLAIM, ClaimedRow};
use super::{CheckText, SafetyChecks};
use crate::ai::{TokenUsage, record_usage};
use crate::persona;
use crate::storage::{StorageError, sql};

/// Long enough for the probes of a slow judge. A check whose worker died is taken up again after it.
const CLAIM_LENGTH: Duration = Duration::from_secs(15 * 60);

impl SafetyChecks {
    /// One check; a failure of the database is logged, and the row is taken up again.
    #[tracing::instrument(name = "safety.check", skip_all, fields(check.id = %job.check))]
    pub async fn check(&self, job: CheckText) {
        if let Err(error) = self.try_check(job).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "a text could not be checked; its row is taken up again");
        }
    }

    async fn try_check(&self, job: CheckText) -> Result<(), StorageError> {
        let Some(claimed) = self.claim(job).await? else {
            return Ok(());
        };
        let row = &claimed.row;
        let screened = Findings(screen_text(row.subject, &row.text));
        if screened.block() {
            return self.settle_verdict(&claimed, false, screened, None).await;
        }
        let persona = self.persona_beside(row).await?;
        let judging = Judging {
            kind: row.subject,
            text: &row.text,
            hash: &row.text_hash,
            persona: persona.as_deref(),
        };
        let mut used = Vec::new();
        let judged = self.judge.judge(judging, &mut used).await;
        self.charge(row.tenant_id, used).await?;
        match judged {
            Ok(JudgeVerdict { approved, findings }) => {
                let findings = both(screened.0, findings);
                let model = Some(self.judge.model().to_owned());
                self.settle_verdict(&claimed, approved, findings, model).await
            }
            Err(error) => {
                log(&claimed, &error);
                self.postpone(&claimed, &error).await
            }
        }
    }

    /// Counts the calls in the tenant's budget of the day. The budget stops replies and never a check, which is the owner's way to them.
    async fn charge(&self, tenant: TenantId, used: Vec<TokenUsage>) -> Result<(), StorageError> {
        for usage in used {
            record_usage(self.database.writer(), tenant, usage, self.clock.now()).await?;
        }
        Ok(())
    }

    async fn claim(&self, job: CheckText) -> Result<Option<Claimed>, StorageError> {
        let (now, claim) = (self.clock.now(), Uuid::new_v4().simple().to_string());
        let values = [
            job.check.into(),
            job.job_no.into(),
            now.into(),
            claim.as_str().into(),
            (now + CLAIM_LENGTH).into(),
        ];
        let row = sql::optional::<ClaimedRow, _>(self.database.writer(), CLAIM, values).await?;
        Ok(row.map(|row| Claimed { row, claim }))
    }

    /// What a prompt goes with: the approved persona only, so that nothing unchecked speaks to the judge beside the text.
    async fn persona_beside(&self, row: &ClaimedRow) -> Result<Option<String>, StorageError> {
        if row.subject == CheckedText::Persona {
            return Ok(None);
        }
        let reader = self.database.reader();
        let in_use = persona::in_use(reader, row.tenant_id, self.clock.now()).await?;
        Ok(in_use.map(|persona| persona.text))
    }
}

fn both(screened: Vec<Finding>, judged: Vec<Finding>) -> Findings {
    Findings(screened.into_iter().chain(judged).collect())
}

fn log(claimed: &Claimed, error: &JudgeError) {
    tracing::warn!(
        tenant.id = %claimed.row.tenant_id,
        attempts = claimed.row.attempts,
        error = error as &dyn std::error::Error,
        "a text stays unchecked for now"
    );
}
