//! Products with the network's matrices, which stay one byte a number: 3 MB, so that they fit into a processor's cache.

/// Row by row; the value of a number is `weights[row * columns + column] * scale`.
pub(super) struct Matrix {
    pub columns: usize,
    pub scale: f32,
    pub weights: Vec<i8>,
}

/// So many rows are unpacked at a time, and each output is loaded and stored once for all of them.
const ROWS_AT_ONCE: usize = 4;

impl Matrix {
    /// `input` holds vectors of as many numbers as the matrix has rows, one after the other; so does the answer.
    /// The number of rows must be a multiple of four.
    pub(super) fn multiply(&self, input: &[f32]) -> Vec<f32> {
        pulp::Arch::new().dispatch(Product { matrix: self, input })
    }
}

/// Compiled once for each kind of processor; the widest instructions that this one has are taken.
struct Product<'a> {
    matrix: &'a Matrix,
    input: &'a [f32],
}

impl pulp::NullaryFnOnce for Product<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn call(self) -> Vec<f32> {
        let Matrix {
            columns,
            scale,
            weights,
        } = self.matrix;
        let rows = weights.len() / columns;
        let mut output = vec![0.0; self.input.len() / rows * columns];
        let mut unpacked = vec![0.0; ROWS_AT_ONCE * columns];
        for (block, weights) in weights.chunks_exact(unpacked.len()).enumerate() {
            for (number, &weight) in unpacked.iter_mut().zip(weights) {
                *number = f32::from(weight);
            }
            let vectors = self
                .input
                .chunks_exact(rows)
                .map(|vector| &vector[block * ROWS_AT_ONCE..][..ROWS_AT_ONCE]);
            for (sums, factors) in output.chunks_exact_mut(*columns).zip(vectors) {
                add_rows(sums, &unpacked, factors);
            }
        }
        for sum in &mut output {
            *sum *= scale;
        }
        output
    }
}

#[inline(always)]
fn add_rows(sums: &mut [f32], rows: &[f32], factors: &[f32]) {
    let (first, rows) = rows.split_at(sums.len());
    let (second, rows) = rows.split_at(sums.len());
    let (third, fourth) = rows.split_at(sums.len());
    let [a, b, c, d] = [factors[0], factors[1], factors[2], factors[3]];
    for ((((sum, w), x), y), z) in sums.iter_mut().zip(first).zip(second).zip(third).zip(fourth) {
        *sum += a * w + b * x + (c * y + d * z);
    }
}
