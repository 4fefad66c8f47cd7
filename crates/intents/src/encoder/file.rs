//! Reads the model file as a stream: what is read is held once, packed as it lies on the disk.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use super::format::{BRANCHES, CHANNELS, FEATURES, MAGIC, NARROW, RANGES, ROW_BYTES, TABLE_ROWS};
use super::matrix::Matrix;
use super::network::{Branch, Convolution, Head, LayerNorm, Network};
use super::normaliser::Normaliser;
use super::table::TokenTable;
use super::vocabulary::Vocabulary;
use super::{DIMENSIONS, Encoder};

/// Why a model file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Nothing is there.
    #[error("there is no intent model at {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("the intent model at {} cannot be read", path.display())]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no model file, or one for another version of this program.
    #[error("the file is no intent model of this version")]
    WrongVersion,
    /// It begins well, then is cut off or changed.
    #[error("the intent model is damaged")]
    Damaged,
}

/// No part of the model is larger; a longer length can only be damage.
const LARGEST_PART: usize = 16 << 20;

pub(super) fn load(path: &Path) -> Result<Encoder, LoadError> {
    let file = File::open(path).map_err(|error| unusable(path, error))?;
    let mut source = Source {
        file: BufReader::with_capacity(1 << 20, file),
        sum: crc32fast::Hasher::new(),
    };
    let read = read_encoder(&mut source);
    read.map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => LoadError::Damaged,
        io::ErrorKind::Unsupported => LoadError::WrongVersion,
        _ => unusable(path, error),
    })
}

fn unusable(path: &Path, source: io::Error) -> LoadError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => LoadError::Missing { path },
        _ => LoadError::Unreadable { path, source },
    }
}

fn read_encoder(source: &mut Source) -> io::Result<Encoder> {
    let mut magic = [0; MAGIC.len()];
    match source.file.read_exact(&mut magic) {
        Ok(()) if &magic == MAGIC => {}
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => return Err(error),
        _ => return Err(io::ErrorKind::Unsupported.into()),
    }
    source.sum.update(&magic);
    let encoder = Encoder {
        normaliser: read_normaliser(source)?,
        vocabulary: read_vocabulary(source)?,
        table: TokenTable {
            lowest: source.floats(RANGES)?,
            step: source.floats(RANGES)?,
            packed: source.bytes(TABLE_ROWS * ROW_BYTES)?,
        },
        network: read_network(source)?,
    };
    let sum = source.sum.clone().finalize();
    if source.number()? != sum {
        Err(damaged())
    } else {
        Ok(encoder)
    }
}

fn read_normaliser(source: &mut Source) -> io::Result<Normaliser> {
    let units = source.length()?;
    let units = source.numbers(units)?;
    let replacements = source.length()?;
    Ok(Normaliser {
        units,
        replacements: source.bytes(replacements)?,
    })
}

fn read_vocabulary(source: &mut Source) -> io::Result<Vocabulary> {
    let count = source.length()?;
    let text = source.length()?;
    let text = source.bytes(text)?;
    let ends = source.numbers(count)?;
    let ids = source.numbers(count)?;
    let scores = source.floats(count)?;
    if ids.iter().any(|&id| id as usize >= TABLE_ROWS) {
        return Err(damaged());
    }
    Vocabulary::new(text, &ends, ids, scores).ok_or_else(damaged)
}

fn read_network(source: &mut Source) -> io::Result<Network> {
    let mut branches = Vec::with_capacity(BRANCHES.len());
    for (width, left) in BRANCHES {
        branches.push(Branch {
            projection: source.matrix(DIMENSIONS, CHANNELS)?,
            bias: source.floats(CHANNELS)?,
            gain: source.floats(CHANNELS)?,
            shift: source.floats(CHANNELS)?,
            width,
            left,
            first: read_convolution(source, width)?,
            second: read_convolution(source, width)?,
        });
    }
    Ok(Network {
        branches,
        norm: LayerNorm {
            gain: source.floats(FEATURES)?,
            shift: source.floats(FEATURES)?,
        },
        join: source.matrix(FEATURES, DIMENSIONS)?,
        join_bias: source.floats(DIMENSIONS)?,
        head: Head {
            d0: source.matrix(DIMENSIONS, NARROW)?,
            d1: source.matrix(NARROW, NARROW)?,
            p1: source.matrix(DIMENSIONS, NARROW)?,
            d2: source.matrix(NARROW, DIMENSIONS)?,
            d3: source.matrix(DIMENSIONS, DIMENSIONS)?,
            p3: source.matrix(NARROW, DIMENSIONS)?,
        },
    })
}

fn read_convolution(source: &mut Source, width: usize) -> io::Result<Convolution> {
    Ok(Convolution {
        weights: source.matrix(width * CHANNELS, CHANNELS)?,
        bias: source.floats(CHANNELS)?,
    })
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

struct Source {
    file: BufReader<File>,
    sum: crc32fast::Hasher,
}

impl Source {
    fn bytes(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.file.read_exact(&mut bytes)?;
        self.sum.update(&bytes);
        Ok(bytes)
    }

    fn numbers(&mut self, count: usize) -> io::Result<Vec<u32>> {
        let bytes = self.bytes(count * 4)?;
        Ok(words(&bytes).map(u32::from_le_bytes).collect())
    }

    fn floats(&mut self, count: usize) -> io::Result<Vec<f32>> {
        let bytes = self.bytes(count * 4)?;
        let floats: Vec<f32> = words(&bytes).map(f32::from_le_bytes).collect();
        if floats.iter().all(|float| float.is_finite()) {
            Ok(floats)
        } else {
            Err(damaged())
        }
    }

    fn number(&mut self) -> io::Result<u32> {
        Ok(self.numbers(1)?[0])
    }

    fn length(&mut self) -> io::Result<usize> {
        let length = self.number()? as usize;
        if length > LARGEST_PART {
            Err(damaged())
        } else {
            Ok(length)
        }
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> io::Result<Matrix> {
        let scale = self.floats(1)?[0];
        let bytes = self.bytes(rows * columns)?;
        Ok(Matrix {
            columns,
            scale,
            weights: bytes.into_iter().map(u8::cast_signed).collect(),
        })
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> {
    bytes.chunks_exact(4).map(|word| [word[0], word[1], word[2], word[3]])
}
