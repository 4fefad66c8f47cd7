//! The sandbox's own clock, so that a test can close the 24 hour window without waiting for it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Real time plus an offset, or standing still.
#[derive(Clone, Copy, Debug, Default)]
pub struct SandboxClock {
    offset_ms: i64,
    frozen_at_ms: Option<i64>,
}

impl SandboxClock {
    /// Unix time in milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.frozen_at_ms
            .unwrap_or_else(|| system_ms().saturating_add(self.offset_ms))
    }

    /// Moves the clock forward, also while it stands still.
    pub fn advance(&mut self, ms: i64) {
        match &mut self.frozen_at_ms {
            Some(at) => *at = at.saturating_add(ms),
            None => self.offset_ms = self.offset_ms.saturating_add(ms),
        }
    }

    /// Stands still at the given instant until [`SandboxClock::advance`] moves it.
    pub fn freeze(&mut self, at_ms: i64) {
        self.frozen_at_ms = Some(at_ms);
    }

    /// Back to real time.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

/// Unix time of the machine in milliseconds.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place of the sandbox that reads the system's clock"
)]
pub fn system_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// `2026-11-22T14:26:03+0000`, the form the Conversations API uses (whole seconds).
pub fn graph_time(ms: i64) -> String {
    let seconds = ms.div_euclid(1000);
    let (days, in_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (in_day / 3600, in_day / 60 % 60, in_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+0000")
}

/// `Sun, 22 Nov 2026 14:26:03 GMT`, the form of an HTTP header (whole seconds).
pub fn http_date(ms: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let seconds = ms.div_euclid(1000);
    let (days, in_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (in_day / 3600, in_day / 60 % 60, in_day % 60);
    let index = |number: i64| usize::try_from(number).unwrap_or_default();
    let (weekday, month) = (DAYS[index(days.rem_euclid(7))], MONTHS[index(month - 1)]);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// Days since 1970-01-01 to year, month, day (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}
