//! Several accounts could be connected: which ones should be?

use domain::views::{CandidateStanding, ConnectCandidate};
use leptos::prelude::*;

use super::pages::{dropped as dropped_accounts, impossible, names, standing};
use super::{ACCOUNTS, Shown, head, show_next_step};
use crate::components::{Announcer, Icon};
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, PostForm};

const FORM: &str = "choose-accounts";
/// The message of the server.
const NONE_CHOSEN: &str = "Choose at least one account.";

/// Page ids that are ticked.
type Chosen = RwSignal<Vec<String>>;

pub(super) fn choose(
    candidates: Vec<ConnectCandidate>,
    dropped: Vec<String>,
    attempt: String,
    shown: Shown,
) -> AnyView {
    let lead = format!(
        "Facebook knows {} you manage. Choose the Instagram accounts that should answer; several if you like.",
        if candidates.len() == 1 {
            "1 Page".to_owned()
        } else {
            format!("{} Pages", candidates.len())
        }
    );
    let (refused, possible): (Vec<_>, Vec<_>) = candidates
        .into_iter()
        .partition(|candidate| candidate.standing == CandidateStanding::Impossible);
    view! {
        {head("Connect an account", lead)}
        <div class="measure stack">
            {dropped_accounts(&dropped)}
            {form(possible, refused, attempt, shown)}
        </div>
    }
    .into_any()
}

fn form(possible: Vec<ConnectCandidate>, refused: Vec<ConnectCandidate>, attempt: String, shown: Shown) -> AnyView {
    let state = FormState::new(FORM, endpoints::CHOOSE_PAGES);
    let announcer = Announcer::expect();
    let chosen: Chosen = RwSignal::new(ticked_at_first(&possible, state));
    let check = Callback::new(move |()| {
        let any = chosen.with_untracked(|chosen| !chosen.is_empty());
        state.set_field_error("pages", (!any).then(|| NONE_CHOSEN.to_owned()));
        if !any {
            announcer.failed(NONE_CHOSEN);
        }
        any
    });
    let known: Vec<(String, String)> = possible
        .iter()
        .map(|it| (it.page_id.clone(), it.username.clone().unwrap_or_default()))
        .collect();
    let choices = possible
        .into_iter()
        .enumerate()
        .map(|(index, candidate)| choice(index, candidate, state, chosen))
        .collect_view();
    let pending = state.pending();
    view! {
        <PostForm state label="Choose accounts" class="stack" check on_done=show_next_step(shown)>
            <input type="hidden" name="visit" value=attempt />
            <FormError state fields=&["pages"] />
            <fieldset class="stack stack--2" aria-describedby=format!("{FORM}-pages-error")>
                <legend class="visually-hidden">"Instagram accounts"</legend>
                {choices}
                <FieldError state name="pages" />
            </fieldset>
            {impossible("These Pages cannot be connected", refused)}
            <p class="note">
                <Icon name="info" />
                "Reconnecting keeps rules, default reply and history. A new account starts with auto-reply off."
            </p>
            <div class="form-foot">
                <span class="push"></span>
                <a class="btn" href=ACCOUNTS>"Cancel"</a>
                <button class="btn btn--primary" type="submit" aria-disabled=move || pending.get().then_some("true")>
                    {move || if pending.get() { "Connecting …".to_owned() } else { chosen.with(|chosen| label(chosen, &known)) }}
                </button>
            </div>
        </PostForm>
    }
    .into_any()
}

/// What needs a new connection, or what was ticked before the redirect.
fn ticked_at_first(possible: &[ConnectCandidate], state: FormState) -> Vec<String> {
    let needs_it = |candidate: &ConnectCandidate| {
        matches!(
            candidate.standing,
            CandidateStanding::Reconnect | CandidateStanding::Moved
        )
    };
    let is_ticked = |(index, candidate): &(usize, &ConnectCandidate)| {
        if state.was_restored() {
            !state.typed(&field(*index), "").is_empty()
        } else {
            needs_it(candidate)
        }
    };
    let ticked = possible.iter().enumerate().filter(is_ticked);
    ticked.map(|(_, candidate)| candidate.page_id.clone()).collect()
}

/// A list needs an index for each entry.
fn field(index: usize) -> String {
    format!("pages[{index}]")
}

fn choice(index: usize, candidate: ConnectCandidate, state: FormState, chosen: Chosen) -> AnyView {
    let id = candidate.page_id.clone();
    let ticked = chosen.with_untracked(|chosen| chosen.contains(&id));
    let value = id.clone();
    let change = move |event: web_sys::Event| {
        let ticked = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|page| *page != id);
            if ticked {
                chosen.push(id.clone());
            }
        });
        if ticked {
            state.set_field_error("pages", None);
        }
    };
    let help = state.part(&format!("help-{index}"));
    let invalid = move || state.field_error("pages").is_some();
    let described = {
        let help = help.clone();
        move || {
            if invalid() {
                format!("{FORM}-pages-error {help}")
            } else {
                help.clone()
            }
        }
    };
    view! {
        <label class="choice">
            <input
                type="checkbox"
                name=field(index)
                value=value
                checked=ticked
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
                on:change=change
            />
            <span class="choice__body">
                {names(&candidate)}
                <span class="muted small" id=help><br />{candidate.sentence.clone()}</span>
            </span>
            {standing(candidate.standing)}
        </label>
    }
    .into_any()
}

fn label(chosen: &[String], known: &[(String, String)]) -> String {
    match chosen {
        [] => "Connect".to_owned(),
        [only] => {
            let name = known.iter().find(|(page, _)| page == only);
            format!("Connect {}", name.map_or("1 account", |(_, name)| name))
        }
        many => format!("Connect {} accounts", many.len()),
    }
}
