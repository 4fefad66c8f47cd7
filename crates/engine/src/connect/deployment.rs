//! What concerns the deployment as a whole: the Meta app, its webhook, the daily run. For operators and `concierge doctor`; a
//! tenant's pages show facts of its own accounts only.

use domain::views::{CheckLine, Fix, Tone};

use super::Connections;
use crate::accounts::line;
use crate::channels::event::CountedKind;
use crate::identity::TenantTime;
use crate::inbox::{WebhookHealth, webhook_health};
use crate::replies::count_waiting_for_deployment;
use crate::storage::StorageError;

const DASHBOARD: &str = "https://developers.facebook.com/apps/";
/// Whole seconds in Meta's answers hide less.
const CLOCK_WARNS_FROM: u64 = 2;
const CLOCK_FAILS_FROM: u64 = 60;
const OPERATOR: &str = "The operator of this Concierge";

impl Connections {
    /// The deployment's lines, in a fixed order. Meta is asked once.
    pub async fn deployment(&self, time: &TenantTime) -> Result<Vec<CheckLine>, StorageError> {
        let health = webhook_health(&self.database).await?;
        let run = self.newest_run().await?;
        let run = if run.overdue {
            line(
                "Daily token check",
                Tone::Bad,
                format!(
                    "The run of {} is overdue: {} of {} accounts are checked. Is a process with workers running?",
                    run.day, run.checked, run.accounts
                ),
            )
        } else {
            let sentence = format!(
                "{}: {} of {} accounts checked, {} broken.",
                run.day, run.checked, run.accounts, run.broken
            );
            line("Daily token check", Tone::Ok, sentence)
        };
        let app = self.app_line().await;
        Ok(vec![
            app,
            clock_line(self.meta.clock().ours_ahead()),
            waiting_line(count_waiting_for_deployment(self.database.reader(), None).await?),
            handshake(&health, time),
            rejected(&health, time),
            unknown(&health, time),
            run,
        ])
    }

    /// The app's own token carries its proof: both are right, or Meta says no.
    async fn app_line(&self) -> CheckLine {
        let label = "Meta app";
        match self.app_is_known().await {
            Ok(true) => line(label, Tone::Ok, "Meta accepts the app’s id, secret and proof.".into()),
            Ok(false) => at_the_dashboard(line(
                label,
                Tone::Bad,
                "Meta does not accept the app’s id with any of its secrets. Compare CONCIERGE_META_APP_ID and CONCIERGE_META_APP_SECRET with the app’s basic settings.".into(),
            )),
            Err(_) => line(label, Tone::Warn, "Meta did not answer.".into()),
        }
    }
}

/// Moments of Meta's are compared with ours after subtracting the difference; the windows of customers are not.
fn clock_line(ours_ahead: Option<i64>) -> CheckLine {
    let label = "Clock";
    let Some(ours_ahead) = ours_ahead else {
        return line(label, Tone::Warn, "Not compared: Meta did not answer.".into());
    };
    let seconds = (ours_ahead.unsigned_abs() + 500) / 1_000;
    if seconds < CLOCK_WARNS_FROM {
        return line(label, Tone::Ok, "Agrees with Meta’s.".into());
    }
    let side = if ours_ahead > 0 { "ahead of" } else { "behind" };
    let tone = if seconds < CLOCK_FAILS_FROM {
        Tone::Warn
    } else {
        Tone::Bad
    };
    line(
        label,
        tone,
        format!(
            "This machine’s is {seconds} seconds {side} Meta’s. Replies are looked up with that difference subtracted; set the clock by NTP all the same."
        ),
    )
}

fn waiting_line(waiting: u64) -> CheckLine {
    let label = "Waiting replies";
    match waiting {
        0 => line(label, Tone::Ok, "None waits for this deployment.".into()),
        waiting => line(
            label,
            Tone::Bad,
            format!(
                "{waiting} wait because Meta refused this deployment. They go out by themselves when Meta takes one; after a corrected setting, restart."
            ),
        ),
    }
}

fn handshake(health: &[WebhookHealth], time: &TenantTime) -> CheckLine {
    let label = "Webhook handshake";
    match (of(health, CountedKind::Handshake), of(health, CountedKind::RejectedHandshake)) {
        (Some(seen), _) => line(label, Tone::Ok, format!("Seen {}.", moment(seen, time))),
        (None, Some(seen)) => at_the_dashboard(line(
            label,
            Tone::Bad,
            format!("Refused {}: the verify token in the app’s webhook settings is not CONCIERGE_META_VERIFY_TOKEN.", moment(seen, time)),
        )),
        (None, None) => at_the_dashboard(line(
            label,
            Tone::Info,
            "Not seen yet. Enter the webhook’s address and the verify token in the app’s webhook settings for the object Instagram.".into(),
        )),
    }
}

fn rejected(health: &[WebhookHealth], time: &TenantTime) -> CheckLine {
    let label = "Rejected deliveries";
    match of(health, CountedKind::RejectedSignature) {
        None => line(label, Tone::Ok, "None.".into()),
        Some(seen) => at_the_dashboard(line(
            label,
            Tone::Warn,
            format!(
                "{} so far, the last {}. Either somebody else called the webhook, or the app’s secret changed: the old and the new one may both stand in CONCIERGE_META_APP_SECRET.",
                seen.count,
                moment(seen, time)
            ),
        )),
    }
}

fn unknown(health: &[WebhookHealth], time: &TenantTime) -> CheckLine {
    let label = "Deliveries for unknown accounts";
    match of(health, CountedKind::UnknownAccount) {
        None => line(label, Tone::Ok, "None.".into()),
        Some(seen) => line(
            label,
            Tone::Info,
            format!(
                "{} so far, the last {}: accounts that are not connected any more. They are dropped.",
                seen.count,
                moment(seen, time)
            ),
        ),
    }
}

fn of(health: &[WebhookHealth], kind: CountedKind) -> Option<&WebhookHealth> {
    health.iter().find(|line| line.kind == kind && line.count > 0)
}

fn moment(seen: &WebhookHealth, time: &TenantTime) -> String {
    time.moment(seen.last_at).short
}

fn at_the_dashboard(line: CheckLine) -> CheckLine {
    CheckLine {
        fix: Some(Fix {
            who: OPERATOR.into(),
            label: "The app’s dashboard".into(),
            url: DASHBOARD.into(),
        }),
        ..line
    }
}
