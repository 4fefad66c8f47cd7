//! The sentences, held by a snapshot, and the style they share.
