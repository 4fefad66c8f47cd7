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

fn lasts(balance: i64, sent: &[u32]) -> (u32, u32, String) {
    match outlook_of(balance, &days(sent), true, &noon()) {
        Outlook::Lasts(forecast) => (forecast.per_day, forecast.days, forecast.stops),
        other => panic!("{other:?}"),
    }
}

#[test]
fn credits_last_as_long_as_the_pace_of_the_last_week_says() {
    let sent = [99, 30, 33, 36, 30, 33, 36, 33, 15];
    assert_eq!(lasts(312, &sent), (33, 9, "1 Dec".into()));
    assert_eq!(lasts(0, &sent).2, "Today");
    assert_eq!(lasts(100, &[0, 0, 0, 0, 0, 0, 10, 0]).0, 2, "quiet days count");
}

#[test]
fn nothing_is_foretold_from_less_than_a_week_of_use_or_from_none() {
    let of = |sent: &[u32], in_use| outlook_of(100, &days(sent), in_use, &noon());
    assert_eq!(of(&[0, 0, 0, 0, 0, 0, 10, 3], false), Outlook::TooEarly);
    assert_eq!(of(&[0, 0, 0, 0, 0, 0, 0, 0], true), Outlook::Unused);
    assert_eq!(
        of(&[0, 0, 0, 0, 0, 0, 0, 7], true),
        Outlook::Unused,
        "today is not over"
    );
}
