//! How far the check of an AI prompt is: a pill, a sentence, what was found with the next step, and asking again.

use domain::ids::{AccountId, RuleId};
use domain::persona::SafetyStatus;
use domain::views::{FindingLine, Pill, PromptCheck, Tone};
use leptos::prelude::*;

use crate::components::{Icon, PillView};
use crate::endpoints;
use crate::forms::{FormError, FormState, PostForm};
use crate::viewer::may_edit;

/// The state of a check as a pill.
#[must_use]
pub(super) fn safety_pill(status: SafetyStatus) -> Pill {
    let tone = match status {
        SafetyStatus::Approved => Tone::Ok,
        SafetyStatus::Rejected => Tone::Bad,
        SafetyStatus::Pending => Tone::Info,
        SafetyStatus::Unchecked => Tone::Warn,
        SafetyStatus::Draft => Tone::Idle,
    };
    Pill {
        tone,
        label: status.label().into(),
    }
}

/// The check of the prompt of `rule`, or of the default reply, if the server told of one.
pub(super) fn check_of(checks: &[PromptCheck], rule: Option<RuleId>) -> Option<PromptCheck> {
    checks.iter().find(|check| check.rule == rule).cloned()
}

/// Everything about the check of the saved prompt.
#[component]
pub(super) fn PromptStatus(account: AccountId, check: PromptCheck) -> impl IntoView {
    let asks_again = check.status == SafetyStatus::Unchecked && may_edit();
    view! {
        <div class="stack stack--2">
            <p class="field__hint cluster cluster--tight">
                <PillView pill=safety_pill(check.status) />
                <span>{check.sentence}</span>
            </p>
            {check.earlier.map(|prompt| {
                view! {
                    <details class="more">
                        <summary>
                            <Icon name="right" />
                            "The prompt that answers now"
                        </summary>
                        <p class="prompt-quote" dir="auto" translate="no">{prompt}</p>
                    </details>
                }
            })}
            {(!check.findings.is_empty())
                .then(|| view! { <ul class="findings">{check.findings.into_iter().map(finding).collect_view()}</ul> })}
            {asks_again.then(|| view! { <CheckAgain account rule=check.rule /> })}
        </div>
    }
    .into_any()
}

fn finding(line: FindingLine) -> AnyView {
    view! {
        <li>
            <Icon name="warn" class="t-warn" />
            <p dir="auto">
                {line.sentence}
                {(!line.quote.is_empty()).then(|| view! { " “" <q translate="no" dir="auto">{line.quote}</q> "” " })}
                " "
                {line.next_step}
            </p>
        </li>
    }
    .into_any()
}

/// A form of its own: it must not stand within another one.
#[component]
fn CheckAgain(account: AccountId, rule: Option<RuleId>) -> impl IntoView {
    let name = rule.map_or_else(|| "default".to_owned(), |rule| rule.to_string());
    let state = FormState::new(format!("check-prompt-{name}"), endpoints::CHECK_PROMPT_AGAIN);
    view! {
        <PostForm state>
            <FormError state />
            <input type="hidden" name="account" value=account.to_string() />
            <input type="hidden" name="rule" value=rule.map(|rule| rule.to_string()).unwrap_or_default() />
            <button class="btn btn--sm" type="submit">
                <Icon name="sync" />
                "Check again"
            </button>
        </PostForm>
    }
    .into_any()
}
