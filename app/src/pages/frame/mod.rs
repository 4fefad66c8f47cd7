//! The frame around every signed-in page: rail on wide screens, bars on phones, and the notice of a form that was just saved.

mod account_menu;
mod bars;
mod nav;
mod notice;
mod palette;
mod rail;
mod theme;

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use crate::browser;
use crate::components::{LostConnection, Reload};
use crate::error::AppError;
use crate::json::{PageResource, page_resource};
use crate::pages::error_page;
use crate::queries::load_rail;
use crate::viewer::current_viewer;
use domain::views::{Rail, Viewer};

/// The numbers of the rail; kept while they are fetched again.
pub(super) type RailData = PageResource<Result<Rail, AppError>>;

/// Everything around the page.
#[component]
pub fn Frame() -> impl IntoView {
    match current_viewer() {
        Some(viewer) => frame(viewer, view! { <Outlet /> }.into_any()),
        None => view! { <main class="gate" id="main">{error_page(AppError::NotSignedIn)}</main> }.into_any(),
    }
}

/// An address that leads nowhere: in the frame for whoever is signed in.
pub fn missing_page() -> AnyView {
    let nothing = error_page(AppError::NotFound);
    match current_viewer() {
        Some(viewer) => frame(viewer, nothing),
        None => view! { <main class="gate" id="main" tabindex="-1">{nothing}</main> }.into_any(),
    }
}

/// After a link the focus is where the new page begins, as after a full load; a change of the query leaves it alone.
fn focus_main_on_navigation() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            browser::focus("#main");
        }
        path
    });
}

fn frame(viewer: Viewer, content: AnyView) -> AnyView {
    let reload = Reload::expect();
    focus_main_on_navigation();
    let overlays = palette::Overlays::new();
    let known = StoredValue::new(None::<Rail>);
    let rail: RailData = page_resource(
        move || reload.count(),
        move |_| async move {
            // What was known last is worth more than nothing.
            load_rail().await.or_else(|error| known.get_value().ok_or(error))
        },
    );
    let name = RwSignal::new(viewer.tenant_name.clone());
    Effect::new(move |_| {
        if let Some(Ok(rail)) = rail.get() {
            name.set(rail.tenant_name.clone());
            browser::mark_tab(rail.need_attention > 0 || rail.credits <= 0);
            known.set_value(Some(rail));
        }
    });
    view! {
        <div class="app">
            <rail::RailView viewer=viewer.clone() name rail overlays />
            <bars::TopBar viewer name rail />
            <main class="page" id="main" tabindex="-1">
                <LostConnection />
                <notice::Notice />
                {content}
            </main>
            <bars::BottomBar rail />
            <palette::OverlayView overlays />
        </div>
    }
    .into_any()
}
