//! When a provider wants to be asked again.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

static DATES: DateTimeParser = DateTimeParser::new();

/// The wait that `retry-after-ms` or `Retry-After` asks for. A date counts from the answer's own `Date`, so that no
/// clock of ours has to agree.
pub(super) fn read(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let millis = headers.get("retry-after-ms").and_then(|value| value.to_str().ok());
    if let Some(millis) = millis.and_then(|text| text.trim().parse::<f64>().ok()) {
        return Duration::try_from_secs_f64(millis / 1000.0).ok();
    }
    let asked = text(RETRY_AFTER)?;
    if let Ok(seconds) = asked.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = DATES.parse_timestamp(asked).ok()?;
    let now = DATES.parse_timestamp(text(DATE)?).ok()?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
#[path = "retry_after_tests.rs"]
mod tests;
