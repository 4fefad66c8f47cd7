//! Name and time zone of the workspace.

use domain::views::SettingsPage;
use leptos::prelude::*;

use crate::components::Icon;
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, PostForm, SavedMark, TextField, track_saved};
use crate::viewer::may_manage;

/// The card; for owners a form, for others facts.
#[component]
pub fn TenantCard(page: SettingsPage) -> impl IntoView {
    let content = if may_manage() { form(page) } else { facts(page) };
    view! {
        <section class="card stack" aria-labelledby="tenant-title">
            <h2 class="card__title" id="tenant-title">"Workspace"</h2>
            {content}
        </section>
    }
    .into_any()
}

fn facts(page: SettingsPage) -> AnyView {
    view! {
        <dl class="facts">
            <dt>"Name"</dt>
            <dd><bdi translate="no">{page.tenant_name}</bdi></dd>
            <dt>"Short name"</dt>
            <dd class="mono">{page.slug}</dd>
            <dt>"Time zone"</dt>
            <dd>{page.time_zone}</dd>
        </dl>
        <p class="note">
            <Icon name="info" />
            "An owner of this workspace can change them."
        </p>
    }
    .into_any()
}

fn form(page: SettingsPage) -> AnyView {
    let state = FormState::new("tenant", endpoints::SAVE_TENANT);
    let (saved, on_done) = track_saved("The workspace is saved.");
    view! {
        <PostForm state label="Workspace" class="stack" on_done>
            <FormError state fields=&["tenant_name", "time_zone"] />
            <TextField state name="tenant_name" label="Name" value=page.tenant_name autocomplete="organization" />
            <TimeZone state chosen=page.time_zone zones=page.time_zones />
            <p class="field__hint">"Short name in commands: " <span class="mono">{page.slug}</span></p>
            <div class="form-foot">
                <SavedMark saved />
                <button class="btn btn--primary" type="submit">"Save"</button>
            </div>
        </PostForm>
    }
    .into_any()
}

#[component]
fn TimeZone(state: FormState, chosen: String, zones: Vec<String>) -> impl IntoView {
    let id = state.part("time_zone");
    let chosen = state.typed("time_zone", &chosen);
    let invalid = move || state.field_error("time_zone").is_some();
    let known = zones.contains(&chosen);
    let other = (!known).then(|| chosen.clone());
    let options = other
        .into_iter()
        .chain(zones)
        .map(|zone| {
            let selected = zone == chosen;
            let name = zone.replace('_', " ");
            view! { <option value=zone selected=selected>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"Time zone"</label>
            <select class="select" id=id.clone() name="time_zone" aria-describedby=format!("{id}-error {id}-hint")>
                {options}
            </select>
            <FieldError state name="time_zone" />
            <p class="field__hint" id=format!("{id}-hint")>"Dates and days on every page follow it."</p>
        </div>
    }
    .into_any()
}
