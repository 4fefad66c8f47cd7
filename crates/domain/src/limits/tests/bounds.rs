//! Every limit is kept to the unit, and the sentence beyond it says exactly how much to take out.

use proptest::prelude::*;

use super::super::*;

type Check = fn(&str) -> Result<String, LimitError>;

/// The checks that count characters and trim, with their limit.
const TRIMMED: [(Check, usize); 5] = [
    (check_label, MAX_LABEL_CHARS),
    (check_keyword, MAX_KEYWORD_CHARS),
    (check_description, MAX_DESCRIPTION_CHARS),
    (check_prompt, MAX_PROMPT_CHARS),
    (check_persona, MAX_PERSONA_CHARS),
];

/// Text of `length` characters, each of one to four bytes, with nothing at its ends that is trimmed.
fn text_of(length: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&['a', 'é', '价', '👍'][..]), length).prop_map(String::from_iter)
}

/// A check that trims, its limit, and a text around that limit.
fn around_a_limit() -> impl Strategy<Value = (Check, usize, String)> {
    (0..TRIMMED.len(), -3_isize..=3).prop_flat_map(|(which, off)| {
        let (check, limit) = TRIMMED[which];
        text_of(limit.saturating_add_signed(off)).prop_map(move |text| (check, limit, text))
    })
}

/// The whole numbers in a sentence, thousands separators included.
fn numbers(sentence: &str) -> Vec<usize> {
    let joined = sentence.replace(',', "");
    let digits = joined
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty());
    digits.map(|run| run.parse().expect("a number")).collect()
}

/// What a reader takes for one character each, a little too many for a reply: letters of one to three bytes, an accent of its own, a flag,
/// a family. A letter stands between each two, so that none joins its neighbour.
fn too_long_reply() -> impl Strategy<Value = Vec<&'static str>> {
    let character = prop::sample::select(&["é", "价", "e\u{301}", "👍🏽", "🇵🇹", "👨\u{200d}👩\u{200d}👧\u{200d}👦"][..]);
    prop::collection::vec(character, 0..60).prop_flat_map(|characters| {
        let parts: Vec<&str> = characters.into_iter().flat_map(|one| [one, "x"]).collect();
        let left = (MAX_CANNED_BYTES + 1).saturating_sub(parts.concat().len());
        (0..40_usize).prop_map(move |more| {
            let mut all = vec!["x"; left + more];
            all.extend(&parts);
            all
        })
    })
}

fn without_last(text: &str, count: usize) -> String {
    let keep = text.chars().count() - count;
    text.chars().take(keep).collect()
}

proptest! {
    #[test]
    fn characters_count_up_to_the_limit_and_not_one_more(
        (check, limit, text) in around_a_limit(),
        before in "[ \\n\\t\u{3000}]{0,4}",
        after in "[ \\n\\t\u{3000}]{0,4}",
    ) {
        let chars = text.chars().count();
        match check(&format!("{before}{text}{after}")) {
            Ok(kept) => {
                prop_assert!(chars <= limit);
                prop_assert_eq!(kept, text, "trimmed and otherwise as it was typed");
            }
            Err(error) => {
                prop_assert!(chars > limit);
                let said = numbers(&error.to_string());
                prop_assert_eq!(&said, &[chars, limit, chars - limit]);
                prop_assert!(check(&without_last(&text, said[2])).is_ok(), "doing as told is enough");
                prop_assert!(check(&without_last(&text, said[2] - 1)).is_err(), "and one less is not");
            }
        }
    }

    #[test]
    fn what_was_accepted_is_accepted_again_unchanged(text in any::<String>()) {
        for check in TRIMMED.map(|(check, _)| check).into_iter().chain([check_canned as Check]) {
            if let Ok(kept) = check(&text) {
                prop_assert_eq!(check(&kept), Ok(kept.clone()));
                prop_assert!(!kept.trim().is_empty());
                prop_assert!(!kept.contains('\0'));
            }
        }
    }

    #[test]
    fn a_reply_counts_in_bytes_and_the_sentence_says_how_many_characters_go(parts in too_long_reply()) {
        let text = parts.concat();
        let error = check_canned(&text).expect_err("too long").to_string();
        let said = numbers(&error.replace("the last character.", "the last 1 characters."));
        let over = text.len() - MAX_CANNED_BYTES;
        prop_assert_eq!(&said[..3], &[text.len(), MAX_CANNED_BYTES, over]);
        let left = parts.len() - said[3];
        prop_assert!(parts[..left].concat().len() <= MAX_CANNED_BYTES, "doing as told is enough");
        prop_assert!(parts[..=left].concat().len() > MAX_CANNED_BYTES, "and one less is not");
    }

    #[test]
    fn thousands_are_grouped_and_nothing_else_changes(number in any::<usize>()) {
        let text = grouped(number);
        prop_assert_eq!(text.replace(',', ""), number.to_string());
        let groups: Vec<&str> = text.split(',').collect();
        prop_assert!((1..=3).contains(&groups[0].len()));
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
    }

    #[test]
    fn a_nul_is_refused_wherever_it_stands(before in "[a-z]{0,5}", after in "[a-z]{0,5}") {
        let text = format!("{before}\0{after}");
        for (check, _) in TRIMMED {
            let refused = matches!(check(&text), Err(LimitError::NotStorable { .. }));
            prop_assert!(refused);
        }
        prop_assert_eq!(check_canned(&text), Err(LimitError::NotStorable { what: "reply" }));
    }
}

#[test]
fn sentences_of_lists_say_how_many_are_there_and_how_many_go() {
    let keywords = LimitError::TooManyKeywords { count: 1_053 };
    assert_eq!(
        keywords.to_string(),
        "This rule has 1,053 of 50 keywords. Take out 1,003, or add a second rule."
    );
    let with_line = LimitError::TooLongWithLine {
        label: "Prices".into(),
        bytes: 1_032,
    };
    assert_eq!(
        with_line.to_string(),
        "Prices: with the line that says it is automated, this reply is 1,032 of 1,000 bytes; take out 32."
    );
    assert_eq!(
        LimitError::TooManyExamples.to_string(),
        "There are 100 examples already. Delete one that is no longer needed."
    );
}
