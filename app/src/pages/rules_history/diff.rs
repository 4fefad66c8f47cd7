//! Before and after, rule by rule.

mod facets;

use domain::reply_config::{ConfigDiff, RuleDiff};
use domain::rules::Response;
use leptos::prelude::*;

use crate::components::Icon;
use facets::{Facet, facets, one_sided, reply_text};

/// All changes; nothing when there is none.
#[component]
pub(super) fn Diff(diff: ConfigDiff) -> impl IntoView {
    let rules = diff.rules.into_iter().map(rule);
    let default = diff.default_reply.map(|(before, after)| default_reply(&before, &after));
    let changes: Vec<AnyView> = rules.chain(default).collect();
    (!changes.is_empty()).then(|| view! { <ul class="diff">{changes}</ul> }.into_any())
}

fn rule(change: RuleDiff) -> AnyView {
    match change {
        RuleDiff::Added { position, rule } => {
            let title = format!("Rule {position}, {}, is added", rule.label);
            entry("plus", "t-ok", title, one_sided(facets(&rule), true))
        }
        RuleDiff::Removed { position, rule } => {
            let title = format!("Rule {position}, {}, is deleted", rule.label);
            entry("trash", "t-bad", title, one_sided(facets(&rule), false))
        }
        RuleDiff::Moved { label, from, to } => entry(
            "sync",
            "t-info",
            format!("{label} moves from {from} to {to}"),
            Vec::new(),
        ),
        RuleDiff::Changed {
            position,
            before,
            after,
        } => {
            let title = format!("Rule {position}, {}, is changed", after.label);
            entry(
                "edit",
                "t-info",
                title,
                facets::differing(facets(&before), facets(&after)),
            )
        }
    }
}

fn default_reply(before: &Response, after: &Response) -> AnyView {
    let reply = Facet {
        name: "Reply",
        before: reply_text(before),
        after: reply_text(after),
    };
    entry("edit", "t-info", "The default reply is changed".into(), vec![reply])
}

fn entry(icon: &'static str, class: &'static str, title: String, facets: Vec<Facet>) -> AnyView {
    view! {
        <li>
            <Icon name=icon class=class />
            <div class="diff__body">
                <p class="diff__title">{title}</p>
                {(!facets.is_empty())
                    .then(|| view! { <dl class="diff__facets">{facets.into_iter().map(facet).collect_view()}</dl> })}
            </div>
        </li>
    }
    .into_any()
}

fn facet(facet: Facet) -> AnyView {
    let side = |text: String, is_new: bool| {
        (!text.is_empty()).then(|| {
            if is_new {
                view! { <ins dir="auto" translate="no"><span class="visually-hidden" translate="yes">"After: "</span>{text}</ins> }.into_any()
            } else {
                view! { <del dir="auto" translate="no"><span class="visually-hidden" translate="yes">"Before: "</span>{text}</del> }.into_any()
            }
        })
    };
    view! {
        <dt>{facet.name}</dt>
        <dd>{side(facet.before, false)} {side(facet.after, true)}</dd>
    }
    .into_any()
}
