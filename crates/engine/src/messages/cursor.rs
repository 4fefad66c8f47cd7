//! The place of a row in a list that is ordered by `(created_at desc, id desc)`.

use domain::time::Timestamp;
use domain::views::Cursor;
use uuid::Uuid;

/// A row's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) created_at: Timestamp,
    pub(crate) id: Uuid,
}

/// Which way to read from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seek {
    Newest,
    OlderThan(Key),
    NewerThan(Key),
}

impl Key {
    /// For the address of a page.
    pub(crate) fn to_text(self) -> String {
        format!("{}.{}", self.created_at.as_millis(), self.id.simple())
    }

    fn parse(text: &str) -> Option<Self> {
        let (created_at, id) = text.split_once('.')?;
        Some(Self {
            created_at: Timestamp::from_millis(created_at.parse().ok()?),
            id: Uuid::try_parse(id).ok()?,
        })
    }
}

/// Whether `text` is a place of a list: pages go to the newest rows instead, programs are told.
#[must_use]
pub fn is_cursor(text: &str) -> bool {
    Key::parse(text).is_some()
}

impl Seek {
    /// A cursor that somebody cut short leads to the newest rows.
    pub(crate) fn from_cursor(cursor: &Cursor) -> Self {
        let (Cursor::Older(text) | Cursor::Newer(text)) = cursor else {
            return Self::Newest;
        };
        match (cursor, Key::parse(text)) {
            (Cursor::Older(_), Some(key)) => Self::OlderThan(key),
            (Cursor::Newer(_), Some(key)) => Self::NewerThan(key),
            _ => Self::Newest,
        }
    }

    /// The comparison for `WHERE`, with a question mark for each part of the key, and the order to read in.
    pub(super) fn sql(self, table: &str) -> (Option<(String, Key)>, String) {
        let (comparison, order) = match self {
            Self::Newest => (None, "DESC"),
            Self::OlderThan(key) => (Some(("<", key)), "DESC"),
            Self::NewerThan(key) => (Some((">", key)), "ASC"),
        };
        let condition = |(sign, key)| (format!("({table}.created_at, {table}.id) {sign} (?, ?)"), key);
        let order = format!("{table}.created_at {order}, {table}.id {order}");
        (comparison.map(condition), order)
    }
}

/// A page of rows, newest first, with the cursors around it.
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) newer: Option<String>,
    pub(crate) older: Option<String>,
}

/// Cuts what was read (one row more than `size`, in reading order) to a page.
pub(crate) fn cut<T>(mut rows: Vec<T>, size: usize, seek: Seek, key: impl Fn(&T) -> Key) -> Page<T> {
    let more = rows.len() > size;
    rows.truncate(size);
    let backwards = matches!(seek, Seek::NewerThan(_));
    if backwards {
        rows.reverse();
    }
    let (has_newer, has_older) = match seek {
        Seek::Newest => (false, more),
        Seek::OlderThan(_) => (true, more),
        Seek::NewerThan(_) => (more, true),
    };
    let newer = rows.first().filter(|_| has_newer).map(|row| key(row).to_text());
    let older = rows.last().filter(|_| has_older).map(|row| key(row).to_text());
    Page { rows, newer, older }
}

#[cfg(test)]
mod tests;
