//! The layout of the model file, for the reader and for the program that writes it.
//!
//! All numbers are little-endian. In this order: the magic bytes; the character map; the vocabulary; the token table; the
//! network; the CRC-32 of everything before it. `docs/intents.md` tells where the numbers come from.

/// The first bytes: what it is, and the version of this layout.
pub const MAGIC: &[u8; 8] = b"USEM3\0v1";
/// Rows of the token table, one for each piece.
pub const TABLE_ROWS: usize = 17 * 7_530;
/// The row with number `id` uses the range `id % RANGES`.
pub const RANGES: usize = 17;
/// A number of the table is 6 bits wide: four of them in three bytes.
pub const ROW_BYTES: usize = super::DIMENSIONS / 4 * 3;
/// Channels of one branch of the network.
pub const CHANNELS: usize = 256;
/// The branches: the width of the convolution, and how many tokens to the left it begins.
pub const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
/// Numbers per token after the branches.
pub const FEATURES: usize = super::DIMENSIONS + BRANCHES.len() * CHANNELS;
/// The width of the narrow layer of the head.
pub const NARROW: usize = 320;
