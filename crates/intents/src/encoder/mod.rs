//! The sentence encoder: text to pieces, pieces to rows of a table, rows through a small network to one vector.

mod cleaning;
mod file;
pub(crate) mod format;
mod matrix;
mod network;
mod normaliser;
mod table;
mod unknown;
mod vocabulary;

use std::path::Path;

pub use file::LoadError;
use network::Network;
use normaliser::Normaliser;
use table::TokenTable;
use vocabulary::Vocabulary;

/// How many numbers a vector has.
pub const DIMENSIONS: usize = 512;

/// The most pieces of a text that are read; what follows is left out, so that a very long text costs no more than 20 ms.
pub const MAX_PIECES: usize = 256;

/// The name of the model file, in the folder that `scripts/intent-model.sh` fills.
pub const MODEL_FILE: &str = "use-multilingual-3.bin";

/// A piece cannot be longer than this many bytes on average, so more text than this is never looked at.
const MAX_TEXT_BYTES: usize = MAX_PIECES * 16;

/// The loaded model: about 57 MB, held once. Share it behind an `Arc`; [`Encoder::embed`] needs no lock.
pub struct Encoder {
    normaliser: Normaliser,
    vocabulary: Vocabulary,
    table: TokenTable,
    network: Network,
}

/// What the encoder makes of a text.
#[derive(Clone, PartialEq)]
pub struct Embedding {
    /// [`DIMENSIONS`] numbers of unit length.
    pub vector: Vec<f32>,
    /// The share of the text's pieces that the model does not know, 0 to 1. Above [`crate::recipe::UNKNOWN_SHARE_LIMIT`] the
    /// vector says nothing about the text.
    pub unknown_share: f32,
}

impl Encoder {
    /// Reads the model file. Takes some tenths of a second and blocks: call it off the request path.
    ///
    /// # Errors
    /// The file is missing, unreadable, of another version or damaged.
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        file::load(path)
    }

    /// The vector of a text, without its capitals, emoji and outer marks. Any text will do.
    pub fn embed(&self, text: &str) -> Embedding {
        self.embed_as_published(&cleaning::clean(start_of(text)))
    }

    /// The vector that the published package gives for exactly this text.
    pub fn embed_as_published(&self, text: &str) -> Embedding {
        let normal = self.normaliser.normalise(start_of(text));
        let mut pieces = self.vocabulary.pieces(&normal);
        pieces.truncate(MAX_PIECES);
        let ids: Vec<u32> = std::iter::once(vocabulary::BEGIN)
            .chain(pieces.iter().map(|piece| piece.id))
            .chain(std::iter::once(vocabulary::END))
            .collect();
        Embedding {
            vector: self.network.run(&self.table.rows(&ids)),
            unknown_share: unknown::unknown_share(&pieces),
        }
    }
}

fn start_of(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
