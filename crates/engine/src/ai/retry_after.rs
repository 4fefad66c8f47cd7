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
mod tests {
    use super::{Duration, HeaderMap, read};

    fn wait(headers: &[(&'static str, &str)]) -> Option<Duration> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        read(&headers)
    }

    #[test]
    fn seconds_milliseconds_and_dates() {
        let date = ("date", "Fri, 27 Nov 2026 13:00:00 GMT");
        assert_eq!(wait(&[("retry-after", "20")]), Some(Duration::from_secs(20)));
        assert_eq!(wait(&[("retry-after", "0.5")]), Some(Duration::from_millis(500)));
        assert_eq!(
            wait(&[("retry-after-ms", "1500"), ("retry-after", "2")]),
            Some(Duration::from_millis(1500))
        );
        let later = ("retry-after", "Fri, 27 Nov 2026 13:01:30 GMT");
        assert_eq!(wait(&[date, later]), Some(Duration::from_secs(90)));
        let earlier = ("retry-after", "Fri, 27 Nov 2026 12:59:00 GMT");
        assert_eq!(wait(&[date, earlier]), Some(Duration::ZERO));
    }

    #[test]
    fn what_is_neither_asks_for_nothing() {
        for odd in ["soon", "-3", "inf", "NaN", ""] {
            assert_eq!(wait(&[("retry-after", odd)]), None, "{odd}");
        }
        assert_eq!(
            wait(&[("retry-after", "Fri, 27 Nov 2026 13:01:30 GMT")]),
            None,
            "no Date"
        );
        assert_eq!(wait(&[]), None);
    }
}
