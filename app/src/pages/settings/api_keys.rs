//! Keys with which programs use the API: a list, a form that makes one, and the end of one.

use domain::api_keys::Scope;
use domain::views::{ApiKeyRow, SettingsPage};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::browser;
use crate::components::{Announcer, ConfirmDialog, ExactTime, Icon, RelativeTime};
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, Outcome, PostForm, TextField};
use crate::json;
use crate::queries::load_settings;
use crate::viewer::may_manage;

const FORM: &str = "api-key";
/// How long a new key may live, in days; empty means until somebody revokes it.
const LIVES: [(&str, &str); 4] = [
    ("30", "30 days"),
    ("90", "90 days"),
    ("365", "A year"),
    ("", "Until it is revoked"),
];

/// The card; owners only.
#[component]
pub fn ApiKeysCard(page: SettingsPage) -> impl IntoView {
    if !may_manage() {
        return ().into_any();
    }
    let asked = use_query_map().with_untracked(|query| query.get("revoke"));
    let keys = RwSignal::new(page.api_keys);
    let fetch_again = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            if let Ok(page) = load_settings().await {
                let _ = keys.try_set(page.api_keys);
            }
        });
    });
    let rows = move || {
        let row = |key| row(key, asked.as_deref(), fetch_again);
        keys.get().into_iter().map(row).collect_view()
    };
    view! {
        <section class="card stack" id="api-keys" aria-labelledby="api-keys-title">
            <h2 class="card__title" id="api-keys-title">"API keys"</h2>
            <p class="muted">
                "A program uses this workspace with a key. " <a href="/api/v1/docs" rel="external">"What it can do"</a>
            </p>
            <ul class="stack stack--4" role="list">{rows}</ul>
            <MakeKey fetch_again />
        </section>
    }
    .into_any()
}

fn row(key: ApiKeyRow, asked: Option<&str>, fetch_again: Callback<()>) -> AnyView {
    let id = key.id.to_string();
    let open = RwSignal::new(asked == Some(&*id));
    let scopes: Vec<&str> = key.scopes.iter().map(Scope::label).collect();
    let end = match (key.expires, key.is_over) {
        (Some(expires), true) => view! { "Ended " <ExactTime moment=expires /> }.into_any(),
        (Some(expires), false) => view! { <ExactTime moment=expires /> }.into_any(),
        (None, _) => "When it is revoked".into_any(),
    };
    let used = match key.last_used {
        Some(used) => view! { <RelativeTime moment=used /> }.into_any(),
        None => "Never".into_any(),
    };
    let name = key.name;
    view! {
        <li class="stack stack--2">
            <h3><bdi translate="no" dir="auto">{name.clone()}</bdi></h3>
            <dl class="facts">
                <dt>"Begins with"</dt>
                <dd class="mono" translate="no">{key.prefix}</dd>
                <dt>"Allows"</dt>
                <dd>{scopes.join(", ")}</dd>
                <dt>"Ends"</dt>
                <dd>{end}</dd>
                <dt>"Last used"</dt>
                <dd>{used}</dd>
            </dl>
            <p>
                <a
                    class="btn btn--sm t-bad"
                    role="button"
                    href=format!("?revoke={id}#api-keys")
                    aria-label=format!("Revoke {name} …")
                    on:click=move |event| {
                        event.prevent_default();
                        open.set(true);
                    }
                    on:keydown=browser::click_on_space
                >
                    <Icon name="trash" />
                    "Revoke …"
                </a>
            </p>
            <RevokeDialog id name open fetch_again />
        </li>
    }
    .into_any()
}

#[component]
fn RevokeDialog(id: String, name: String, open: RwSignal<bool>, fetch_again: Callback<()>) -> impl IntoView {
    let state = FormState::new(format!("revoke-{id}"), endpoints::REVOKE_API_KEY);
    let announcer = Announcer::expect();
    let said = format!("{name} is revoked.");
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            open.set(false);
            announcer.say(said.clone());
            fetch_again.run(());
        }
    });
    let title = Signal::stored(format!("Revoke {name}?"));
    let body = move || {
        view! {
            <p>"Its program is refused from now on. This cannot be undone; a new key can be made."</p>
            <FormError state />
        }
        .into_any()
    };
    let dialog = format!("ask-revoke-{id}");
    let key = StoredValue::new(id);
    view! {
        <ConfirmDialog open id=dialog title body keep="Keep it">
            <PostForm state on_done>
                <input type="hidden" name="key" value=key.get_value() />
                <button class="btn btn--danger" type="submit">"Revoke"</button>
            </PostForm>
        </ConfirmDialog>
    }
    .into_any()
}

#[component]
fn MakeKey(fetch_again: Callback<()>) -> impl IntoView {
    let state = FormState::new(FORM, endpoints::CREATE_API_KEY);
    let announcer = Announcer::expect();
    let made = RwSignal::new(None::<String>);
    let on_done = Callback::new(move |outcome: Outcome| {
        if let Ok(answer) = outcome {
            made.set(json::read(&answer).ok());
            announcer.say("The key is made. Copy it now: it is not shown again.");
            browser::clear_inputs(&format!("#{FORM}"));
            browser::focus_when_present("#made-api-key");
            fetch_again.run(());
        }
    });
    let life = state.typed("days", "90");
    let lives = LIVES
        .into_iter()
        .map(|(days, words)| view! { <option value=days selected=days == life>{words}</option> })
        .collect_view();
    let scopes = Scope::all()
        .iter()
        .map(|scope| scope_choice(state, *scope))
        .collect_view();
    let days = state.part("days");
    view! {
        <MadeKey made />
        <PostForm state label="Make an API key" class="stack" on_done>
            <FormError state fields=&["name", "scopes", "days"] />
            <TextField state name="name" label="Name of a new key" autocomplete="off" hint="The program that uses it; the history names it." />
            <fieldset class="stack stack--2">
                <legend class="field__label">"What it allows"</legend>
                {scopes}
                <FieldError state name="scopes" />
            </fieldset>
            <div class="field">
                <label class="field__label" for=days.clone()>"Ends after"</label>
                <select class="select" id=days name="days">{lives}</select>
                <FieldError state name="days" />
            </div>
            <div class="form-foot">
                <button class="btn btn--primary" type="submit">"Make key"</button>
            </div>
        </PostForm>
    }
    .into_any()
}

fn scope_choice(state: FormState, scope: Scope) -> AnyView {
    let id = state.part(scope.as_str());
    let help = format!("{id}-help");
    let usual = if scope == Scope::Read && !state.was_restored() {
        "true"
    } else {
        ""
    };
    let ticked = state.typed(scope.as_str(), usual) == "true";
    view! {
        <div class="check">
            <input type="checkbox" id=id.clone() name=scope.as_str() value="true" checked=ticked aria-describedby=help.clone() />
            <label for=id>{scope.label()}</label>
            <p class="field__hint" id=help>{scope.sentence()}</p>
        </div>
    }
    .into_any()
}

/// The key, until the page is left. Without WebAssembly the answer to the form is a page that shows it.
#[component]
fn MadeKey(made: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        made.get().map(|key| {
            view! {
                <div class="field" role="status">
                    <label class="field__label" for="made-api-key">"The new key"</label>
                    <input
                        class="input mono made-key"
                        id="made-api-key"
                        type="text"
                        readonly
                        value=key
                        autocomplete="off"
                        translate="no"
                        on:focus=|event| browser::select_text(&event)
                    />
                    <p class="field__hint">"It is selected: copy it now. It is not shown again; only its hash is kept."</p>
                </div>
            }
        })
    }
}
