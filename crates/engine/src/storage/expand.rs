//! Statements with a list whose length is known when they run: `{list}` and `VALUES {rows:uuid text}`.
//!
//! The placeholders of a list follow the highest `$n` that the text names, so single values come first. The types of a row are
//! PostgreSQL's; how rows are bound depends on the database ([`super::rows`]).

use sea_orm::Value;

/// A text and its values, ready for [`super::sql`].
pub type Expanded = (String, Vec<Value>);

/// Replaces `{list}`, as in `id IN ({list})`; `first` are the values of `$1, $2, …`.
///
/// The last value is repeated up to a power of two: few distinct texts, so that prepared statements are reused however long lists
/// are. An empty list makes a text that no database takes: ask before.
#[must_use]
pub fn with_list<V: Into<Value>>(
    text: &str,
    first: impl IntoIterator<Item = Value>,
    list: impl IntoIterator<Item = V>,
) -> Expanded {
    let mut list: Vec<Value> = list.into_iter().map(Into::into).collect();
    if let Some(last) = list.last().cloned() {
        list.resize(list.len().next_power_of_two(), last);
    }
    let text = text_of_list(text, list.len());
    (text, first.into_iter().chain(list).collect())
}

/// The values of `VALUES {rows:uuid text}`, one tuple for each of `rows`; `first` are the values of `$1, $2, …`.
#[must_use]
pub fn with_rows(
    text: &str,
    first: impl IntoIterator<Item = Value>,
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Expanded {
    let values = first.into_iter().chain(rows.into_iter().flatten());
    (text.to_owned(), values.collect())
}

pub(super) fn text_of_list(text: &str, count: usize) -> String {
    text.replace("{list}", &placeholders(highest(text) + 1, count))
}

/// `$first, $first+1, …`
pub(super) fn placeholders(first: usize, count: usize) -> String {
    let names: Vec<String> = (first..first + count).map(|number| format!("${number}")).collect();
    names.join(", ")
}

/// The highest `$n` of a text, 0 without one.
pub(super) fn highest(text: &str) -> usize {
    let number = |piece: &str| {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        piece[..digits].parse().unwrap_or(0)
    };
    text.split('$').skip(1).map(number).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_follow_single_values_and_grow_by_powers_of_two() {
        let (text, values) = with_list("x = $1 AND id IN ({list}) OR y IN ({list})", ["x".into()], [1i64, 2, 3]);
        assert_eq!(text, "x = $1 AND id IN ($2, $3, $4, $5) OR y IN ($2, $3, $4, $5)");
        assert_eq!(values, ["x".into(), 1i64.into(), 2i64.into(), 3i64.into(), 3i64.into()]);
    }

    #[test]
    fn two_digits_are_one_number() {
        assert_eq!(highest("$2, $11, $9"), 11);
        assert_eq!(highest("costs 5 $"), 0);
    }
}
