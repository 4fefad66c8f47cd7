//! What the server hands to the browser inside of the page, read by [`super::read`].

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Unreadable, read};

/// The encoding of resources and shared values.
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Unreadable> {
        read(text)
    }
}

/// What a page loads.
pub type PageResource<T> = Resource<T, Json>;

/// Loads what `source` names, on the server first.
pub fn page_resource<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> PageResource<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(source, fetch, false)
}

/// What the server knows, and the browser while it hydrates.
pub fn shared_value<T: Serialize + DeserializeOwned>(on_server: impl FnOnce() -> T) -> T {
    SharedValue::<T, Json>::new_with_encoding(on_server).into_inner()
}
