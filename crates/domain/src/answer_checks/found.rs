//! What the finders of links and addresses return, and the pieces they look at.

/// Something found in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What is compared: the host and path of a link, the digits of a phone.
    pub(crate) value: String,
}

/// The pieces between white space without the punctuation around them, each with its place.
pub(crate) fn trimmed_chunks(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let around = |c: char| "()[]{}<>\"'«»“”„,.;:!?…*_|·•、。！？，：；".contains(c);
    let mut start = 0;
    folded.split([' ', '\n']).filter_map(move |chunk| {
        let at = start;
        start += chunk.len() + 1;
        let trimmed = chunk.trim_start_matches(around);
        let offset = chunk.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(around);
        (!trimmed.is_empty()).then_some((at + offset, trimmed))
    })
}
