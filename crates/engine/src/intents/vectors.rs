//! Vectors as bytes of a column, and the hash that tells whether they are still those of a rule's texts.

use domain::rules::IntentMatcher;
use sha2::{Digest, Sha256};

/// What a rule's vectors are made from: the description, then the examples.
pub(super) fn texts(matcher: &IntentMatcher) -> impl Iterator<Item = &str> {
    std::iter::once(matcher.description.as_str()).chain(matcher.examples.iter().map(String::as_str))
}

/// Changes with any of the texts, and with their order.
pub(super) fn source_hash(matcher: &IntentMatcher) -> Vec<u8> {
    let mut hash = Sha256::new();
    for text in texts(matcher) {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().to_vec()
}

/// One vector after the other, each number a little-endian f32.
pub(super) fn to_bytes(vectors: &[Vec<f32>]) -> Vec<u8> {
    vectors
        .iter()
        .flatten()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

/// `count` vectors of one length; none if the bytes are not that.
pub(super) fn from_bytes(bytes: &[u8], count: usize) -> Option<Vec<Vec<f32>>> {
    let (words, rest) = bytes.as_chunks::<4>();
    let length = words.len().checked_div(count).filter(|&length| length > 0)?;
    if !rest.is_empty() || length * count != words.len() {
        return None;
    }
    let vector = |words: &[[u8; 4]]| words.iter().map(|word| f32::from_le_bytes(*word)).collect();
    Some(words.chunks_exact(length).map(vector).collect())
}

#[cfg(test)]
mod tests {
    use domain::rules::IntentMatcher;
    use proptest::prelude::*;

    use super::{from_bytes, source_hash, to_bytes};

    fn matcher(description: &str, examples: &[&str]) -> IntentMatcher {
        IntentMatcher {
            description: description.into(),
            examples: examples.iter().map(|&example| example.to_owned()).collect(),
            ..IntentMatcher::default()
        }
    }

    #[test]
    fn the_hash_tells_texts_apart_wherever_they_are_cut() {
        let hashes = [
            source_hash(&matcher("ab", &[])),
            source_hash(&matcher("a", &["b"])),
            source_hash(&matcher("", &["ab"])),
            source_hash(&matcher("ab", &[""])),
            source_hash(&matcher("b", &["a"])),
        ];
        for (at, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..at].contains(hash), "{at}");
        }
        assert_eq!(source_hash(&matcher("ab", &[])), hashes[0]);
    }

    proptest! {
        #[test]
        fn vectors_come_back_as_they_went(count in 1_usize..9, length in 1_usize..20, seed in any::<u32>()) {
            let vectors: Vec<Vec<f32>> = (0..count)
                .map(|row| (0..length).map(|at| (seed % 97) as f32 + (row * 31 + at) as f32).collect())
                .collect();
            let bytes = to_bytes(&vectors);
            prop_assert_eq!(from_bytes(&bytes, count), Some(vectors));
            prop_assert_eq!(from_bytes(&bytes[1..], count), None);
        }
    }

    #[test]
    fn nothing_comes_of_bytes_of_another_number() {
        assert_eq!(from_bytes(&[], 1), None);
        assert_eq!(from_bytes(&[0; 12], 2), None);
        assert_eq!(from_bytes(&[0; 12], 0), None);
    }
}
