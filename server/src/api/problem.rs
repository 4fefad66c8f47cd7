//! Errors for programs: problem details after RFC 9457, with every field that is wrong.

use app::error::AppError;
use axum::response::{IntoResponse, Response};
use domain::limits::FieldError;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// Where the kinds of problems are described.
const KINDS: &str = "/api/v1/docs#problem-";
/// What problems are sent as.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Every kind of problem: its status, its name in addresses, its title, and what a program does about it.
pub const PROBLEM_KINDS: &[(StatusCode, &str, &str, &str)] = &[
    (
        StatusCode::UNAUTHORIZED,
        "no-key",
        "No usable API key",
        "Send `Authorization: Bearer` with a key that is neither revoked nor over.",
    ),
    (
        StatusCode::FORBIDDEN,
        "scope-missing",
        "The key does not allow this",
        "Use a key with the scope that `WWW-Authenticate` names.",
    ),
    (
        StatusCode::NOT_FOUND,
        "not-found",
        "Not there",
        "The id is unknown, or it belongs to another workspace.",
    ),
    (
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "Not with this method",
        "`Allow` lists the methods of this address.",
    ),
    (
        StatusCode::REQUEST_TIMEOUT,
        "too-slow",
        "The body did not arrive",
        "Send the request again.",
    ),
    (
        StatusCode::CONFLICT,
        "conflict",
        "Not possible now",
        "Read what the sentence says, look at the present state, then decide.",
    ),
    (
        StatusCode::PRECONDITION_FAILED,
        "version-changed",
        "Somebody was faster",
        "`ETag` and `current_version` hold the present version: read it, decide again, and send that one.",
    ),
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        "too-large",
        "Too large",
        "Send less at once.",
    ),
    (
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "not-json",
        "Not JSON",
        "Send the body as `application/json`.",
    ),
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        "invalid",
        "Something cannot be used",
        "`errors` names each field with a sentence.",
    ),
    (
        StatusCode::PRECONDITION_REQUIRED,
        "version-missing",
        "Which version?",
        "Send `If-Match` with the `ETag` of what you read.",
    ),
    (
        StatusCode::TOO_MANY_REQUESTS,
        "too-many",
        "A little slower, please",
        "Wait for as many seconds as `Retry-After` says.",
    ),
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "Something broke on our side",
        "Try again; if it stays, give the operator the `error_id`.",
    ),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "Not available right now",
        "Try again in a moment.",
    ),
];

/// With an answer: it is certain that the request did nothing, so that its repeat may do it.
#[derive(Debug, Clone, Copy)]
pub struct NothingDone;

/// Why a request was not done.
#[derive(Debug, Clone)]
pub struct Problem {
    details: Box<ProblemDetails>,
    challenge: Option<String>,
    retry_after: Option<u64>,
    nothing_done: bool,
}

/// The body of an answer that tells of a problem (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDetails {
    /// Names the kind of problem; it leads to its description.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status again.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What happened, as a sentence with a next step.
    pub detail: String,
    /// Everything that is wrong with what was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ProblemField>,
    /// The present version, when another one was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub current_version: Option<i64>,
    /// Finds the cause in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub error_id: Option<String>,
}

