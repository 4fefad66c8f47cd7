//! Fetching what a page shows: once to draw it, again whenever something changed, without drawing it anew.

use std::future::Future;

use leptos::prelude::*;

use super::Reload;
use crate::error::AppError;
use crate::pages::error_page;

/// Waits for `resource`, then draws the page, or says why not.
#[component]
pub fn Loaded<T>(
    resource: Resource<Result<T, AppError>>,
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

/// The page, or the page that says why not.
pub fn render_or_error<T>(answer: Result<T, AppError>, render: fn(T) -> AnyView) -> AnyView {
    match answer {
        Ok(page) => render(page),
        Err(error) => error_page(error),
    }
}

/// A signal that starts with `first` and is fetched again after every change. Open editors beside it stay open. An answer that is
/// older than another one, or than a change of this page, is not shown.
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
                // A page that cannot be fetched again stays as it is; the next change tries once more.
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
