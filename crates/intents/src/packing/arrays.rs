//! The arrays of the package (one `.npy` file each), and how the network's matrices get one byte a number.

use super::PackError;
use super::zip;

pub(super) struct Arrays<'a> {
    archive: &'a [u8],
}

/// Magic bytes, version and the length of the text that describes the array.
const HEADER: usize = 10;
/// The published matrices are multiples of one step, within this part of a step.
const MULTIPLE: f32 = 0.01;

impl<'a> Arrays<'a> {
    pub(super) fn new(archive: &'a [u8]) -> Self {
        Self { archive }
    }

    /// An array of so many bytes.
    pub(super) fn bytes(&self, name: &str, count: usize) -> Result<Vec<u8>, PackError> {
        let file = zip::entry(self.archive, &format!("{name}.npy"))?;
        let start = file
            .get(8..HEADER)
            .map(|length| HEADER + usize::from(u16::from_le_bytes([length[0], length[1]])));
        let data = start
            .and_then(|start| file.get(start..))
            .filter(|data| data.len() == count);
        data.map(<[u8]>::to_vec)
            .ok_or(PackError::Unexpected("an array has another shape"))
    }

    fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, PackError> {
        let bytes = self.bytes(name, count * 4)?;
        Ok(bytes
            .chunks_exact(4)
            .map(|word| f32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect())
    }

    pub(super) fn write_floats(&self, name: &str, count: usize, packed: &mut Vec<u8>) -> Result<(), PackError> {
        packed.extend(self.floats(name, count)?.into_iter().flat_map(f32::to_le_bytes));
        Ok(())
    }

    /// The step, then one byte for each number.
    pub(super) fn write_matrix(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
        packed: &mut Vec<u8>,
    ) -> Result<(), PackError> {
        let numbers = self.floats(name, rows * columns)?;
        let step = step(&numbers);
        let steps: Vec<f32> = numbers.iter().map(|number| number / step).collect();
        if steps
            .iter()
            .any(|steps| steps.abs() > 127.5 || (steps - steps.round()).abs() > MULTIPLE)
        {
            return Err(PackError::Unexpected("a matrix does not fit into one byte a number"));
        }
        packed.extend(step.to_le_bytes());
        packed.extend(steps.into_iter().map(|steps| (steps.round() as i8).cast_unsigned()));
        Ok(())
    }
}

/// The step of which all numbers are multiples: the smallest distance, made exact by the largest number.
fn step(numbers: &[f32]) -> f32 {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let distances = sorted
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .filter(|&distance| distance > 1e-6);
    let smallest = distances.fold(f32::INFINITY, f32::min);
    let largest = numbers
        .iter()
        .fold(0.0_f32, |largest, number| largest.max(number.abs()));
    largest / (largest / smallest).round()
}