/// One field that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemField {
    /// Its place in the body, as in `matcher.keywords`, or the name of a parameter or header; empty for the whole.
    pub field: String,
    /// What is wrong, as a sentence.
    pub message: String,
}

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let known = PROBLEM_KINDS.iter().find(|kind| kind.0 == status);
        let (name, title) = known.map_or(("internal", "Something broke"), |kind| (kind.1, kind.2));
        Self {
            details: Box::new(ProblemDetails {
                kind: format!("{KINDS}{name}"),
                title: title.to_owned(),
                status: status.as_u16(),
                detail: detail.into(),
                errors: Vec::new(),
                current_version: None,
                error_id: None,
            }),
            challenge: None,
            retry_after: None,
            nothing_done: false,
        }
    }

    /// The key is missing, unknown, revoked or over. Which of them is not told.
    #[must_use]
    pub fn no_key(was_sent: bool) -> Self {
        let (detail, challenge) = match was_sent {
            true => (
                "This key is unknown, revoked or over. Make a new one in the settings.",
                "Bearer realm=\"concierge\", error=\"invalid_token\"",
            ),
            false => (
                "Send an API key: `Authorization: Bearer concierge_…`. An owner makes one in the settings.",
                "Bearer realm=\"concierge\"",
            ),
        };
        Self {
            challenge: Some(challenge.to_owned()),
            ..Self::new(StatusCode::UNAUTHORIZED, detail)
        }
    }

    /// The key's scopes do not reach so far.
    #[must_use]
    pub fn scope_missing(scope: domain::api_keys::Scope) -> Self {
        let detail = format!("This key lacks the scope {scope}. An owner can make one that has it.");
        Self {
            challenge: Some(format!(
                "Bearer realm=\"concierge\", error=\"insufficient_scope\", scope=\"{scope}\""
            )),
            ..Self::new(StatusCode::FORBIDDEN, detail)
        }
    }

    /// Not there, or another tenant's.
    #[must_use]
    pub fn not_found() -> Self {
        let detail = "There is no such thing here: the id is unknown, or it belongs to another workspace.";
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// The address takes other methods.
    #[must_use]
    pub fn method_not_allowed(allow: &str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, format!("This address takes {allow}."))
    }

    /// It cannot be done now.
    #[must_use]
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail)
    }

    /// Somebody changed it meanwhile.
    #[must_use]
    pub fn version_changed(current: i64, by: Option<&str>) -> Self {
        let who = by.unwrap_or("Somebody");
        let detail = format!(
            "{who} changed this meanwhile, and nothing was done. Read it again, then send its present version."
        );
        let mut problem = Self::new(StatusCode::PRECONDITION_FAILED, detail);
        problem.details.current_version = Some(current);
        problem
    }

    /// `If-Match` is missing.
    #[must_use]
    pub fn version_missing() -> Self {
        let detail = "Send If-Match with the ETag of what you read, so that nobody's change is lost.";
        Self::new(StatusCode::PRECONDITION_REQUIRED, detail)
    }

    /// The body is larger than the address takes.
    #[must_use]
    pub fn too_large(most: usize) -> Self {
        let megabytes = most / (1024 * 1024);
        let detail = format!("This is larger than {megabytes} MB, and nothing was done. Send less at once.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    }

    /// The body did not arrive.
    #[must_use]
    pub fn too_slow() -> Self {
        let detail = "The body did not arrive, and nothing was done. Send the request again.";
        Self::new(StatusCode::REQUEST_TIMEOUT, detail)
    }

    /// The body is no JSON.
    #[must_use]
    pub fn not_json() -> Self {
        let detail = "Send the body as JSON, with Content-Type: application/json.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
    }

    /// One field is wrong.
    #[must_use]
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::fields(vec![ProblemField {
            field: field.to_owned(),
            message: message.into(),
        }])
    }

    /// Some fields are wrong.
    #[must_use]
    pub fn fields(errors: Vec<ProblemField>) -> Self {
        let first = errors.first();
        let detail = first.map_or_else(|| "Something cannot be used.".to_owned(), |error| error.message.clone());
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
        problem.details.errors = errors;
        problem
    }

    /// Too many requests.
    #[must_use]
    pub fn too_many(seconds: u64, detail: impl Into<String>) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, detail)
        }
    }

    /// Something is away for now.
    #[must_use]
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// Only for what fails before anything is written.
    #[must_use]
    pub const fn nothing_done(mut self) -> Self {
        self.nothing_done = true;
        self
    }

    /// Puts the errors where the body has the fields.
    #[must_use]
    pub fn placed(mut self, place: impl Fn(&str) -> String) -> Self {
        for error in &mut self.details.errors {
            error.field = place(&error.field);
        }
        self
    }
}

impl From<Vec<FieldError>> for Problem {
    fn from(fields: Vec<FieldError>) -> Self {
        let errors = fields.into_iter().map(|error| ProblemField {
            field: error.field,
            message: error.message,
        });
        Self::fields(errors.collect())
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::NotSignedIn => Self::no_key(false),
            AppError::NotFound => Self::not_found(),
            AppError::Conflict { message, .. } => Self::conflict(message),
            AppError::Invalid { fields } => fields.into(),
            AppError::TooMany {
                retry_after_seconds,
                message,
            } => Self::too_many(retry_after_seconds, message),
            AppError::Unavailable { message } => Self::unavailable(message),
            AppError::NotAllowed => Self::new(StatusCode::FORBIDDEN, error.to_string()),
            AppError::Internal { error_id } => {
                let detail = "Something broke on our side. Try again; if it stays, give the operator the error_id.";
                let mut problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail);
                problem.details.error_id = Some(error_id);
                problem
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.details.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&*self.details).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        if self.nothing_done {
            response.extensions_mut().insert(NothingDone);
        }
        let headers = response.headers_mut();
        if let Some(challenge) = self.challenge.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(version) = self.details.current_version {
            headers.insert(header::ETAG, super::version::etag(version));
        }
        response
    }
}
