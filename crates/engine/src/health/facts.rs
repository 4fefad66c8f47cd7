//! What reached this server last, and when the tokens were last checked.
//!
//! Rejected deliveries, test events and handshakes belong to no tenant. Their times are shown to all, because they tell people who wait
//! for the first DM whether Meta reaches this server; how many there were is the operator's (`concierge doctor`).

use domain::time::Timestamp;
use domain::views::{HealthFact, Moment, Tone};

use crate::channels::event::CountedKind;
use crate::connect::daily_checks::{TenantRun, daily_check_of};
use crate::identity::TenantTime;
use crate::inbox::WebhookHealth;
use crate::intents::PassedOver;

/// In the order of the page.
pub(super) fn all(
    counted: &[WebhookHealth],
    last_dm: Option<Timestamp>,
    run: Option<TenantRun>,
    overdue: bool,
    for_deployment: u64,
    time: &TenantTime,
) -> Vec<HealthFact> {
    let last = |kind: CountedKind| {
        let row = counted.iter().find(|row| row.kind == kind);
        row.map(|row| row.last_at)
    };
    let fact = |label: &str, at: Option<Timestamp>, note: &str| HealthFact {
        label: label.into(),
        at: at.map(|at| time.moment(at)),
        note: note.into(),
        tone: Tone::Idle,
    };
    let rejected = last(CountedKind::RejectedSignature);
    let not_from_meta = if rejected.is_some() {
        "Wrong signature. Not from Meta."
    } else {
        ""
    };
    let handshake = last(CountedKind::Handshake);
    let to_do = if handshake.is_none() && last_dm.is_none() {
        "Meta asks once, when the operator enters the webhook’s address in the app."
    } else {
        ""
    };
    [
        waiting(for_deployment),
        Some(fact("Last DM", last_dm, "")),
        Some(fact("Last rejected delivery", rejected, not_from_meta)),
        Some(fact("Last test event", last(CountedKind::TestEvent), "")),
        Some(fact("Last webhook handshake", handshake, to_do)),
        Some(checks(run, overdue, time)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Only while there are any: it is the operator's to mend.
fn waiting(replies: u64) -> Option<HealthFact> {
    let note = match replies {
        0 => return None,
        1 => "1 reply waits: Meta refuses this Concierge. Your operator has to act; it goes out by itself then."
            .to_owned(),
        many => format!(
            "{many} replies wait: Meta refuses this Concierge. Your operator has to act; they go out by themselves then."
        ),
    };
    Some(HealthFact {
        label: "Waiting replies".into(),
        at: None,
        note,
        tone: Tone::Bad,
    })
}

fn checks(run: Option<TenantRun>, overdue: bool, time: &TenantTime) -> HealthFact {
    let done = run.map(|run| format!("{} of {} checked.", run.checked, run.accounts));
    let clock = time.moment(daily_check_of(time.now())).clock;
    let note = if overdue {
        format!("Overdue: the check of {clock} is not through. Check all now, and tell your operator.")
    } else {
        let next = format!("Every day at {clock}.");
        done.map_or_else(|| next.clone(), |done| format!("{done} {next}"))
    };
    HealthFact {
        label: "Last token check".into(),
        at: run.map(|run| time.moment(run.started_at)),
        note,
        tone: if overdue { Tone::Warn } else { Tone::Idle },
    }
}

/// The safety model of this server got a text wrong whose verdict is known, `probe`.
pub(super) fn weak_judge(probe: &str, at: Moment) -> HealthFact {
    HealthFact {
        label: "Safety model failed its test".into(),
        at: Some(at),
        note: format!(
            "It is wrong about {probe}, so no new text is checked; what was approved keeps answering. Ask your operator to name \
             another model in CONCIERGE_AI_SAFETY_MODEL."
        ),
        tone: Tone::Warn,
    }
}

/// Rules that listen for an intent match nothing here.
pub(super) fn passed_over(rules: PassedOver) -> HealthFact {
    HealthFact {
        label: "Intents".into(),
        at: None,
        note: format!("{}: {}", rules.what(), rules.why()),
        tone: Tone::Warn,
    }
}
