//! Vectors of texts: words and pieces of words, hashed. Close for texts that share words, so that intents work in the demo
//! without a model; no more than that.

use sha2::{Digest, Sha256};

/// As many as small real models have.
pub const DIMENSIONS: usize = 384;
/// Pieces of words match typing mistakes and other endings.
const PIECE: usize = 3;

/// The vector of a text, of length one; of a text without letters, one that is like no other.
pub fn vector(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0_f32; DIMENSIONS];
    let text = text.to_lowercase();
    for word in text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        add(&mut vector, word, 1.0);
        let letters: Vec<char> = format!("^{word}$").chars().collect();
        for piece in letters.windows(PIECE) {
            add(&mut vector, &piece.iter().collect::<String>(), 0.4);
        }
    }
    if vector.iter().all(|number| *number == 0.0) {
        add(&mut vector, &text, 1.0);
    }
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    vector.iter().map(|number| number / length).collect()
}

fn add(vector: &mut [f32], piece: &str, weight: f32) {
    let hash = Sha256::digest(piece.as_bytes());
    let place = usize::from(u16::from_le_bytes([hash[0], hash[1]])) % DIMENSIONS;
    vector[place] += if hash[2] % 2 == 0 { weight } else { -weight };
}

#[cfg(test)]
mod tests {
    use super::vector;

    fn likeness(one: &str, other: &str) -> f32 {
        vector(one)
            .iter()
            .zip(vector(other))
            .map(|(one, other)| one * other)
            .sum()
    }

    #[test]
    fn texts_that_share_words_are_alike() {
        assert!((likeness("where is my order", "where is my order") - 1.0).abs() < 1e-5);
        let close = likeness("where is my order", "where is my orders package?");
        assert!(
            close > 0.6 && close > likeness("where is my order", "do you sell gift cards") + 0.4,
            "{close}"
        );
        assert!(vector("🙏").iter().all(|number| number.is_finite()));
    }
}
