//! Dates in the zone of the tenant.

use std::time::Duration;

use super::*;

const HOUR: Duration = Duration::from_secs(60 * 60);
/// 2026-11-22T12:00:00Z, a Sunday.
const NOON: Timestamp = Timestamp::from_millis(1_795_348_800_000);

#[test]
fn a_moment_is_told_in_the_zone_of_the_tenant() {
    let time = TenantTime::new("Asia/Kathmandu", NOON);
    let moment = time.moment(NOON);
    assert_eq!(moment.iso, "2026-11-22T17:45:00+05:45");
    assert_eq!(moment.exact, "Sunday 22 November 2026, 17:45:00 (Asia/Kathmandu)");
    assert_eq!(
        (moment.short.as_str(), moment.day.as_str()),
        ("17:45", "Today, Sunday 22 November")
    );
}

#[test]
fn the_further_away_the_more_is_said() {
    let time = TenantTime::new("UTC", NOON);
    let short = |hours: u32| time.moment(NOON - HOUR * hours).short;
    assert_eq!(short(13), "Yesterday, 23:00");
    assert_eq!(short(72), "Thu 19 Nov, 12:00");
    assert_eq!(short(24 * 365), "22 Nov 2025, 12:00");
    assert_eq!(time.moment(NOON + HOUR * 24).short, "Mon 23 Nov, 12:00");
}

#[test]
fn a_day_is_as_long_as_it_is_there() {
    let time = TenantTime::new("Europe/Amsterdam", NOON);
    let length = |date: &str| {
        let date: Date = date.parse().unwrap();
        time.end_of(date).since(time.start_of(date)).as_secs() / 3600
    };
    assert_eq!(
        (length("2026-03-29"), length("2026-10-25"), length("2026-11-22")),
        (23, 25, 24)
    );
}

#[test]
fn a_zone_that_does_not_exist_is_utc() {
    assert_eq!(TenantTime::new("Mars/Olympus", NOON).zone_name(), "UTC");
    assert!(is_time_zone("Europe/Amsterdam") && !is_time_zone("Mars/Olympus"));
}
