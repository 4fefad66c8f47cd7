//! `/meta/data-deletion/{code}`: what became of a person's request. Facebook shows them the address.

use domain::views::DeletionPage as Page;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::public_page;
use crate::components::{Loaded, PageSkeleton};
use crate::json::page_resource;
use crate::pages::error::set_status;
use crate::queries::load_deletion;

/// The answer to one code.
#[component]
pub fn DeletionPage() -> impl IntoView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code").unwrap_or_default()));
    let page = page_resource(move || code.get(), load_deletion);
    view! {
        <Title text="Deletion of data" />
        {public_page(
            view! { <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=deletion_status /> }.into_any(),
        )}
    }
}

fn deletion_status(page: Page) -> AnyView {
    if !page.found {
        set_status(404);
    }
    view! {
        <article class="card stack">
            <h1 class="page__title">{page.lead}</h1>
            {page.sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            <p class="muted small">
                <a href="/privacy">"What is stored, and how to have it deleted"</a>
            </p>
        </article>
    }
    .into_any()
}
