//! The receivers as their owners see them.

use domain::ids::{TenantId, UserId};
use domain::outgoing_webhooks::{SwitchedOff, WebhookEvent, WebhookOutcome, WebhookProblem};
use domain::views::{OutgoingWebhookRow, Pill, Tone, WebhookEndpointCard, WebhookEventChoice, WebhooksPage};

use super::endpoints::{MOST_ENDPOINTS, WebhookEndpoints, host_of_text};
use super::events::webhook_id;
use super::{secrets, store};
use crate::identity::TenantTime;
use crate::storage::entity::{outgoing_webhooks, webhook_endpoints};
use crate::storage::{Connection, StorageError};

/// Rows of the log on the page.
const SHOWN: u64 = 20;

impl WebhookEndpoints {
    /// Everything, for an owner: `viewer` sees the secrets that they made a moment ago.
    pub async fn page(&self, viewer: UserId) -> Result<WebhooksPage, StorageError> {
        let reader = self.database.reader();
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        let mut endpoints = Vec::new();
        for endpoint in store::endpoints(reader, self.tenant).await? {
            let log = store::log(reader, endpoint.id, SHOWN).await?;
            let waiting = store::waiting(reader, endpoint.id).await?;
            endpoints.push(self.card(endpoint, viewer, &log, waiting, &time));
        }
        let choice = |event: WebhookEvent| WebhookEventChoice {
            name: event.as_str().to_owned(),
            meaning: event.meaning().to_owned(),
        };
        Ok(WebhooksPage {
            may_add: endpoints.len() < MOST_ENDPOINTS,
            endpoints,
            events: WebhookEvent::choosable().map(choice).collect(),
        })
    }

    fn card(
        &self,
        endpoint: webhook_endpoints::Model,
        viewer: UserId,
        log: &[outgoing_webhooks::Model],
        waiting: u64,
        time: &TenantTime,
    ) -> WebhookEndpointCard {
        let now = self.clock.now();
        let is_shown = endpoint.shown_to == Some(viewer) && endpoint.shown_until > now;
        let secret = is_shown.then(|| secrets::derive(&self.vault, self.tenant, endpoint.id, &endpoint.secret_salt));
        let earlier = endpoint.earlier_until.filter(|until| *until > now);
        let (pill, note) = standing(&endpoint, log, time);
        WebhookEndpointCard {
            id: endpoint.id,
            url: endpoint.url,
            description: endpoint.description,
            events: endpoint.events.split(',').map(str::to_owned).collect(),
            enabled: endpoint.enabled,
            pill,
            note,
            secret: secret.map(|secret| secret.expose()),
            earlier_secret_until: earlier.map(|until| time.moment(until)),
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            log: log.iter().map(|row| log_row(row, time)).collect(),
        }
    }
}

/// Receivers that were switched off for a reason of their own: host and what happened.
pub(crate) async fn switched_off_endpoints<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Vec<(String, &'static str)>, StorageError> {
    let off = store::switched_off(connection, tenant).await?;
    let told =
        |endpoint: webhook_endpoints::Model| Some((host_of_text(&endpoint.url), why_off(endpoint.switched_off?)));
    Ok(off.into_iter().filter_map(told).collect())
}

const fn why_off(reason: SwitchedOff) -> &'static str {
    match reason {
        SwitchedOff::ByOwner => "It is told nothing.",
        SwitchedOff::Gone => "It answered that it is gone for good (410). Correct its address, or delete it.",
        SwitchedOff::Failing => "It took nothing for three days. Send a test, and switch it on when it answers.",
    }
}

fn standing(
    endpoint: &webhook_endpoints::Model,
    log: &[outgoing_webhooks::Model],
    time: &TenantTime,
) -> (Pill, String) {
    if !endpoint.enabled {
        let reason = endpoint.switched_off.unwrap_or(SwitchedOff::ByOwner);
        let tone = match reason {
            SwitchedOff::ByOwner => Tone::Idle,
            SwitchedOff::Gone | SwitchedOff::Failing => Tone::Bad,
        };
        let label = "Off".to_owned();
        return (Pill { label, tone }, why_off(reason).to_owned());
    }
    if let Some(since) = endpoint.failing_since {
        let note = format!(
            "It has taken nothing since {}. Concierge tries again for 24 hours, and switches it off after three days.",
            time.moment(since).short
        );
        let label = "Does not answer".to_owned();
        return (
            Pill {
                label,
                tone: Tone::Warn,
            },
            note,
        );
    }
    let has_taken = log.iter().any(|row| row.outcome == Some(WebhookOutcome::Delivered));
    let (label, tone, note) = match has_taken {
        true => ("Works", Tone::Ok, ""),
        false => (
            "Waits for its first webhook",
            Tone::Idle,
            "Send a test to see whether it answers.",
        ),
    };
    let label = label.to_owned();
    (Pill { label, tone }, note.to_owned())
}

fn log_row(row: &outgoing_webhooks::Model, time: &TenantTime) -> OutgoingWebhookRow {
    let (label, tone) = match (row.outcome, row.attempts) {
        (Some(WebhookOutcome::Delivered), _) => ("Taken", Tone::Ok),
        (Some(WebhookOutcome::Failed), _) => ("Not taken", Tone::Bad),
        (Some(WebhookOutcome::Dropped), _) => ("Not sent", Tone::Idle),
        (None, 0) => ("Waits", Tone::Info),
        (None, _) => ("Tried again soon", Tone::Warn),
    };
    let answer = match (row.outcome, row.attempts) {
        (Some(WebhookOutcome::Dropped), _) => "The receiver was switched off first".to_owned(),
        (_, 0) => "Not sent yet".to_owned(),
        _ => answer_text(row.last_status, row.last_problem, row.last_ms),
    };
    OutgoingWebhookRow {
        id: webhook_id(row.id),
        event: row.event.as_str().to_owned(),
        at: time.moment(row.created_at),
        pill: Pill {
            label: label.to_owned(),
            tone,
        },
        answer,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
    }
}

/// What came back, in words without a full stop.
pub(super) fn answer_text(status: Option<i64>, problem: Option<WebhookProblem>, millis: Option<i64>) -> String {
    let status = status.unwrap_or_default();
    match problem {
        None => format!("{status} in {} ms", millis.unwrap_or_default()),
        Some(WebhookProblem::ErrorStatus) => format!("it answered {status}"),
        Some(WebhookProblem::Redirect) => {
            format!("it answered {status}, which leads to another address; redirects are not followed")
        }
        Some(WebhookProblem::TimedOut) => "no answer in 10 seconds".to_owned(),
        Some(WebhookProblem::Unreachable) => "there was no connection".to_owned(),
        Some(WebhookProblem::PrivateAddress) => {
            "its name leads to an address that is not public, which is not called".to_owned()
        }
    }
}
