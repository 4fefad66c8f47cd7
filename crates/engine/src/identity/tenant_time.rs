//! Instants in words, in the tenant's time zone: the only place that turns milliseconds into dates.

use domain::ids::TenantId;
use domain::time::Timestamp;
use domain::views::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::store;
use crate::storage::{Connection, StorageError};

/// A time zone and the present moment in it.
#[derive(Debug, Clone)]
pub struct TenantTime {
    zone: TimeZone,
    name: String,
    now: Timestamp,
}

impl TenantTime {
    /// In the zone `name` (IANA); UTC when there is no such zone.
    #[must_use]
    pub fn new(name: &str, now: Timestamp) -> Self {
        match TimeZone::get(name) {
            Ok(zone) => Self {
                zone,
                name: name.to_owned(),
                now,
            },
            Err(_) => Self {
                zone: TimeZone::UTC,
                name: "UTC".to_owned(),
                now,
            },
        }
    }

    /// In the tenant's zone.
    pub async fn of<C: Connection>(connection: &C, tenant: TenantId, now: Timestamp) -> Result<Self, StorageError> {
        let zone = store::time_zone(connection, tenant).await?;
        Ok(Self::new(zone.as_deref().unwrap_or("UTC"), now))
    }

    /// The zone's name.
    #[must_use]
    pub fn zone_name(&self) -> &str {
        &self.name
    }

    /// The present moment.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// `at` with its words.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> Moment {
        let zoned = self.zoned(at);
        Moment {
            at,
            iso: zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            exact: format!("{} ({})", zoned.strftime("%A %-d %B %Y, %H:%M:%S"), self.name),
            short: self.short(&zoned),
            clock: zoned.strftime("%H:%M").to_string(),
            day: self.day_heading(zoned.date()),
        }
    }

    /// Today's date there.
    #[must_use]
    pub fn today(&self) -> Date {
        self.zoned(self.now).date()
    }

    /// The date of `at` there.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        self.zoned(at).date()
    }

    /// The first moment of `date` there.
    #[must_use]
    pub fn start_of(&self, date: Date) -> Timestamp {
        let start = date
            .to_zoned(self.zone.clone())
            .map(|zoned| zoned.timestamp().as_millisecond());
        Timestamp::from_millis(start.unwrap_or(0))
    }

    /// The first moment after `date` there.
    #[must_use]
    pub fn end_of(&self, date: Date) -> Timestamp {
        self.start_of(date.saturating_add(1.day()))
    }

    /// `Today`, `Tomorrow`, `2 Jan`, or `2 Jan 2027` in another year.
    #[must_use]
    pub fn date_in_words(&self, date: Date) -> String {
        let today = self.today();
        if date == today {
            "Today".into()
        } else if date == today.saturating_add(1.day()) {
            "Tomorrow".into()
        } else if date.year() == today.year() {
            date.strftime("%-d %b").to_string()
        } else {
            date.strftime("%-d %b %Y").to_string()
        }
    }

    fn short(&self, zoned: &Zoned) -> String {
        let (date, today) = (zoned.date(), self.today());
        if date == today {
            zoned.strftime("%H:%M").to_string()
        } else if date == today.saturating_sub(1.day()) {
            zoned.strftime("Yesterday, %H:%M").to_string()
        } else if date.year() == today.year() {
            zoned.strftime("%a %-d %b, %H:%M").to_string()
        } else {
            zoned.strftime("%-d %b %Y, %H:%M").to_string()
        }
    }

    fn day_heading(&self, date: Date) -> String {
        let today = self.today();
        let pattern = if date == today {
            "Today, %A %-d %B"
        } else if date == today.saturating_sub(1.day()) {
            "Yesterday, %A %-d %B"
        } else if date.year() == today.year() {
            "%A %-d %B"
        } else {
            "%A %-d %B %Y"
        };
        date.strftime(pattern).to_string()
    }

    fn zoned(&self, at: Timestamp) -> Zoned {
        let timestamp = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        timestamp.to_zoned(self.zone.clone())
    }
}

/// Whether there is a time zone of this name.
pub(super) fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// Those with a place in their name, and UTC, in order. The others are links that the database keeps for old programs (`W-SU`), or no
/// place at all (`Factory`): <https://data.iana.org/time-zones/theory.html#naming>.
pub(super) fn time_zone_names() -> Vec<String> {
    let names = jiff::tz::db().available().map(|name| name.to_string());
    let mut names: Vec<String> = names.filter(|name| names_a_place(name)).collect();
    names.sort_unstable();
    names
}

fn names_a_place(zone: &str) -> bool {
    const PLACES: [&str; 10] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    let area = zone.split_once('/').map(|(area, _)| area);
    zone == "UTC" || area.is_some_and(|area| PLACES.contains(&area))
}

#[cfg(test)]
mod tests;
