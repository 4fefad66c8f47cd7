//! The banner of the persona page, and what a check found, in sentences with a next step.

use domain::persona::{CheckedText, SafetyStatus};
use domain::safety::{Findings, Severity};
use domain::views::{FindingLine, PersonaStatus, Tone, VersionInUse};

use super::sql::VersionRow;
use crate::identity::TenantTime;

/// What the banner depends on.
pub(super) struct Standing<'a> {
    pub(super) newest: Option<&'a VersionRow>,
    pub(super) in_use: Option<&'a VersionInUse>,
    pub(super) ai_available: bool,
}

pub(super) fn status(standing: &Standing<'_>, time: &TenantTime) -> PersonaStatus {
    let Some(newest) = standing.newest else {
        return nothing_written(standing.ai_available);
    };
    let status = newest.status(time.now(), standing.ai_available);
    if !standing.ai_available {
        return banner(status, Tone::Warn, AI_OFF.0, AI_OFF.1);
    }
    let meanwhile = meanwhile(standing.in_use);
    match status {
        SafetyStatus::Draft | SafetyStatus::Pending => PersonaStatus {
            since: Some(time.moment(newest.created_at)),
            ..banner(
                status,
                Tone::Info,
                "Pending: the new text is being checked",
                &format!("That is usually done within a minute. Until then {meanwhile}"),
            )
        },
        SafetyStatus::Approved => PersonaStatus {
            since: newest.checked_at.map(|at| time.moment(at)),
            ..banner(status, Tone::Ok, "Approved: this text answers", &approved(newest, time))
        },
        SafetyStatus::Rejected => PersonaStatus {
            since: newest.checked_at.map(|at| time.moment(at)),
            ..rejected(newest, &meanwhile)
        },
        SafetyStatus::Unchecked => unchecked(newest, &meanwhile, time),
    }
}

const AI_OFF: (&str, &str) = (
    "AI is off: no AI provider is set up on this server",
    "Rules and default replies with an AI prompt do not answer; canned replies go on. What you save here stays a draft and is checked \
     once there is a provider. Ask your operator to set CONCIERGE_AI_BASE_URL.",
);

fn nothing_written(ai_available: bool) -> PersonaStatus {
    if !ai_available {
        return banner(SafetyStatus::Draft, Tone::Warn, AI_OFF.0, AI_OFF.1);
    }
    banner(
        SafetyStatus::Draft,
        Tone::Idle,
        "Not written yet: AI replies wait for a persona",
        "Say who you are and how replies sound, then save. Until a text is approved, rules with an AI prompt do not answer.",
    )
}

fn banner(status: SafetyStatus, tone: Tone, title: &str, text: &str) -> PersonaStatus {
    PersonaStatus {
        status,
        tone,
        title: title.into(),
        text: text.into(),
        since: None,
        next_try: None,
    }
}

/// Behind "Until then".
fn meanwhile(in_use: Option<&VersionInUse>) -> String {
    match in_use {
        Some(used) => format!("the approved text of {} keeps answering.", used.saved.short),
        None => "no AI reply is sent.".into(),
    }
}

fn approved(newest: &VersionRow, time: &TenantTime) -> String {
    let by_operator = newest
        .override_note
        .as_ref()
        .map(|note| format!("Your operator approved it: {note}"));
    let again = newest.valid_until.map(|until| {
        let until = time.moment(until).short;
        format!(
            "The safety policy has changed: the text is being checked again and answers until {until} at the latest."
        )
    });
    by_operator.into_iter().chain(again).collect::<Vec<_>>().join(" ")
}

fn rejected(newest: &VersionRow, meanwhile: &str) -> PersonaStatus {
    let findings = newest.findings.clone().unwrap_or_default();
    let first = findings.0.iter().find(|finding| finding.blocks());
    let title = first.map_or_else(
        || "Rejected: the text goes against the safety policy".to_owned(),
        |finding| format!("Rejected: the text {}", finding.category.headline()),
    );
    let upper = |text: &str| {
        let mut letters = text.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    banner(SafetyStatus::Rejected, Tone::Bad, &title, &upper(meanwhile))
}

fn unchecked(newest: &VersionRow, meanwhile: &str, time: &TenantTime) -> PersonaStatus {
    let next_try = newest.not_before.map(|at| time.moment(at));
    let when = match &next_try {
        Some(next) if next.at > time.now() => {
            format!("It is tried again at {}, or at once by “Check again”.", next.short)
        }
        _ => "It is tried again soon.".into(),
    };
    let text = format!("The AI that checks texts did not give a usable verdict. {when} Until then {meanwhile}");
    PersonaStatus {
        next_try,
        ..banner(
            SafetyStatus::Unchecked,
            Tone::Warn,
            "Unchecked: the check could not be made",
            &text,
        )
    }
}

/// What a check found, what blocks first.
pub(super) fn finding_lines(kind: CheckedText, findings: &Findings) -> Vec<FindingLine> {
    let line = |finding: &domain::safety::Finding| FindingLine {
        severity: finding.severity,
        sentence: format!("{} {}.", kind.subject(), finding.category.headline()),
        quote: finding.quote.clone(),
        next_step: finding.category.next_step().into(),
    };
    let of = |severity: Severity| {
        findings
            .0
            .iter()
            .filter(move |finding| finding.severity == severity)
            .map(line)
    };
    of(Severity::Block).chain(of(Severity::Warn)).collect()
}
