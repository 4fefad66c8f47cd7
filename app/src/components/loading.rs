//! Loads the data of a page: once to render it, and again after each change, without a new render.

use std::future::Future;

use leptos::prelude::*;

use super::Reload;
use crate::error::AppError;
use crate::json::PageResource;
use crate::pages::error_page;

/// Waits for `resource`, then renders the page or its error.
#[component]
pub fn Loaded<T>(
    resource: PageResource<Result<T, AppError>>,
    skeleton: fn() -> AnyView,
    render: fn(T) -> AnyView,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <Suspense fallback=skeleton>
            {move || Suspend::new(async move { render_or_error(resource.await, render) })}
        </Suspense>
    }
    .into_any()
}

/// The page, or the error page.
pub fn render_or_error<T>(answer: Result<T, AppError>, render: fn(T) -> AnyView) -> AnyView {
    match answer {
        Ok(page) => render(page),
        Err(error) => error_page(error),
    }
}

/// A signal that starts with `first` and is fetched again after every change; open editors stay open. An answer that is older than
/// another one, or than a change of this page, is dropped.
pub fn live_query<T, F>(first: T, fetch: impl Fn() -> F + 'static) -> RwSignal<T>
where
    T: Send + Sync + PartialEq + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    let data = RwSignal::new(first);
    let reload = Reload::expect();
    let newest = StoredValue::new(0);
    Effect::new(move |before: Option<u32>| {
        let count = reload.count();
        if before.is_some_and(|before| before != count) {
            newest.set_value(count);
            let read_at = reload.reading();
            let answer = fetch();
            leptos::task::spawn_local(async move {
                // After a failure the page keeps its data until the next change.
                if let Ok(page) = answer.await
                    && newest.try_get_value() == Some(count)
                    && reload.may_show(read_at)
                    && data.try_with_untracked(|shown| *shown != page) == Some(true)
                {
                    data.set(page);
                }
            });
        }
        count
    });
    data
}
