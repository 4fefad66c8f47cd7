//! `/privacy`: the operator's text. Meta demands its address, and reviewers read it.

use leptos::prelude::*;
use leptos_meta::Title;

use super::public_page;
use crate::components::{Loaded, PageSkeleton};
use crate::json::page_resource;
use crate::queries::{PrivacySection, load_privacy};

/// The text, with its headings.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let text = page_resource(|| (), |()| load_privacy());
    view! {
        <Title text="Privacy" />
        {public_page(
            view! { <Loaded resource=text skeleton=|| view! { <PageSkeleton /> }.into_any() render=privacy_text /> }.into_any(),
        )}
    }
}

fn privacy_text(sections: Vec<PrivacySection>) -> AnyView {
    view! {
        <article class="card stack stack--6">
            <h1 class="page__title">"Privacy"</h1>
            {sections.into_iter().map(section).collect_view()}
        </article>
    }
    .into_any()
}

fn section(section: PrivacySection) -> AnyView {
    let heading =
        (!section.heading.is_empty()).then(|| view! { <h2 class="card__title" dir="auto">{section.heading}</h2> });
    let paragraphs = section
        .paragraphs
        .into_iter()
        .map(|text| view! { <p dir="auto">{text}</p> });
    view! { <section class="stack">{heading} {paragraphs.collect_view()}</section> }.into_any()
}
