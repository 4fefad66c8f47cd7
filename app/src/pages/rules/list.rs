//! The list: rules in order, the default reply last, the editor of a new rule at the end.

use domain::rules::Response;
use domain::views::Place;
use leptos::prelude::*;

use super::chosen_bar::{ChosenBar, SelectButton};
use super::editor::RuleEditor;
use super::row::{Row, reply_line};
use super::search::Search;
use super::sorting::rule_sorting;
use super::starters::Starters;
use super::state::{NEW, RulesState};
use crate::components::{DropLine, Icon, page_path};
use crate::viewer::may_edit;

/// Rules, or how to begin.
#[component]
pub fn RuleList(rules: RulesState) -> impl IntoView {
    let sorting = rule_sorting(rules);
    // Another rule that opens or closes leaves the new one as it is.
    let adding = Memo::new(move |_| rules.is_editor_open(NEW));
    let empty = Memo::new(move |_| rules.count() == 0 && !rules.is_editor_open(NEW));
    view! {
        <Show when=move || !empty.get() fallback=move || view! { <Starters rules /> }>
            <div class="rules-head" id="rules">
                <p class="muted small" id="reorder-help">
                    "Rules run from top to bottom; the first match replies. "
                    {may_edit().then(how_to_reorder)}
                </p>
                {may_edit().then(|| view! { <SelectButton rules /> })}
            </div>
            <Search rules />
            <div class="rules-wrap sortable">
                <ol class="rules" aria-label="Reply rules, in order" aria-describedby="reorder-help">
                    <For each=move || rules.ids() key=|id| *id children=move |id| view! { <Row rules sorting id /> } />
                    {move || {
                        adding
                            .get()
                            .then(|| {
                                view! {
                                    <li id="rule-new">
                                        <RuleEditor rules rule=None />
                                    </li>
                                }
                            })
                    }}
                    <DefaultRow rules />
                </ol>
                <DropLine sorting />
            </div>
            {move || rules.selection.is_on.get().then(|| view! { <ChosenBar rules /> })}
        </Show>
    }
    .into_any()
}

fn how_to_reorder() -> AnyView {
    view! {
        <span class="when-hydrated">
            "Drag a handle or use the arrows. "
            <span class="kbd-hint">
                "With keys: focus a handle and press " <kbd translate="no">"Space"</kbd> ", " <kbd translate="no">"↑"</kbd> " "
                <kbd translate="no">"↓"</kbd> ", " <kbd translate="no">"Space"</kbd> ". " <kbd translate="no">"Esc"</kbd> " puts it back."
            </span>
        </span>
        <span class="until-hydrated">"The arrows move a rule by one place, its menu to any place."</span>
    }
    .into_any()
}

#[component]
fn DefaultRow(rules: RulesState) -> impl IntoView {
    let href = page_path(Place::Account { id: rules.account });
    let canned = move || {
        rules
            .data
            .with(|page| matches!(page.default_reply, Response::Canned(_)))
    };
    let share = move || {
        let percent = rules.data.with(|page| page.default_share.percent())?;
        Some(format!(" {percent} % of the replies of the last 30 days."))
    };
    view! {
        <li id="rule-default">
            <div class="rule rule--default">
                <span class="rule__pos" aria-hidden="true">"–"</span>
                <div class="rule__main">
                    <h3 class="rule__title">
                        <a class="rule__open" href=href.clone()>"Default reply"</a>
                    </h3>
                    <p class="rule__when">
                        "If nothing above matches. Always last."
                        {share}
                    </p>
                    {move || rules.data.with(|page| reply_line(&page.default_reply))}
                </div>
                <div class="rule__side">
                    <span class="tag">
                        <Icon name="text" />
                        {move || if canned() { "Canned" } else { "AI" }}
                    </span>
                </div>
                <div class="rule__move">
                    <a class="btn btn--sm" href=format!("{href}?edit=default#default")>
                        "Edit"
                        <span class="visually-hidden">" the default reply"</span>
                    </a>
                </div>
            </div>
        </li>
    }
    .into_any()
}
