//! One rule of the list, or its open editor.

use domain::ids::RuleId;
use domain::persona::SafetyStatus;
use domain::rules::{IntentMatcher, KeywordMatcher, MatchMode, Matcher, Response};
use domain::views::RuleRow;
use leptos::prelude::*;

use super::chosen_bar::ChooseBox;
use super::editor::RuleEditor;
use super::intent_status::IntentStatus;
use super::menu::MoreButton;
use super::row_errors::RowErrors;
use super::row_forms::MoveButtons;
use super::row_warnings::RowWarnings;
use super::sorting::ROW_ID_PREFIX;
use super::state::RulesState;
use crate::browser;
use crate::components::{Icon, PillView, SortHandle, Sorting};
use crate::endpoints;
use crate::forms::{FormState, SwitchForm};
use crate::pages::prompt_status::{PromptStatus, check_of, safety_pill};
use crate::viewer::may_edit;

/// Follows its rule by id: position, text and switch change in place, an open editor stays open.
#[component]
pub fn Row(rules: RulesState, sorting: Sorting, id: RuleId) -> impl IntoView {
    let first = untrack(|| rules.row(id))?;
    // A rule that was deleted is drawn as it was until its row is taken away.
    let row = Memo::new(move |before: Option<&RuleRow>| {
        rules
            .row(id)
            .or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let editor = StoredValue::new(id.to_string());
    let is_open = Memo::new(move |_| editor.with_value(|editor| rules.is_editor_open(editor)));
    let verdict = Memo::new(move |_| rules.simulator.verdict_on(id));
    let class = move || match (is_open.get(), verdict.get().is_some(), row.with(|row| row.rule.enabled)) {
        (true, ..) => "rule rule--open",
        (false, true, _) => "rule rule--winner",
        (false, false, true) => "rule",
        (false, false, false) => "rule rule--off",
    };
    let toggle = FormState::new(format!("toggle-{id}"), endpoints::TOGGLE_RULE);
    let keys = move |event: web_sys::KeyboardEvent| {
        if may_edit() && event.alt_key() && (event.key() == "ArrowUp" || event.key() == "ArrowDown") {
            event.prevent_default();
            rules.step(id, event.key() == "ArrowUp");
            browser::focus(format!("#open-{id}"));
        }
    };
    Some(
        view! {
            <li id=format!("{ROW_ID_PREFIX}{id}") class:is-lifted=move || editor.with_value(|key| sorting.is_lifted(key))>
                <div class=class data-sort-card>
                    <span class="rule__pos" aria-hidden="true">{move || row.with(|row| row.position)}</span>
                    {move || may_edit().then(|| lead(rules, sorting, id, row))}
                    <div class="rule__main">
                        <h3 class="rule__title" on:keydown=keys>
                            <Title rules id row />
                            {move || verdict.get().map(would_answer)}
                            {move || row.with(|row| cannot_match(rules, row))}
                            {move || row.with(|row| unapproved(rules, row))}
                        </h3>
                        {move || if is_open.get() { row.with(editing_line) } else { row.with(when_line) }}
                        {move || (!is_open.get()).then(|| row.with(|row| reply_line(&row.rule.response)))}
                    </div>
                    <div class="rule__side">{move || row.with(side)}</div>
                    <Switch rules id row state=toggle />
                    {may_edit()
                        .then(|| {
                            view! {
                                <div class="rule__move">
                                    <MoveButtons rules id row />
                                    <MoreButton rules id row />
                                </div>
                            }
                        })}
                    {move || (!is_open.get()).then(|| view! { <RowWarnings rules id /> })}
                    <RowErrors id toggle />
                </div>
                {move || is_open.get().then(|| prompt_status(rules, id))}
                {move || is_open.get().then(|| view! { <RuleEditor rules rule=Some(row.get_untracked().rule) /> })}
            </li>
        }
        .into_any(),
    )
}

/// The handle, or the box while rules are chosen.
fn lead(rules: RulesState, sorting: Sorting, id: RuleId, row: Memo<RuleRow>) -> AnyView {
    if rules.selection.is_on.get() {
        return view! { <ChooseBox rules id row /> }.into_any();
    }
    view! {
        <SortHandle
            sorting
            key=id.to_string()
            name=Signal::derive(move || row.with(|row| row.rule.label.clone()))
            position=Signal::derive(move || row.with(|row| row.position))
            count=Signal::derive(move || rules.count())
            describedby="reorder-help"
        />
    }
    .into_any()
}

#[component]
fn Title(rules: RulesState, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let label = move || row.with(|row| row.rule.label.clone());
    if !may_edit() {
        return view! { <bdi translate="no">{label}</bdi> }.into_any();
    }
    let open = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        rules.open_editor(&id.to_string());
        browser::focus_end(format!("#rule-form-{id} input[name='label']"));
    };
    view! {
        <a class="rule__open" href=format!("?edit={id}#rule-{id}") id=format!("open-{id}") dir="auto" translate="no" on:click=open>
            {label}
        </a>
    }
    .into_any()
}

#[component]
fn Switch(rules: RulesState, id: RuleId, row: Memo<RuleRow>, state: FormState) -> impl IntoView {
    let label = move || row.with(|row| row.rule.label.clone());
    view! {
        <SwitchForm
            state
            on=Signal::derive(move || row.with(|row| row.rule.enabled))
            subject=Signal::derive(label)
            hidden_label=Signal::derive(move || format!("Use rule “{}”", label()))
            locked=!may_edit()
            on_switch=Callback::new(move |()| rules.toasts.forget_change())
        >
            <input type="hidden" name="account" value=rules.account.to_string() />
            <input type="hidden" name="rule" value=id.to_string() />
        </SwitchForm>
    }
    .into_any()
}

fn would_answer(goes_out: bool) -> AnyView {
    let label = if goes_out { "Would reply" } else { "Would match" };
    view! {
        <span class="pill pill--accent">
            <Icon name="play" />
            {label}
        </span>
    }
    .into_any()
}

/// Why a Prompt rule that is on cannot match now.
fn cannot_match(rules: RulesState, row: &RuleRow) -> Option<AnyView> {
    let is_watched = row.rule.enabled && matches!(row.rule.matcher, Matcher::Prompt(_));
    let status = is_watched.then(|| IntentStatus::of(rules, row.rule.id));
    status
        .filter(|status| *status != IntentStatus::Ready)
        .map(IntentStatus::pill)
}

/// Above the open editor, outside of its form.
fn prompt_status(rules: RulesState, id: RuleId) -> AnyView {
    let check = Memo::new(move |_| rules.simulator.with_data(|data| check_of(&data.prompts, Some(id))));
    view! {
        <div class="rule__check">
            {move || check.get().map(|check| view! { <PromptStatus account=rules.account check /> })}
        </div>
    }
    .into_any()
}

/// The prompt of the rule is not approved.
fn unapproved(rules: RulesState, row: &RuleRow) -> Option<AnyView> {
    let check = rules
        .simulator
        .with_data(|data| check_of(&data.prompts, Some(row.rule.id)))?;
    let is_open = check.status != SafetyStatus::Approved;
    let meanwhile = row.rule.enabled.then_some(match check.earlier {
        Some(_) => "The last approved prompt answers.",
        None => "Customers it matches get nothing until it is approved.",
    });
    is_open.then(|| {
        view! {
            <PillView pill=safety_pill(check.status) />
            {meanwhile.map(|meanwhile| view! { " " <span class="small muted">{meanwhile}</span> })}
        }
        .into_any()
    })
}

/// The place of a finger for what a mouse finds by pointing at the hits.
fn editing_line(row: &RuleRow) -> AnyView {
    view! { <p class="rule__when">"Open for editing. " {hits_in_30_days(row)} "."</p> }.into_any()
}

/// "Keywords: hours, open, closed and 2 more · whole word", "Intent: wants to book · ≥ 0.72".
fn when_line(row: &RuleRow) -> AnyView {
    match &row.rule.matcher {
        Matcher::Keywords(matcher) => keywords_line(matcher),
        Matcher::Prompt(intent) => intent_line(intent),
    }
}

fn keywords_line(matcher: &KeywordMatcher) -> AnyView {
    const SHOWN: usize = 4;
    let more = matcher.keywords.len().saturating_sub(SHOWN);
    let keywords = matcher
        .keywords
        .iter()
        .take(SHOWN)
        .enumerate()
        .map(|(index, word)| view! { {(index > 0).then_some(", ")} <bdi translate="no">{word.clone()}</bdi> })
        .collect_view();
    view! {
        <p class="rule__when">
            "Keywords: " <b>{keywords}</b> {(more > 0).then(|| format!(" and {more} more"))}
            <span class="subtle">"\u{a0}· "{mode_words(matcher.mode)}</span>
        </p>
    }
    .into_any()
}

fn intent_line(intent: &IntentMatcher) -> AnyView {
    view! {
        <p class="rule__when">
            "Intent: " <b>
                <bdi translate="no">{opening(&intent.description)}</bdi>
            </b> <span class="subtle">"\u{a0}"{intent_details(intent)}</span>
        </p>
    }
    .into_any()
}

/// The beginning of what is sent, on one line.
pub(super) fn reply_line(response: &Response) -> AnyView {
    let text = response.text();
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    view! { <p class="rule__reply" dir="auto" translate="no">{opening(first.trim())}</p> }.into_any()
}

/// `· ≥ 0.72 · 3 examples`
fn intent_details(intent: &IntentMatcher) -> String {
    let examples = match intent.examples.len() {
        0 => String::new(),
        1 => " · 1 example".to_owned(),
        many => format!(" · {many} examples"),
    };
    format!("· ≥ {:.2}{examples}", intent.threshold.value())
}

/// As much of a description as a row has room for.
fn opening(description: &str) -> String {
    const SHOWN: usize = 80;
    if description.chars().count() <= SHOWN {
        return description.to_owned();
    }
    let start: String = description.chars().take(SHOWN).collect();
    let whole_words = start.rsplit_once(' ').map_or(start.as_str(), |(start, _)| start);
    format!("{whole_words} …")
}

/// How keywords are compared, in the list.
pub(in crate::pages) const fn mode_words(mode: MatchMode) -> &'static str {
    match mode {
        MatchMode::WholeWord => "whole word",
        MatchMode::Contains => "contains",
        MatchMode::Exact => "exact message",
        MatchMode::StartsWith => "starts with",
    }
}

