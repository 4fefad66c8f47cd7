//! Whom people ask for credits, a new password or help: named by the configuration, and handed to the browser with the page.

use leptos::prelude::*;

/// The words of the configuration, if it has any.
#[derive(Clone, Copy)]
pub struct Operator(StoredValue<Option<String>>);

impl Operator {
    /// Makes them available to the whole page.
    pub fn provide() {
        let contact = crate::json::shared_value(from_request);
        provide_context(Self(StoredValue::new(contact)));
    }
}

/// `Your operator: help@agency.example`; nothing where nobody is named.
#[component]
pub fn OperatorLine() -> impl IntoView {
    let contact = use_context::<Operator>().and_then(|operator| operator.0.get_value());
    contact.map(|contact| {
        view! {
            <p class="muted small">
                "Your operator: " <span dir="auto">{contact}</span>
            </p>
        }
        .into_any()
    })
}

#[cfg(feature = "ssr")]
fn from_request() -> Option<String> {
    use_context::<crate::context::OperatorContact>().map(|contact| contact.0.to_string())
}

#[cfg(not(feature = "ssr"))]
fn from_request() -> Option<String> {
    None
}
