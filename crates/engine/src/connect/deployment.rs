//! What concerns the deployment as a whole: the Meta app, its webhook, the daily run. For operators and `concierge doctor`; a
//! tenant's pages show facts of its own accounts only.

use domain::views::{CheckLine, Fix, Tone};

use super::Connections;
use crate::accounts::line;
use crate::channels::event::CountedKind;
use crate::identity::TenantTime;
use crate::inbox::{WebhookHealth, webhook_health};
use crate::storage::StorageError;

const DASHBOARD: &str = "https://developers.facebook.com/apps/";
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
        Ok(vec![
            self.app_line().await,
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
                "Meta does not accept the app’s id and secret. Compare CONCIERGE_META_APP_ID and CONCIERGE_META_APP_SECRET with the app’s basic settings.".into(),
            )),
            Err(_) => line(label, Tone::Warn, "Meta did not answer.".into()),
        }
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
