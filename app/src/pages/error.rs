//! Pages that say why there is no page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{EmptyState, load_again_once_connected};
use crate::error::AppError;

/// Says why a page could not be drawn, with the right HTTP status. Somebody who is not signed in is sent to the sign-in.
pub fn error_page(error: AppError) -> AnyView {
    if error == AppError::NotSignedIn {
        to_sign_in();
    } else {
        set_status(error.status());
    }
    if matches!(error, AppError::Unavailable { .. } | AppError::Internal { .. }) {
        load_again_once_connected();
    }
    let title = match &error {
        AppError::NotFound => "There is nothing here",
        AppError::NotSignedIn => "Sign in to go on",
        AppError::NotAllowed => "Not for this sign-in",
        _ => "This page could not be loaded",
    };
    let text = match &error {
        AppError::NotFound => {
            "The address may be old, or the thing was deleted. Your rules and replies are not affected.".to_owned()
        }
        AppError::Internal { .. } => format!("Replies are worked on apart from pages. {error}"),
        AppError::Unavailable { .. } => {
            format!("{error} Whether customers are answered meanwhile cannot be seen from here.")
        }
        other => other.to_string(),
    };
    // What is not there, or not allowed, is so the next time too.
    let may_help = !matches!(error, AppError::NotFound | AppError::NotAllowed);
    view! {
        <Title text=title />
        <h1 class="visually-hidden">{title}</h1>
        <EmptyState title text>
            <div class="cluster">
                {may_help.then(|| view! { <a class="btn" href="" rel="external">"Try again"</a> })}
                <a class=if may_help { "btn btn--quiet" } else { "btn" } href="/admin">"To the overview"</a>
            </div>
        </EmptyState>
    }
    .into_any()
}

#[cfg(feature = "ssr")]
pub(super) fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}

#[cfg(not(feature = "ssr"))]
pub(super) fn set_status(_: u16) {}

#[cfg(feature = "ssr")]
pub(super) fn to_sign_in() {
    if let Some(address) = crate::context::sign_in_address() {
        leptos_axum::redirect(&address);
    }
}

#[cfg(not(feature = "ssr"))]
pub(super) fn to_sign_in() {
    crate::browser::sign_in_again(false);
}
