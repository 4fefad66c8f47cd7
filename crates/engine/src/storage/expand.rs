//! Statements with values whose number is known when they run: `IN ({list})` and `VALUES {rows:uuid text}`.
//!
//! Single values come first: those of the `$n` that the text names. The types of a row are PostgreSQL's; how lists and rows are bound
//! depends on the database ([`super::rows`]).

use sea_orm::Value;

/// A text and its values, ready for [`super::sql`].
pub type Expanded = (String, Vec<Value>);

/// The values of `IN ({list})`; `first` are the values of `$1, $2, …`. An empty list is no statement on PostgreSQL: ask before.
#[must_use]
pub fn with_list<V: Into<Value>>(
    text: &str,
    first: impl IntoIterator<Item = Value>,
    list: impl IntoIterator<Item = V>,
) -> Expanded {
    let list = list.into_iter().map(Into::into);
    (text.to_owned(), first.into_iter().chain(list).collect())
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
    fn two_digits_are_one_number() {
        assert_eq!(highest("$2, $11, $9"), 11);
        assert_eq!(highest("costs 5 $"), 0);
    }
}
