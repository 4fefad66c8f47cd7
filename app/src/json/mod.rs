//! Reads JSON in two steps: the text becomes a [`Node`] by one piece of code, and the node becomes the value. Reading the text into each
//! shape directly would compile a parser into every one of them, twice the WebAssembly for the same answers.

mod deserializer;
mod node;
mod resource;

#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;

use deserializer::FromNode;
use node::Node;
pub use resource::{PageResource, page_resource, shared_value};

/// The text is no JSON, or not of this shape. What exactly is wrong is told to nobody, so no words for it are compiled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this JSON cannot be read")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// The value that `text` says.
///
/// # Errors
/// [`Unreadable`].
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(FromNode(Node::parse(text)?))
}
