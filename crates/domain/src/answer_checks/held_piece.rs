//! What of an answer a check minds, for people who try a message: the very words, or the length. An answer to a customer is named
//! nowhere.

use super::HeldBy;
use super::text::Text;
use crate::limits::grouped;

/// A range of the folded text.
pub(crate) type Place = (usize, usize);

/// Longer pieces are cut.
const LONGEST: usize = 120;

/// Why an answer is held back, and what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The check.
    pub by: HeldBy,
    /// What the check minds, where it can be named.
    pub piece: Option<Piece>,
}

/// What a check minds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the answer.
    Words(String),
    /// Its length in bytes, and what fits.
    Bytes {
        /// Those of the answer.
        are: usize,
        /// Those of a DM that the disclosure line leaves.
        fit: usize,
    },
}

impl Held {
    /// The words of `answer`, which is `text`, at a place of `text`.
    pub(super) fn at(by: HeldBy, answer: &str, text: &Text, (start, end): Place) -> Self {
        let (from, to) = text.original(start, end);
        let around = |c: char| c.is_whitespace() || "\"'“”„«»()[].,;:!?…".contains(c);
        let words = answer.get(from..to).unwrap_or_default().trim_matches(around);
        Self {
            by,
            piece: (!words.is_empty()).then(|| Piece::Words(shortened(words))),
        }
    }

    pub(super) const fn too_long(are: usize, fit: usize) -> Self {
        Self {
            by: HeldBy::TooLong,
            piece: Some(Piece::Bytes { are, fit }),
        }
    }

    /// What is wrong, naming the piece.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (self.by, &self.piece) {
            (HeldBy::Link | HeldBy::Address, Some(Piece::Words(words))) => {
                format!("It says “{words}”, which stands in no approved text.")
            }
            // The day may stand there as one that is closed, the number as a price of something else.
            (HeldBy::Number, Some(Piece::Words(words))) => {
                format!("It says “{words}”, which no approved text says like this.")
            }
            (HeldBy::Promise, Some(Piece::Words(words))) => {
                format!("It says “{words}”: a promise, or something that was not done.")
            }
            (HeldBy::BotDenial, Some(Piece::Words(words))) => format!("It says “{words}”, as a person would."),
            (_, Some(Piece::Bytes { are, fit })) => {
                format!("It has {} bytes, and {} fit.", grouped(*are), grouped(*fit))
            }
            (by, _) => by.text().to_owned(),
        }
    }
}

impl From<HeldBy> for Held {
    fn from(by: HeldBy) -> Self {
        Self { by, piece: None }
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words.to_owned(),
    }
}
