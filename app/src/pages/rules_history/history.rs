//! Who changed what in the rules, and the way back to any state of them.

use domain::views::{AccountBrief, ChangeSide, ConfigChange, ConfigPreview, Tone};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::diff::Diff;
use super::head::Head;
use super::preview::{ConfirmButtons, PreviewState};
use crate::browser;
use crate::components::{Banner, EmptyState, ExactTime, Icon, ListSkeleton, Loaded};
use crate::endpoints;
use crate::error::AppError;
use crate::forms::{FormState, PlainForm};
use crate::json::page_resource;
use crate::queries::{load_history, load_rules, preview_going_back};
use crate::viewer::may_edit;

/// Everything the page shows.
#[derive(Clone, Serialize, Deserialize)]
struct History {
    account: AccountBrief,
    changes: Vec<ConfigChange>,
    /// Where the reader wants to go back to.
    back: Option<RestoreTarget>,
}

/// One side of a change.
#[derive(Clone, Serialize, Deserialize)]
struct RestoreTarget {
    change: String,
    side: String,
    /// None when the change is not known any more.
    preview: Option<ConfigPreview>,
}

/// The changes of one account's rules.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let requested = Memo::new(move |_| {
        let of_query = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, of_query("change"), of_query("side"))
    });
    let page = page_resource(move || requested.get(), load);
    view! { <Loaded resource=page skeleton=|| view! { <ListSkeleton /> }.into_any() render=history /> }
}

async fn load((account, change, side): (String, String, String)) -> Result<History, AppError> {
    let back = if change.is_empty() {
        None
    } else {
        let preview = preview_going_back(account.clone(), change.clone(), side.clone()).await;
        let preview = match preview {
            Ok(preview) => Some(preview),
            Err(AppError::NotFound | AppError::Invalid { .. }) => None,
            Err(error) => return Err(error),
        };
        Some(RestoreTarget { change, side, preview })
    };
    Ok(History {
        account: load_rules(account.clone()).await?.account,
        changes: load_history(account).await?,
        back,
    })
}

fn history(page: History) -> AnyView {
    let account = page.account.id.to_string();
    let back = page.back.map(|back| confirm_restore(account, back, &page.changes));
    view! {
        <Head account=page.account title="History" lead="Who changed what. Whatever you bring back can be undone here too." />
        <div class="stack stack--6 measure">
            {back}
            {if page.changes.is_empty() {
                view! { <EmptyState title="No changes yet" text="Every change of the rules and of the default reply is listed here, with the way back." /> }
                    .into_any()
            } else {
                let changes = page.changes.into_iter().enumerate();
                view! {
                    <ol class="list card card--flush" aria-label="Changes, newest first">
                        {changes.map(|(index, change)| line(change, index == 0)).collect_view()}
                    </ol>
                }
                    .into_any()
            }}
        </div>
    }
    .into_any()
}

fn line(change: ConfigChange, is_newest: bool) -> AnyView {
    let by = change.by.unwrap_or_else(|| "Concierge".into());
    let id = change.id.to_string();
    view! {
        <li id=format!("change-{id}")>
            <Icon name="clock" class="t-idle" />
            <div class="list__text">
                <strong>{change.what.clone()}</strong>
                <span><bdi translate="no">{by}</bdi> " · " <ExactTime moment=change.when /></span>
                <details class="more">
                    <summary>
                        <Icon name="right" />
                        "What changed"
                        <span class="visually-hidden">": " {change.what}</span>
                    </summary>
                    <div class="stack stack--3">
                        <Diff diff=change.diff />
                        {may_edit()
                            .then(|| {
                                view! {
                                    <div class="cluster">
                                        {restore(&id, ChangeSide::Before, "Restore the rules from before this change")}
                                        {(!is_newest).then(|| restore(&id, ChangeSide::After, "Restore the rules from after this change"))}
                                    </div>
                                }
                            })}
                    </div>
                </details>
            </div>
        </li>
    }
    .into_any()
}

fn restore(change: &str, side: ChangeSide, label: &'static str) -> AnyView {
    let href = format!("?change={change}&side={}#go-back", side.as_str());
    view! {
        <a class="btn btn--sm" href=href>
            <Icon name="undo" />
            {label}
        </a>
    }
    .into_any()
}

/// Asks once.
fn confirm_restore(account: String, back: RestoreTarget, changes: &[ConfigChange]) -> AnyView {
    let about = [("account", &*account), ("change", &*back.change), ("side", &*back.side)];
    let state = FormState::for_subject("go-back", endpoints::GO_BACK, &about);
    let preview_state = PreviewState::new(state, back.preview);
    let known = changes.iter().find(|change| change.id.to_string() == back.change);
    let has_changes = preview_state.has_changes();
    let Some(shown) = preview_state.view(state) else {
        return view! { <Banner tone=Tone::Warn text="This change is not in the history any more. Choose another one." /> }
            .into_any();
    };
    Effect::new(move |_| browser::focus("#go-back-title"));
    let title = if back.side == ChangeSide::Before.as_str() {
        "Restore the rules from before this change?"
    } else {
        "Restore the rules from after this change?"
    };
    view! {
        <section class="card stack" aria-labelledby="go-back-title">
            <div>
                <h2 class="card__title" id="go-back-title" tabindex="-1">{title}</h2>
                {known
                    .map(|change| {
                        view! {
                            <p class="muted small">
                                {change.what.clone()}
                                " · "
                                <ExactTime moment=change.when.clone() />
                            </p>
                        }
                    })}
            </div>
            <PlainForm state label="Restore" class="stack">
                <input type="hidden" name="account" value=account />
                <input type="hidden" name="change" value=back.change />
                <input type="hidden" name="side" value=back.side />
                {shown}
                <ConfirmButtons label="Restore" icon="undo" changes=has_changes />
            </PlainForm>
        </section>
    }
    .into_any()
}
