//! How well the message fits each intent: a bar with a mark at what the rule needs, and the same in words.

use domain::simulate::Simulation;
use domain::views::{IntentConfidence, SuggestedThreshold, shown_confidence};
use leptos::prelude::*;

use super::SimulatorState;
use crate::components::Icon;

/// All Prompt rules that are on, the best first.
#[component]
pub(super) fn Confidences(simulator: SimulatorState, result: Simulation) -> impl IntoView {
    let found = result.confidences;
    if found.is_empty() {
        return ().into_any();
    }
    let nearest = nearest_other(&found, result.winner.as_ref().map(|place| place.rule));
    view! {
        <div class="stack stack--2">
            <h3 class="field__label">"How near each intent is"</h3>
            <ul class="nearness">{found.iter().map(|one| line(simulator, one)).collect_view()}</ul>
            {nearest.map(|sentence| view! { <p class="field__hint">{sentence}</p> })}
        </div>
    }
    .into_any()
}

fn line(simulator: SimulatorState, one: &IntentConfidence) -> AnyView {
    let rule = one.place.rule;
    let suggested = simulator.with_data(|data| data.intents.suggested.iter().find(|it| it.rule == rule).cloned());
    view! {
        <li class:is-near=one.passes()>
            <span dir="auto" translate="no">{format!("{} {}", one.place.position, one.place.label)}</span>
            <span class="num">{words(one)}</span>
            {bar(one)}
            {suggested.map(suggestion)}
        </li>
    }
    .into_any()
}

fn words(one: &IntentConfidence) -> String {
    let verdict = if one.passes() { "near enough" } else { "too far" };
    format!(
        "{}, needs {}: {verdict}",
        shown_confidence(one.confidence),
        one.threshold
    )
}

/// The words beside it say the same.
fn bar(one: &IntentConfidence) -> AnyView {
    let percent = |part: f64| format!("{:.1}", part.clamp(0.0, 1.0) * 100.0);
    let mark = percent(one.threshold.value());
    view! {
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="nearness__all" x="0" y="3" width="100" height="4"></rect>
            <rect class="nearness__part" x="0" y="3" width=percent(one.confidence) height="4"></rect>
            <line class="nearness__mark" x1=mark.clone() x2=mark y1="0" y2="10"></line>
        </svg>
    }
    .into_any()
}

fn suggestion(suggested: SuggestedThreshold) -> AnyView {
    let SuggestedThreshold {
        threshold, examples, ..
    } = suggested;
    let sentence = format!(
        "Judged by this rule's own {examples} example messages alone, {threshold} would do; other messages may need more."
    );
    view! { <span class="field__hint">{sentence}</span> }.into_any()
}

/// The best of those that do not win.
fn nearest_other(found: &[IntentConfidence], winner: Option<domain::ids::RuleId>) -> Option<String> {
    let won = found.iter().any(|one| Some(one.place.rule) == winner);
    let other = found.iter().find(|one| Some(one.place.rule) != winner)?;
    let what = if won { "Nearest other intent" } else { "Nearest intent" };
    Some(format!(
        "{what}: rule {}, {}, with {}.",
        other.place.position,
        other.place.label,
        shown_confidence(other.confidence)
    ))
}

/// Rules that take each other's messages.
#[component]
pub(super) fn Shadowing(simulator: SimulatorState) -> impl IntoView {
    let pairs = Memo::new(move |_| simulator.with_data(|data| data.intents.shadowing.clone()));
    move || {
        let notes = pairs.get().into_iter().map(|pair| {
            let (first, second) = (pair.first, pair.second);
            let sentence = format!(
                "Rules {} and {}, {} and {}, mean nearly the same and take each other's messages. Make their examples differ, or join them.",
                first.position, second.position, first.label, second.label
            );
            view! {
                <p class="note note--warn">
                    <Icon name="warn" />
                    <span dir="auto">{sentence}</span>
                </p>
            }
        });
        notes.collect_view()
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::RuleId;
    use domain::rules::{RulePlace, Threshold};
    use uuid::Uuid;

    use super::*;

    fn confidence(number: u32, confidence: f64) -> IntentConfidence {
        IntentConfidence {
            place: RulePlace {
                rule: RuleId::from_uuid(Uuid::from_u128(number.into())),
                position: number,
                label: format!("R{number}"),
            },
            confidence,
            threshold: Threshold::default(),
        }
    }

    #[test]
    fn the_winner_is_not_its_own_neighbour() {
        let found = [confidence(4, 0.9), confidence(2, 0.6)];
        let winner = Some(found[0].place.rule);
        assert_eq!(
            nearest_other(&found, winner).as_deref(),
            Some("Nearest other intent: rule 2, R2, with 0.60.")
        );
        assert_eq!(
            nearest_other(&found, None).as_deref(),
            Some("Nearest intent: rule 4, R4, with 0.90.")
        );
        assert_eq!(nearest_other(&found[..1], winner), None);
        assert_eq!(words(&found[1]), "0.60, needs 0.72: too far");
    }
}
