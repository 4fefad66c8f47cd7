//! Cuts a text into the pieces of the model: the cut with the highest sum of scores.

/// A character that no piece holds.
pub(super) const UNKNOWN: u32 = 0;
/// Comes before the pieces of a text.
pub(super) const BEGIN: u32 = 1;
/// Comes after them.
pub(super) const END: u32 = 2;

/// A part of a text.
pub(super) struct Piece<'a> {
    pub id: u32,
    pub text: &'a str,
}

/// An unknown character costs this much more than the rarest piece.
const UNKNOWN_PENALTY: f64 = 10.0;

/// The pieces, sorted by their bytes: pieces that begin alike lie together, so a walk through a text narrows one range.
pub(super) struct Vocabulary {
    text: Vec<u8>,
    /// Where each piece begins in `text`, and where the last one ends.
    bounds: Vec<u32>,
    ids: Vec<u32>,
    scores: Vec<f32>,
    unknown_score: f64,
}

/// The best cut of the text up to a place: its score, and the last piece.
#[derive(Clone, Copy)]
struct Best {
    score: f64,
    from: usize,
    piece: u32,
}

impl Vocabulary {
    /// `ends` says where each piece ends in `text`. `None` if they do not fit each other or are not in order.
    pub(super) fn new(text: Vec<u8>, ends: &[u32], ids: Vec<u32>, scores: Vec<f32>) -> Option<Self> {
        let bounds: Vec<u32> = std::iter::once(0).chain(ends.iter().copied()).collect();
        let fits = bounds.is_sorted() && *bounds.last()? as usize == text.len();
        let lowest = scores.iter().copied().min_by(f32::total_cmp)?;
        let unknown_score = f64::from(lowest) - UNKNOWN_PENALTY;
        let vocabulary = Self {
            text,
            bounds,
            ids,
            scores,
            unknown_score,
        };
        (fits && (1..ends.len()).all(|at| vocabulary.piece(at - 1) < vocabulary.piece(at))).then_some(vocabulary)
    }

    /// The pieces of a text in the form of the normaliser; one unknown piece for the empty text.
    pub(super) fn pieces<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        let mut best = vec![
            Best {
                score: f64::NEG_INFINITY,
                from: 0,
                piece: UNKNOWN
            };
            text.len() + 1
        ];
        best[0].score = 0.0;
        for (from, character) in text.char_indices() {
            let score = best[from].score;
            let single = from + character.len_utf8();
            let mut known = false;
            self.each_prefix(&text.as_bytes()[from..], |length, at| {
                known |= from + length == single;
                let candidate = Best {
                    score: score + f64::from(self.scores[at]),
                    from,
                    piece: self.ids[at],
                };
                take_better(&mut best[from + length], candidate);
            });
            if !known {
                take_better(
                    &mut best[single],
                    Best {
                        score: score + self.unknown_score,
                        from,
                        piece: UNKNOWN,
                    },
                );
            }
        }
        read_back(text, &best)
    }

    /// Calls `found` with length and position of every piece that `text` begins with, the shortest first.
    fn each_prefix(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let (mut low, mut high) = (0, self.ids.len());
        for (depth, &byte) in text.iter().enumerate() {
            low += self.first_where(low, high, |piece| piece.get(depth).is_some_and(|&at| at >= byte));
            high = low + self.first_where(low, high, |piece| piece.get(depth).is_some_and(|&at| at > byte));
            if low == high {
                return;
            }
            if self.piece(low).len() == depth + 1 {
                found(depth + 1, low);
            }
        }
    }

    /// How many pieces of the range come before the first one that `holds`.
    fn first_where(&self, low: usize, high: usize, holds: impl Fn(&[u8]) -> bool) -> usize {
        let (mut from, mut to) = (low, high);
        while from < to {
            let middle = usize::midpoint(from, to);
            if holds(self.piece(middle)) {
                to = middle
            } else {
                from = middle + 1
            }
        }
        from - low
    }

    fn piece(&self, at: usize) -> &[u8] {
        &self.text[self.bounds[at] as usize..self.bounds[at + 1] as usize]
    }
}

fn take_better(best: &mut Best, candidate: Best) {
    if candidate.score > best.score {
        *best = candidate;
    }
}

fn read_back<'a>(text: &'a str, best: &[Best]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut end = text.len();
    while end > 0 {
        let Best { from, piece, .. } = best[end];
        pieces.push(Piece {
            id: piece,
            text: &text[from..end],
        });
        end = from;
    }
    if pieces.is_empty() {
        pieces.push(Piece { id: UNKNOWN, text });
    }
    pieces.reverse();
    pieces
}
