//! What a model thinks before it answers is nobody's to read: it is cut off here.

const BLOCKS: [(&str, &str); 5] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("[THINK]", "[/THINK]"),
];
/// Servers that do not know the format of gpt-oss pass its marks on.
const CHANNEL: &str = "<|channel|>";
const FINAL: &str = "<|channel|>final<|message|>";

/// What is left of an answer without its thoughts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spoken<'a> {
    /// `None` when the thoughts have no end, so that nothing can be told apart.
    pub(super) words: Option<&'a str>,
    /// There were thoughts.
    pub(super) thought: bool,
}

pub(super) fn without_thoughts(answer: &str) -> Spoken<'_> {
    let mut words = answer.trim();
    let mut thought = false;
    if words.contains(CHANNEL) {
        let last = words.rfind(FINAL).map(|start| &words[start + FINAL.len()..]);
        return Spoken {
            words: last.map(|words| words.split("<|").next().unwrap_or_default().trim()),
            thought: true,
        };
    }
    while let Some((open, close)) = BLOCKS.iter().find(|(open, _)| words.starts_with(open)) {
        thought = true;
        let Some(end) = words.find(close) else {
            return Spoken { words: None, thought };
        };
        debug_assert!(end >= open.len(), "the end of a block comes after its start");
        words = words[end + close.len()..].trim_start();
    }
    // Some templates write the opening mark themselves, so that only the closing one comes back.
    for (open, close) in BLOCKS {
        if let Some(end) = words.find(close)
            && !words[..end].contains(open)
        {
            thought = true;
            words = words[end + close.len()..].trim_start();
        }
    }
    Spoken {
        words: Some(words),
        thought,
    }
}

#[cfg(test)]
mod tests {
    use super::{Spoken, without_thoughts};

    #[test]
    fn thoughts_are_cut_off() {
        for (answer, words) in [
            ("We ship.", "We ship."),
            ("<think>The user asks.</think>\n\nWe ship.", "We ship."),
            ("<think></think>We ship.", "We ship."),
            ("  <thinking>a</thinking><think>b</think> We ship. ", "We ship."),
            ("[THINK]hm[/THINK]We ship.", "We ship."),
            ("The user asks.\n</think>\nWe ship.", "We ship."),
            (
                "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>We ship.<|return|>",
                "We ship.",
            ),
            ("<think>only thoughts</think>", ""),
        ] {
            assert_eq!(without_thoughts(answer).words, Some(words), "{answer}");
        }
    }

    #[test]
    fn thoughts_without_an_end_leave_nothing() {
        for answer in [
            "<think>The user asks",
            "<thinking>a</think>b",
            "<|channel|>analysis<|message|>hm",
        ] {
            assert_eq!(
                without_thoughts(answer),
                Spoken {
                    words: None,
                    thought: true
                },
                "{answer}"
            );
        }
    }
}
