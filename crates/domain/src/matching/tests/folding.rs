//! What folding joins, what it must keep apart, and what it promises for any text.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::super::fold;
use super::tricky_text;

#[test]
fn spellings_of_one_word_meet() {
    let groups: &[&[&str]] = &[
        &["strasse", "Straße", "STRASSE", "STRAẞE"],
        &["istanbul", "İstanbul", "ISTANBUL", "ıstanbul", "i\u{307}stanbul"],
        &["preco", "preço", "PREÇO", "prec\u{327}o"],
        &["ola", "Olá", "OLÁ"],
        &["acoes", "ações", "AÇÕES"],
        &["ΟΔΟΣ", "οδος", "οδοσ"],
        &["Ώρες", "ώρες", "ω\u{301}ρες", "ώρεσ"],
        &["Привет", "привет", "ПРИВЕТ"],
        &["й", "и\u{306}", "Й"],
        &["ﷺ", "صلى الله عليه وسلم"],
        &["ﻻ", "لا"],
        &["カタカナ", "ｶﾀｶﾅ"],
        &["ガ", "カ\u{3099}", "ｶﾞ"],
        &["abc123", "ＡＢＣ１２３", "𝓪𝓫𝓬①②③"],
        &["한글", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"],
        &["fi", "ﬁ", "FI"],
        &["lodz", "Łódź", "łódź"],
        &["smorrebrod", "smørrebrød"],
        &["dac biet", "đặc biệt", "ĐẶC BIỆT"],
        &["coeur", "cœur", "CŒUR"],
        &["vaer", "vær"],
        &["don't", "don\u{2019}t", "DON\u{2018}T", "don\u{2bc}t"],
        &["opening hours", " Opening \n\u{A0}HOURS\t", "open\u{AD}ing hours"],
        &["❤", "❤\u{FE0F}", "❤\u{FE0E}"],
        &["שלום", "\u{200F}שלום\u{200E}", "\u{2067}שלום\u{2069}"],
        &["", " ", "\u{200B}", "\u{3000}\u{FEFF}"],
    ];
    for group in groups {
        for spelling in *group {
            assert_eq!(fold(spelling), fold(group[0]), "{spelling:?} and {:?}", group[0]);
        }
    }
}

#[test]
fn different_words_stay_apart() {
    let pairs = [
        ("й", "и"),
        ("ё", "е"),
        ("ї", "і"),
        ("ώ", "ω"),
        ("が", "か"),
        ("パ", "ハ"),
        ("कि", "क"),
        ("की", "कि"),
        ("ड़", "ड"),
        ("كَتَبَ", "كتب"),
        ("أ", "ا"),
        ("שׁ", "שׂ"),
        ("שָׁלוֹם", "שלום"),
        ("ก่า", "กา"),
        ("👍", "👍🏽"),
        ("👩\u{200D}👧", "👩👧"),
        ("🇩🇪", "🇫🇷"),
        ("می\u{200C}خواهم", "میخواهم"),
    ];
    for (one, other) in pairs {
        assert_ne!(fold(one), fold(other), "{one:?} and {other:?}");
    }
}

#[test]
fn folded_text_is_plain_to_read() {
    assert_eq!(
        fold("  Wie viel KOSTET das Café-Frühstück?! "),
        "wie viel kostet das cafe-fruhstuck?!"
    );
    assert_eq!(fold("İZMİR’DE"), "izmir'de");
    assert_eq!(fold("ΚΌΣΜΟΣ"), "κόσμοσ");
}

fn promises(text: &str) -> Result<(), TestCaseError> {
    let folded = fold(text);
    prop_assert_eq!(fold(&folded), folded.clone(), "idempotent");
    prop_assert_eq!(fold(&text.nfc().collect::<String>()), folded.clone(), "composed");
    prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded.clone(), "decomposed");
    prop_assert_eq!(folded.trim(), folded.as_str(), "no white space at the ends");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text(text in any::<String>()) {
        promises(&text)?;
    }

    #[test]
    fn tricky_texts(text in tricky_text(0..12)) {
        promises(&text)?;
    }

    #[test]
    fn letter_case_does_not_matter_in_latin(text in "[a-zA-ZÀ-ÖØ-öø-ž ]{0,20}") {
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
    }
}

/// Every character of the blocks in which Unicode joins, decomposes or folds anything, alone and beside others.
#[test]
fn every_character() {
    let blocks = [
        '\0'..='\u{33FF}',
        '\u{A640}'..='\u{AC80}',
        '\u{F900}'..='\u{FFFF}',
        '\u{10400}'..='\u{105FF}',
    ]
    .into_iter()
    .chain([
        '\u{1D000}'..='\u{1D7FF}',
        '\u{1E000}'..='\u{1EEFF}',
        '\u{1F100}'..='\u{1F3FF}',
        '\u{2F800}'..='\u{2FA1F}',
    ]);
    for c in blocks.flatten() {
        let text = format!("{c} a{c}\u{301} и{c}\u{306}");
        let folded = fold(&text);
        assert_eq!(fold(&folded), folded, "U+{:04X}", u32::from(c));
        let decomposed: String = text.nfd().collect();
        assert_eq!(fold(&decomposed), folded, "U+{:04X}", u32::from(c));
    }
}
