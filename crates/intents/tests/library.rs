//! The ready-made intents fit a rule, and no two of them say the same.

mod support;

use std::collections::HashSet;

use intents::library::{Language, MAX_EXAMPLES, ready_intent, ready_intents};
use intents::recipe::{BACKGROUND_PHRASES, Background, Intent, SHADOWING_SIMILARITY, similarity};

#[test]
fn there_are_sixteen_in_six_languages_with_different_phrases() {
    let mut texts = HashSet::new();
    let mut ids = HashSet::new();
    for intent in ready_intents() {
        assert!(ids.insert(intent.id));
        for language in Language::ALL {
            let wording = intent.wording(language);
            assert_eq!(wording.language, language, "{}", intent.id);
            assert!(texts.insert((language, wording.label)) && texts.insert((language, wording.description)));
            for phrase in wording.phrases {
                assert!(texts.insert((language, phrase)), "{phrase} twice");
            }
        }
    }
    assert_eq!(ids.len(), 16);
    assert!(
        texts
            .iter()
            .all(|(_, text)| !text.is_empty() && text.chars().count() <= 200)
    );
}

#[test]
fn a_starter_speaks_the_languages_it_is_asked_for() {
    let prices = ready_intent("prices").unwrap();
    let english = prices.starter(&[Language::English]);
    assert_eq!(english.description, "Asks what something costs");
    assert_eq!(english.examples, prices.wording(Language::English).phrases);
    assert_eq!(prices.starter(&[]), english);
    let all = prices.starter(&Language::ALL);
    assert_eq!(all.examples.len(), MAX_EXAMPLES);
    assert_eq!(all.examples[..2], ["How much is it?", "¿Qué precio tiene?"]);
    assert!(ready_intent("unheard_of").is_none());
}

#[test]
fn languages_have_codes() {
    for language in Language::ALL {
        assert_eq!(Language::from_code(language.code()), Some(language));
    }
    assert_eq!(Language::from_code("xx"), None);
}

#[test]
fn no_two_shadow_each_other_and_most_are_known_again_in_another_language() {
    let Some(encoder) = support::encoder() else { return };
    let vectors = |texts: &[&str]| texts.iter().map(|text| encoder.embed(text).vector).collect::<Vec<_>>();
    let background = Background::new(vectors(BACKGROUND_PHRASES));
    let prepared: Vec<Vec<Intent>> = Language::ALL
        .map(|language| {
            ready_intents()
                .map(|intent| {
                    let wording = intent.wording(language);
                    let texts: Vec<&str> = std::iter::once(wording.description).chain(wording.phrases).collect();
                    Intent::new(&background, &vectors(&texts))
                })
                .collect()
        })
        .into();
    for intents in &prepared {
        for (at, left) in intents.iter().enumerate() {
            for right in &intents[..at] {
                assert!(similarity(left, right) < SHADOWING_SIMILARITY);
            }
        }
    }
    let (mut pairs, mut found) = (0, 0);
    for (at, left) in prepared.iter().enumerate() {
        for (one, other) in prepared[..at].iter().flat_map(|right| left.iter().zip(right)) {
            pairs += 1;
            found += u32::from(similarity(one, other) > SHADOWING_SIMILARITY);
        }
    }
    assert!(found * 6 >= pairs * 5, "{found} of {pairs}");
}
