//! Every version: who saved it, when, how far its check is; comparing and restoring.

use domain::persona::SafetyStatus;
use domain::views::{PersonaVersion, Pill};
use leptos::prelude::*;

use super::state::PersonaState;
use crate::components::{Announcer, ExactTime, Icon, PillView};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};
use crate::pages::prompt_status::safety_pill;
use crate::viewer::may_edit;

/// The list, the newest first.
#[component]
pub(super) fn Versions(persona: PersonaState) -> impl IntoView {
    let versions = Memo::new(move |_| persona.data.with(|page| page.versions.clone()));
    view! {
        <section class="card card--flush" aria-labelledby="versions-title" id="versions">
            <div class="card__head">
                <h2 class="card__title" id="versions-title">"Versions"</h2>
            </div>
            {move || {
                let versions = versions.get();
                if versions.is_empty() {
                    view! { <p class="card__note muted small">"Each save is kept here, with the way back."</p> }.into_any()
                } else {
                    let newest = versions.first().map_or(0, |version| version.version);
                    view! {
                        <ol class="list" aria-label="Versions, newest first">
                            {versions.into_iter().map(|version| line(version, newest)).collect_view()}
                        </ol>
                    }
                        .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

fn line(version: PersonaVersion, newest: i64) -> AnyView {
    let number = version.version;
    let is_newest = number == newest;
    let (icon, class) = icon(version.status);
    let by = version.by.clone().unwrap_or_else(|| "Concierge".into());
    let other = if is_newest { number - 1 } else { newest };
    view! {
        <li id=format!("version-{number}")>
            <Icon name=icon class=class />
            <div class="list__text">
                <strong><ExactTime moment=version.saved.clone() /></strong>
                <span dir="auto"><bdi translate="no">{by}</bdi> " · " {version.summary.clone()}</span>
                {version.override_note.clone().map(|note| view! { <span dir="auto">"Approved by your operator: " {note}</span> })}
            </div>
            <div class="list__end">
                <PillView pill=pill(&version) />
                {(other > 0).then(|| compare(number, other))}
                {(!is_newest && may_edit()).then(|| restore(number))}
            </div>
        </li>
    }
    .into_any()
}

const fn icon(status: SafetyStatus) -> (&'static str, &'static str) {
    match status {
        SafetyStatus::Approved => ("shield", "t-ok"),
        SafetyStatus::Rejected => ("bad", "t-bad"),
        SafetyStatus::Pending => ("clock", "t-info"),
        SafetyStatus::Unchecked => ("warn", "t-warn"),
        SafetyStatus::Draft => ("edit", "t-idle"),
    }
}

fn pill(version: &PersonaVersion) -> Pill {
    let pill = safety_pill(version.status);
    if version.in_use {
        return Pill {
            label: "In use".into(),
            ..pill
        };
    }
    pill
}

fn compare(one: i64, other: i64) -> AnyView {
    view! {
        <a class="link-btn" href=format!("?one={one}&other={other}#compare")>
            "Compare"
            <span class="visually-hidden">{format!(" version {one} with version {other}")}</span>
        </a>
    }
    .into_any()
}

fn restore(version: i64) -> AnyView {
    let announcer = Announcer::expect();
    let state = FormState::new(format!("restore-{version}"), endpoints::RESTORE_PERSONA);
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            announcer.say(format!("Version {version} is restored."));
            crate::browser::focus("#versions-title");
        }
    });
    view! {
        <PostForm state on_done>
            <FormError state />
            <input type="hidden" name="version" value=version.to_string() />
            <button class="btn btn--sm" type="submit">
                "Restore"
                <span class="visually-hidden">{format!(" version {version}")}</span>
            </button>
        </PostForm>
    }
    .into_any()
}
