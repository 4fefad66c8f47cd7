//! A new password.

use leptos::prelude::*;

use crate::browser;
use crate::components::Announcer;
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PasswordField, PostForm};

/// The card.
#[component]
pub fn PasswordCard(email: String, role: String) -> impl IntoView {
    let state = FormState::new("password", endpoints::CHANGE_PASSWORD);
    let announcer = Announcer::expect();
    let done = RwSignal::new(false);
    let on_done = Callback::new(move |outcome: Outcome| {
        done.set(outcome.is_ok());
        if outcome.is_ok() {
            announcer.say("The new password is set. Other devices are signed out.");
            browser::clear_inputs("#password");
        }
    });
    view! {
        <section class="card stack" aria-labelledby="password-title">
            <h2 class="card__title" id="password-title">"Your sign-in"</h2>
            <dl class="facts">
                <dt>"E-mail"</dt>
                <dd><bdi translate="no">{email.clone()}</bdi></dd>
                <dt>"Role"</dt>
                <dd>{role}</dd>
            </dl>
            <PostForm state label="Change your password" class="stack" on_done>
                <FormError state fields=&["current", "new"] />
                <input class="visually-hidden" type="text" autocomplete="username" value=email readonly tabindex="-1" aria-hidden="true" />
                <PasswordField state name="current" label="Present password" autocomplete="current-password" />
                <PasswordField
                    state
                    name="new"
                    label="New password"
                    autocomplete="new-password"
                    hint="12 characters or more. A sentence is fine."
                />
                <div class="form-foot">
                    <span class="saved" hidden=move || !done.get()>"The new password is set. Other devices are signed out."</span>
                    <button class="btn btn--primary" type="submit">"Change password"</button>
                </div>
            </PostForm>
        </section>
    }
    .into_any()
}
