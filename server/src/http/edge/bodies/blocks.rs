//! Bytes that arrive bit by bit, in blocks of one size: a vector that doubles would take up to three times as much, and leave gaps
//! that no other body fits in.

use axum::body::Bytes;

const BLOCK: usize = 16 * 1024;

/// All but the last block are full.
#[derive(Debug, Default)]
pub(super) struct Blocks(Vec<Vec<u8>>);

impl Blocks {
    /// Returns how many bytes of memory that took.
    pub(super) fn push(&mut self, mut piece: &[u8]) -> usize {
        let before = self.memory();
        while !piece.is_empty() {
            let block = self.last_with_room();
            let (now, later) = piece.split_at(piece.len().min(BLOCK - block.len()));
            block.extend_from_slice(now);
            piece = later;
        }
        self.memory() - before
    }

    fn memory(&self) -> usize {
        let full = self.0.len().saturating_sub(1) * BLOCK;
        full + self.0.last().map_or(0, Vec::capacity)
    }

    fn last_with_room(&mut self) -> &mut Vec<u8> {
        if self.0.last().is_none_or(|last| last.len() == BLOCK) {
            // Most bodies are far smaller than a block.
            let capacity = if self.0.is_empty() { 0 } else { BLOCK };
            self.0.push(Vec::with_capacity(capacity));
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    pub(super) fn join(mut self) -> Bytes {
        match self.0.len() {
            1 => Bytes::from(self.0.swap_remove(0)),
            _ => Bytes::from(self.0.concat()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_arrives_in_pieces_is_whole_again(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20_000), 0..8)) {
            let mut blocks = Blocks::default();
            let told: usize = pieces.iter().map(|piece| blocks.push(piece)).sum();
            let taken: usize = blocks.0.iter().map(Vec::capacity).sum();
            let whole = pieces.concat();
            prop_assert!(taken <= told + BLOCK);
            prop_assert!(taken <= whole.len() + 2 * BLOCK);
            prop_assert_eq!(blocks.join(), whole);
        }
    }
}
