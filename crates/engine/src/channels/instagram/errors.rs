//! Meta's errors by `(code, subcode)`; never by type or text, which are on nearly every error alike and localised.
//!
//! Source: Meta, "Error Codes" of the Messenger Platform (2026-06-25), "Handle Errors" and "Rate Limits" of the Graph API;
//! docs/meta-errors.md holds the table with one test per row.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::channels::refusal::{Refusal, RefusalClass};

/// The fields of Meta's error envelope that decide.
#[derive(Default)]
pub(super) struct GraphError {
    pub(super) code: i64,
    pub(super) subcode: i64,
    pub(super) is_transient: bool,
    pub(super) trace: Option<String>,
}

impl GraphError {
    pub(super) fn read(error: &Value) -> Self {
        let number = |name: &str| error.get(name).and_then(Value::as_i64);
        Self {
            code: number("code").unwrap_or_default(),
            // `debug_token` writes `subcode`, every other edge `error_subcode`.
            subcode: number("error_subcode")
                .or_else(|| number("subcode"))
                .unwrap_or_default(),
            is_transient: error.get("is_transient").and_then(Value::as_bool).unwrap_or_default(),
            trace: error.get("fbtrace_id").and_then(Value::as_str).map(str::to_owned),
        }
    }
}

/// What an error of `edge` means. `edge` is `send` for messages; on other edges an unknown object is not a customer.
#[must_use]
pub fn classify(
    edge: &str,
    http_status: u16,
    code: i64,
    subcode: i64,
    is_transient: bool,
    pause: Option<Duration>,
) -> Refusal {
    let limited = |app_wide| RefusalClass::RateLimited { pause, app_wide };
    let class = match (code, subcode) {
        (1, 1_357_046) => RefusalClass::PresumedSent,
        // Done, although it reads like a refusal.
        (20, 1_772_107) if edge == "send" => RefusalClass::PresumedSent,
        (1 | 2, _) => RefusalClass::Transient,
        (4, _) => limited(true),
        (9, 2_018_352) | (17 | 32 | 341, _) => limited(false),
        (613, 2_018_338) => RefusalClass::PolicyBlock,
        (613, 1_893_016) => RefusalClass::BadRequest,
        (613 | 80_001 | 80_002 | 80_006 | 2_018_144, _) => limited(false),
        (10, 2_534_022 | 2_018_278 | 2_018_065) => RefusalClass::OutsideWindow,
        (10, 2_018_108) => RefusalClass::RecipientUnavailable,
        (10, 1_893_063) | (100, 2_534_029) | (368 | 2022, _) => RefusalClass::PolicyBlock,
        (10, 1_404_170 | 1_893_015 | 2_018_336) => RefusalClass::BadRequest,
        (100, 2_534_037 | 2_018_300 | 2_018_321 | 2_018_171) | (2_018_300 | 2_018_321 | 2_018_171, _) => {
            RefusalClass::NotThreadOwner
        }
        (100, 33) if edge == "send" => RefusalClass::PageOrRecipientMissing,
        (100, 33 | 2_534_013) | (3 | 10 | 36_103, _) => RefusalClass::PermissionMissing,
        (100, 2_018_001 | 2_534_014) | (200, 1_545_041) | (551 | 2_534_001 | 9_000_001, _) => {
            RefusalClass::RecipientUnavailable
        }
        (9010, _) => RefusalClass::RecipientUnavailable,
        // No such app, a method or a version that is no more.
        (101 | 12 | 2635, _) => RefusalClass::Deployment,
        (102 | 190 | 2500, _) => RefusalClass::TokenDead,
        (200..=299, _) => RefusalClass::PermissionMissing,
        (20 | 100 | 506, _) => RefusalClass::BadRequest,
        _ => unknown(http_status, is_transient, pause),
    };
    Refusal { class, code, subcode }
}

/// No code that we know: the status tells. What stands in front of Meta throttles and times out without Meta's words.
fn unknown(http_status: u16, is_transient: bool, pause: Option<Duration>) -> RefusalClass {
    match http_status {
        429 => RefusalClass::RateLimited { pause, app_wide: false },
        408 | 425 => RefusalClass::Transient,
        400..=499 if !is_transient => RefusalClass::BadRequest,
        _ => RefusalClass::Transient,
    }
}

/// The longest `estimated_time_to_regain_access` (minutes) of `X-Business-Use-Case-Usage`.
pub(super) fn pause_from(headers: &HeaderMap) -> Option<Duration> {
    let usage = headers.get("x-business-use-case-usage")?.to_str().ok()?;
    let usage: Value = serde_json::from_str(usage).ok()?;
    let minutes = usage
        .as_object()?
        .values()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|case| case.get("estimated_time_to_regain_access")?.as_u64())
        .max()?;
    (minutes > 0).then(|| Duration::from_secs(minutes.min(24 * 60) * 60))
}
