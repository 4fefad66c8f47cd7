//! Every form of a wait.

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
