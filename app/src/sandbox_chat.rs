//! The chat page of the sandbox: known to the server of a demo, and handed to the browser with the page. A real deployment has none.

use leptos::prelude::*;

/// Where one writes to an account as a customer, if there is a sandbox.
#[derive(Clone, Copy)]
pub struct SandboxChat(StoredValue<Option<String>>);

impl SandboxChat {
    /// Makes it available to the whole page.
    pub fn provide() -> Self {
        let address = crate::json::shared_value(from_request);
        let chat = Self(StoredValue::new(address));
        provide_context(chat);
        chat
    }
}

/// The address of the chat, opened on `username` where one is meant.
#[must_use]
pub fn chat_address(username: Option<&str>) -> Option<String> {
    let origin = use_context::<SandboxChat>()?.0.get_value()?;
    Some(match username {
        // A user name has letters, digits, dots and underscores only.
        Some(username) => format!("{origin}/?to={username}"),
        None => origin,
    })
}

/// The address of the chat between the customer `customer` and the account `username`, if there is a sandbox.
#[must_use]
pub fn customer_chat(username: &str, customer: &str) -> Option<String> {
    chat_address(Some(username)).map(|address| format!("{address}&as={customer}"))
}

#[cfg(feature = "ssr")]
fn from_request() -> Option<String> {
    use_context::<crate::context::SandboxAddress>().map(|address| address.0.to_string())
}

#[cfg(not(feature = "ssr"))]
fn from_request() -> Option<String> {
    None
}