fn side(row: &RuleRow) -> AnyView {
    let (icon, word) = match row.rule.response {
        Response::Canned(_) => ("text", "Canned"),
        Response::AiPrompt(_) => ("ai", "AI prompt"),
    };
    let hits = if row.hits == 1 {
        "1 hit / 7 days".to_owned()
    } else {
        format!("{} hits / 7 days", row.hits)
    };
    let longer = hits_in_30_days(row);
    let title = longer.clone();
    // Viewers cannot open the rule, where editors find it.
    let class = may_edit().then_some("visually-hidden");
    view! {
        <span class="tag">
            <Icon name=icon />
            {word}
        </span>
        <span title=title>
            {hits}
            <span class=class>". "{longer}</span>
        </span>
    }
    .into_any()
}

fn hits_in_30_days(row: &RuleRow) -> String {
    match &row.last_hit {
        Some(last) => format!("{} in 30 days, the last one {}", row.hits_30, last.short),
        None => "No reply yet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn a_long_description_ends_with_a_whole_word() {
        assert_eq!(opening("wants to book"), "wants to book");
        let long = "wants to know whether we deliver ".repeat(5);
        let shown = opening(&long);
        assert!(shown.ends_with("wants to know …"), "{shown}");
        assert!(shown.chars().count() <= 82, "{shown}");
        assert_eq!(opening(&"字".repeat(100)).chars().count(), 82);
    }
}
