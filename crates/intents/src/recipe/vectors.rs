//! The few sums over vectors that the recipe needs.

/// So many sums run side by side, so that the processor can add several numbers at once.
const LANES: usize = 16;

pub(super) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let (left, right) = (left.chunks_exact(LANES), right.chunks_exact(LANES));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in left.zip(right) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Brings a vector to length 1; one of length 0 stays.
pub(super) fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > f32::MIN_POSITIVE {
        vector.iter_mut().for_each(|number| *number /= length);
    }
    vector
}

pub(super) fn sum<'a>(vectors: impl Iterator<Item = &'a [f32]>) -> Vec<f32> {
    vectors.fold(Vec::new(), |mut sum, vector| {
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
        sum
    })
}

/// The mean of the largest `count` numbers; 0 without any.
pub(super) fn mean_of_largest(mut numbers: Vec<f32>, count: usize) -> f32 {
    numbers.sort_unstable_by(|a, b| b.total_cmp(a));
    numbers.truncate(count);
    numbers.iter().sum::<f32>() / numbers.len().max(1) as f32
}
