//! How long credits last.

use super::*;

fn days(sent: &[u32]) -> Vec<DayUse> {
    let day = |canned: &u32| DayUse {
        date: String::new(),
        label: String::new(),
        canned: *canned,
        ai: 0,
        not_answered: 0,
    };
    sent.iter().map(day).collect()
}

fn noon() -> TenantTime {
    // 2026-11-22T12:00:00Z
    TenantTime::new("UTC", Timestamp::from_millis(1_795_348_800_000))
}

#[test]
fn credits_last_as_long_as_the_pace_of_the_last_week_says() {
    let forecast = forecast(312, &days(&[99, 30, 33, 36, 30, 33, 36, 33, 15]), &noon()).unwrap();
    assert_eq!(
        (forecast.per_day, forecast.days, forecast.stops.as_str()),
        (33, 9, "1 Dec")
    );
}

#[test]
fn a_new_tenant_is_not_averaged_over_days_before_it_began() {
    let forecast = forecast(100, &days(&[0, 0, 0, 0, 0, 0, 10, 10, 3]), &noon()).unwrap();
    assert_eq!(forecast.per_day, 10);
}

#[test]
fn without_replies_there_is_no_forecast_and_without_credits_it_ends_today() {
    assert_eq!(forecast(100, &days(&[0, 0, 0]), &noon()), None);
    assert_eq!(forecast(0, &days(&[0, 5, 0]), &noon()).unwrap().stops, "Today");
}
