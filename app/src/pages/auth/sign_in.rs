//! `/login`.

use domain::views::Tone;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{centered, follow_redirect};
use crate::components::{Banner, Icon, Loaded, PageSkeleton};
use crate::endpoints;
use crate::error::AppError;
use crate::forms::{FormError, FormState, Hidden, PasswordField, PostForm, TextField};
use crate::json::page_resource;
use crate::operator::OperatorLine;
use crate::queries::{AuthState, load_auth_state};

/// E-mail and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let state = page_resource(|| (), |()| load_auth_state());
    view! {
        <Title text="Sign in" />
        {centered(view! { <Loaded resource=state skeleton=|| view! { <PageSkeleton /> }.into_any() render=content /> }.into_any())}
    }
}

fn content(state: AuthState) -> AnyView {
    if state.needs_set_up {
        #[cfg(feature = "ssr")]
        leptos_axum::redirect("/setup");
        return view! { <p class="note"><a href="/setup">"Create the first account"</a></p> }.into_any();
    }
    view! {
        <SignInForm demo=state.demo />
        <p class="note">
            <Icon name="info" />
            "No self-service reset: the operator of this server can set a new password."
        </p>
        <OperatorLine />
        <p class="muted small"><a href="/privacy">"Privacy"</a></p>
    }
    .into_any()
}

#[component]
fn SignInForm(demo: Option<(String, String)>) -> impl IntoView {
    let state = FormState::new("sign-in", endpoints::SIGN_IN);
    let query = use_query_map();
    let next = Signal::derive(move || query.with(|query| query.get("next").unwrap_or_default()));
    let ended = match query.with_untracked(|query| query.get("ended")).as_deref() {
        Some("draft") => Some("What you wrote is kept in this browser. Sign in and go on."),
        Some(_) => Some("Sign in and go on where you were."),
        None => None,
    };
    let is_demo = demo.is_some();
    let (email, password) = demo.unwrap_or_default();
    let waiting = move || {
        state
            .error()
            .with(|error| matches!(error, Some(AppError::TooMany { .. })))
    };
    view! {
        <PostForm state label="Sign in" class="card stack" on_done=follow_redirect()>
            {ended.map(|text| view! { <Banner tone=Tone::Info icon="lock" title="You were signed out" text /> })}
            {is_demo
                .then(|| {
                    view! {
                        <Banner tone=Tone::Info icon="flask" text="Demo. The sign-in is filled in, unless you changed the password; nothing reaches Instagram." />
                    }
                })}
            <Show when=waiting fallback=move || view! { <FormError state fields=&["email", "password"] /> }>
                <Countdown state />
            </Show>
            <Hidden name="next" value=next />
            <TextField state name="email" label="E-mail" kind="email" value=email autocomplete="username" />
            <PasswordField state name="password" label="Password" value=password autocomplete="current-password" />
            <button class="btn btn--primary btn--block" type="submit" aria-disabled=move || state.pending().get().then_some("true")>
                {if is_demo { "Sign in to the demo" } else { "Sign in" }}
            </button>
        </PostForm>
    }
    .into_any()
}

/// "Five wrong tries. Wait 28 seconds, then try again.", counting down.
#[component]
fn Countdown(state: FormState) -> impl IntoView {
    let (seconds, message) = state.error().with_untracked(|error| match error {
        Some(AppError::TooMany {
            retry_after_seconds,
            message,
        }) => (*retry_after_seconds, message.clone()),
        _ => (0, String::new()),
    });
    let is_hydrated = RwSignal::new(false);
    let left = RwSignal::new(seconds);
    Effect::new(move |_| {
        is_hydrated.set(true);
        let tick = move || {
            left.update(|left| *left = left.saturating_sub(1));
            if left.get_untracked() == 0 {
                state.error().set(None);
            }
        };
        if let Ok(timer) = set_interval_with_handle(tick, std::time::Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div class="banner banner--warn" role="alert">
            <Icon name="clock" />
            <div>
                <p class="banner__text" class:visually-hidden=move || is_hydrated.get()>{message}</p>
                <p class="banner__text num" aria-hidden="true" hidden=move || !is_hydrated.get()>
                    {move || format!("Too many wrong tries. You can try again in {} s.", left.get())}
                </p>
            </div>
        </div>
    }
    .into_any()
}
