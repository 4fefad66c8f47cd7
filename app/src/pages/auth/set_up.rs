//! `/setup`: the first account of a deployment, with the one-time code that the server printed.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{centered, follow_redirect};
use crate::components::{Loaded, PageSkeleton};
use crate::endpoints;
use crate::forms::{FormError, FormState, PasswordField, PostForm, TextField};
use crate::json::page_resource;
use crate::queries::{AuthState, load_auth_state};

/// Tenant, owner and operator.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let state = page_resource(|| (), |()| load_auth_state());
    view! {
        <Title text="Create the first account" />
        {centered(view! { <Loaded resource=state skeleton=|| view! { <PageSkeleton /> }.into_any() render=content /> }.into_any())}
    }
}

fn content(state: AuthState) -> AnyView {
    if state.needs_set_up {
        return view! { <SetUpForm /> }.into_any();
    }
    #[cfg(feature = "ssr")]
    leptos_axum::redirect("/login");
    view! { <p class="note">"The first account exists. " <a href="/login">"Sign in"</a></p> }.into_any()
}

#[component]
fn SetUpForm() -> impl IntoView {
    let state = FormState::new("set-up", endpoints::SET_UP);
    let query = use_query_map();
    let code = query.with_untracked(|query| query.get("code").unwrap_or_default());
    view! {
        <PostForm state label="Create the first account" class="card stack" on_done=follow_redirect()>
            <h2 class="card__title">"Create the first account"</h2>
            <p class="muted">"The server printed a one-time code when it started. It works once, for one hour."</p>
            <FormError state fields=&["code", "tenant_name", "email", "password"] />
            <TextField state name="code" label="One-time code" value=code autocomplete="one-time-code" />
            <TextField state name="tenant_name" label="Name of the business or agency" autocomplete="organization" />
            <TextField state name="email" label="E-mail" kind="email" autocomplete="username" />
            <PasswordField
                state
                name="password"
                label="Password"
                autocomplete="new-password"
                hint="12 characters or more. A sentence is fine."
            />
            <button class="btn btn--primary btn--block" type="submit">"Create account"</button>
        </PostForm>
    }
    .into_any()
}
