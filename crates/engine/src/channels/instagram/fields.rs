//! The fields of a JSON object, each read alone: one that is not what Meta documents is as if it were not there, and costs nothing
//! else. A value that nobody asks for is never read, however deep or large it is.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::payload::millis;

/// The fields of one object; of a repeated name the last.
#[derive(Default)]
pub(super) struct Fields<'a>(HashMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    /// `None` when the text is no object.
    pub(super) fn read(json: &'a str) -> Option<Self> {
        serde_json::from_str(json).ok().map(Self)
    }

    /// The value as it is written; none for `null`.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        let raw = self.0.get(name)?.get();
        (raw != "null").then_some(raw)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    pub(super) fn object(&self, name: &str) -> Option<Self> {
        self.raw(name).and_then(Self::read)
    }

    /// The elements of a list as they are written.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&'a str>> {
        let elements: Vec<&'a RawValue> = serde_json::from_str(self.raw(name)?).ok()?;
        Some(elements.into_iter().map(RawValue::get).collect())
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.raw(name)?).ok()
    }

    /// Ids are opaque; the documentation shows them as texts and as numbers, which are taken as they are written.
    pub(super) fn id(&self, name: &str) -> Option<String> {
        let raw = self.raw(name)?;
        match raw.bytes().all(|byte| byte.is_ascii_digit()) {
            true => Some(raw.to_owned()),
            false => serde_json::from_str(raw).ok(),
        }
    }

    /// A truth value, which Meta's page of samples also shows as text.
    pub(super) fn flag(&self, name: &str) -> bool {
        match self.value(name) {
            Some(Value::Bool(flag)) => flag,
            Some(Value::String(text)) => text == "1" || text.eq_ignore_ascii_case("true"),
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    pub(super) fn millis(&self, name: &str) -> Option<i64> {
        millis(&self.value(name)?)
    }

    fn value(&self, name: &str) -> Option<Value> {
        serde_json::from_str(self.raw(name)?).ok()
    }
}
