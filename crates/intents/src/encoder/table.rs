//! The rows of the pieces, 6 bits a number: 49 MB instead of 262.

use super::DIMENSIONS;
use super::format::{RANGES, ROW_BYTES};

pub(super) struct TokenTable {
    /// What the number 0 stands for, by range.
    pub lowest: Vec<f32>,
    /// What one step is worth, by range.
    pub step: Vec<f32>,
    /// [`ROW_BYTES`] for each piece.
    pub packed: Vec<u8>,
}

impl TokenTable {
    /// The rows of these pieces, one after the other.
    pub(super) fn rows(&self, ids: &[u32]) -> Vec<f32> {
        let mut rows = Vec::with_capacity(ids.len() * DIMENSIONS);
        for &id in ids {
            let id = id as usize;
            let (lowest, step) = (self.lowest[id % RANGES], self.step[id % RANGES]);
            let row = &self.packed[id * ROW_BYTES..(id + 1) * ROW_BYTES];
            rows.extend(
                row.chunks_exact(3)
                    .flat_map(four)
                    .map(|number| f32::from(number) * step + lowest),
            );
        }
        rows
    }
}

/// Four numbers out of three bytes, the lowest bits first.
fn four(bytes: &[u8]) -> [u8; 4] {
    let [a, b, c] = [bytes[0], bytes[1], bytes[2]];
    [a & 63, a >> 6 | (b & 15) << 2, b >> 4 | (c & 3) << 4, c >> 2]
}
