//! What programs send: ids of the path, parameters of the query, JSON bodies. What is not known is refused with its name, and nothing that
//! was sent is repeated but the names of fields.

use std::collections::BTreeMap;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{self, FromRequest, FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderMap, header};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use utoipa::ToSchema;

use super::bounds;
use super::problem::{Problem, ProblemField};

/// Reads an id of the path; what is none leads nowhere.
pub fn id<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The ids of the path; what is no text leads nowhere.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ids = extract::Path::<T>::from_request_parts(parts, state).await;
        ids.map(|extract::Path(ids)| Self(ids))
            .map_err(|_| Problem::not_found())
    }
}

/// A body of JSON.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + ToSchema> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::too_slow())?;
        if !is_json {
            return Err(Problem::not_json());
        }
        let body = read(&bytes)?;
        let known = known(&body)?;
        match bounds::outside(&T::name(), &body) {
            none if none.is_empty() => Ok(Self(known)),
            fields => Err(Problem::fields(fields)),
        }
    }
}

/// The same as text, for what the engine reads itself: only its form is looked at here.
#[derive(Debug)]
pub struct JsonText(pub String);

impl<S: Send + Sync> FromRequest<S> for JsonText {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::too_slow())?;
        if !is_json {
            return Err(Problem::not_json());
        }
        serde_json::from_slice::<IgnoredAny>(&bytes).map_err(|_| not_readable())?;
        String::from_utf8(bytes.into()).map(Self).map_err(|_| not_readable())
    }
}

/// An address that takes no body: an empty one, or an empty object.
#[derive(Debug)]
pub struct NoBody;

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::too_slow())?;
        if bytes.is_empty() {
            return Ok(Self);
        }
        if !is_json {
            return Err(Problem::not_json());
        }
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Empty {}
        known(&read(&bytes)?).map(|Empty {}| Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

fn read(bytes: &[u8]) -> Result<Value, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| not_readable())?;
    if let Some(place) = nul(&value, String::new()) {
        let sentence = "This holds a character that no text has, a NUL. Take it out.";
        return Err(Problem::invalid(&place, sentence));
    }
    Ok(value)
}

fn known<T: DeserializeOwned>(value: &Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        wrong(if path == "." { "" } else { &path }, &error.into_inner().to_string())
    })
}

fn not_readable() -> Problem {
    Problem::invalid("", "The body is no JSON that can be read.")
}

/// Where a text holds a NUL, which PostgreSQL cannot store.
fn nul(value: &Value, place: String) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then_some(place),
        Value::Array(all) => all
            .iter()
            .enumerate()
            .find_map(|(index, one)| nul(one, format!("{place}[{index}]"))),
        Value::Object(all) => all.iter().find_map(|(name, one)| {
            let dot = if place.is_empty() { "" } else { "." };
            nul(one, format!("{place}{dot}{name}"))
        }),
        _ => None,
    }
}

/// Parsers quote the name of a field in backticks, and what was sent in other ways, which are left out.
fn wrong(path: &str, told: &str) -> Problem {
    let named = told.split('`').nth(1).unwrap_or_default();
    let whole = path.split('.').next_back().is_some_and(|last| last == named);
    let dot = if path.is_empty() { "" } else { "." };
    let field = if whole {
        path.to_owned()
    } else {
        format!("{path}{dot}{named}")
    };
    if told.starts_with("unknown field") {
        return Problem::invalid(&field, "There is no such field. Take it out, or look at its spelling.");
    }
    if told.starts_with("missing field") {
        return Problem::invalid(&field, "This is missing.");
    }
    if told.starts_with("unknown variant") {
        let known: Vec<&str> = told.split('`').skip(3).step_by(2).collect();
        return Problem::invalid(path, format!("Use one of: {}.", known.join(", ")));
    }
    Problem::invalid(path, "This is not of the right kind.")
}

/// The parameters of the query. A handler takes what it knows, then calls [`Params::finish`].
#[derive(Debug, Default)]
pub struct Params {
    given: BTreeMap<String, String>,
    errors: Vec<ProblemField>,
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let mut params = Self::default();
        let query = parts.uri.query().unwrap_or_default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if value.contains('\0') {
                params.wrong(&name, "This holds a character that no text has, a NUL. Take it out.");
            }
            if params.given.insert(name.to_string(), value.into_owned()).is_some() {
                params.wrong(&name, "This is there twice.");
            }
        }
        Ok(params)
    }
}

impl Params {
    /// The parameter, read.
    pub fn take<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let value = self.given.remove(name)?;
        let read = value.parse().ok();
        if read.is_none() {
            self.wrong(name, expected);
        }
        read
    }

    /// A day. Pages leave the field empty for none; a program leaves the parameter out. Which days there are is the engine's to say.
    pub fn day(&mut self, name: &str) -> Option<String> {
        let day = self.given.remove(name)?;
        if day.trim().is_empty() {
            self.wrong(name, "Use a day such as 2026-11-28, or leave it out.");
        }
        Some(day)
    }

    /// A cursor of a page before.
    pub fn cursor(&mut self) -> domain::views::Cursor {
        use domain::views::Cursor;
        match self.given.remove("cursor") {
            None => Cursor::Newest,
            Some(text) => {
                if !engine::messages::is_cursor(&text) {
                    self.wrong("cursor", "Use a cursor as an answer gave it, in `next`.");
                }
                Cursor::Older(text)
            }
        }
    }

    /// Refuses what is wrong and what nobody took.
    ///
    /// # Errors
    /// With the name of each such parameter.
    pub fn finish(mut self) -> Result<(), Problem> {
        for name in std::mem::take(&mut self.given).into_keys() {
            self.wrong(
                &name,
                "There is no such parameter. Take it out, or look at its spelling.",
            );
        }
        match self.errors.is_empty() {
            true => Ok(()),
            false => Err(Problem::fields(self.errors)),
        }
    }

    fn wrong(&mut self, name: &str, sentence: &str) {
        self.errors.push(ProblemField {
            field: name.to_owned(),
            message: sentence.to_owned(),
        });
    }
}
