//! How far the check is, what it found, and what to do.

use domain::persona::SafetyStatus;
use domain::safety::Severity;
use domain::views::{FindingLine, PersonaStatus};
use leptos::prelude::*;

use super::state::PersonaState;
use crate::browser;
use crate::components::{ExactTime, Icon, tone_icon};
use crate::endpoints;
use crate::forms::{FormError, FormState, PostForm};
use crate::viewer::may_edit;

/// The banner; it follows the check by itself.
#[component]
pub(super) fn StatusBanner(persona: PersonaState) -> impl IntoView {
    let shown = Memo::new(move |_| {
        persona
            .data
            .with(|page| (page.status.clone(), page.findings.clone(), page.can_check_again))
    });
    move || {
        let (status, findings, can_check_again) = shown.get();
        banner(persona, status, findings, can_check_again && may_edit())
    }
}

fn banner(persona: PersonaState, status: PersonaStatus, findings: Vec<FindingLine>, can_check_again: bool) -> AnyView {
    let icon = match status.status {
        SafetyStatus::Approved => "shield",
        SafetyStatus::Draft => "edit",
        _ => tone_icon(status.tone),
    };
    view! {
        <section class=format!("banner banner--{}", status.tone.as_str()) aria-labelledby="persona-status" id="status">
            <Icon name=icon />
            <div class="stack stack--2">
                <h2 class="banner__title" id="persona-status">{status.title.clone()}</h2>
                <p class="banner__text" dir="auto">{since(&status)} {status.text.clone()}</p>
                {move || {
                    persona
                        .is_unsaved()
                        .then(|| view! { <p class="banner__text"><b>"Not saved: "</b>"what you are changing below is neither checked nor used yet."</p> })
                }}
                {(!findings.is_empty())
                    .then(|| view! { <ul class="findings">{findings.into_iter().map(|line| finding(persona, line)).collect_view()}</ul> })}
            </div>
            {can_check_again.then(|| view! { <div class="banner__actions">{check_again()}</div> })}
        </section>
    }
    .into_any()
}

fn since(status: &PersonaStatus) -> Option<AnyView> {
    let word = match status.status {
        SafetyStatus::Pending => "Since ",
        SafetyStatus::Approved | SafetyStatus::Rejected => "Checked ",
        SafetyStatus::Draft | SafetyStatus::Unchecked => return None,
    };
    let moment = status.since.clone()?;
    Some(view! { {word} <ExactTime moment /> ". " }.into_any())
}

fn finding(persona: PersonaState, line: FindingLine) -> AnyView {
    let weight = match line.severity {
        Severity::Block => ("bad", "t-bad"),
        Severity::Warn => ("warn", "t-warn"),
    };
    let quote = line.quote.clone();
    let show = move |_| {
        let field = untrack(|| persona.values().field_with(&quote));
        browser::focus(match field {
            Some(name) => format!("[id='{}']", persona.form.part(name)),
            None => "#prompt-yours".to_owned(),
        });
    };
    view! {
        <li>
            <Icon name=weight.0 class=weight.1 />
            <p dir="auto">
                {line.sentence}
                {(!line.quote.is_empty()).then(|| view! { " “" <q translate="no" dir="auto">{line.quote.clone()}</q> "” " })}
                " "
                {line.next_step}
                {(!line.quote.is_empty() && may_edit())
                    .then(|| {
                        view! {
                            " "
                            <button class="link-btn needs-js" type="button" on:click=show>"Show the place"</button>
                        }
                    })}
            </p>
        </li>
    }
    .into_any()
}

fn check_again() -> AnyView {
    let state = FormState::new("check-persona", endpoints::CHECK_PERSONA_AGAIN);
    view! {
        <PostForm state>
            <FormError state />
            <button class="btn btn--sm" type="submit">
                <Icon name="sync" />
                "Check again"
            </button>
        </PostForm>
    }
    .into_any()
}
