//! What folding joins, what it must keep apart, and what it promises for any text.

use caseless::Caseless;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::super::fold;
use super::super::fold::{by_unicode, fold_plain, quickly};
use super::super::quick::quick;
use super::super::tables::{Becomes, ROWS, becomes};
use super::super::writer::Umlauts;
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
        &["Ώρες", "ώρες", "ω\u{301}ρες", "ώρεσ", "ωρες", "ΩΡΕΣ"],
        &["παϊδάκια", "ΠΑΪΔΑΚΙΑ", "παιδακια", "παι\u{308}δα\u{301}κια"],
        &["ἀρχή", "αρχη"],
        &["Привет", "привет", "ПРИВЕТ"],
        &["й", "и\u{306}", "Й"],
        &["ещё", "еще", "ЕЩЁ", "еще\u{308}"],
        &["за\u{301}мок", "замок"],
        &["ѝ", "и\u{300}", "и"],
        &["ﷺ", "صلى الله عليه وسلم"],
        &["ﻻ", "لا"],
        &["كتب", "كَتَبَ", "كتـــب", "کتب"],
        &["احمد", "أحمد", "إحمد", "ٱحمد", "آحمد"],
        &["قيمتي", "قیمتی", "قىمتى"],
        &["مدينه", "مدينة", "مدینۃ", "مدينہ"],
        &["مسوول", "مسؤول"],
        &["میخواهم", "می\u{200C}خواهم"],
        &["12.50%", "١٢٫٥٠٪", "۱۲٫۵۰٪"],
        &["1,000", "١٬٠٠٠"],
        &["500", "٥٠٠", "۵۰۰", "५००", "৫০০", "๕๐๐", "５００", "៥០០", "𝟓𝟎𝟎"],
        &["שלום", "שָׁלוֹם", "שׁלום"],
        &["צה\"ל", "צה״ל", "צה”ל"],
        &["ג'ינס", "ג׳ינס", "ג’ינס"],
        &["תל-אביב", "תל־אביב", "תל–אביב"],
        &["カタカナ", "ｶﾀｶﾅ"],
        &[
            "メニュー",
            "ﾒﾆｭｰ",
            "メニュ-",
            "メニュ－",
            "メニュ—",
            "メニュ〜",
            "メニューー",
        ],
        &["らーめん", "ら〜めん", "ら～めん", "らーーめん"],
        &["tシャツ-2", "Ｔシャツ－２", "Tシャツ‐２"],
        &["090-1234", "090ー1234", "０９０－１２３４", "090−1234", "090–1234"],
        &["\"セール\"", "「セール」", "『セール』", "｢ｾｰﾙ｣", "〝セール〟"],
        &["1", "1\u{FE0F}\u{20E3}", "①", "❶", "➊", "１"],
        &["10", "🔟", "⑩"],
        &["👍", "👍🏻", "👍🏽", "👍🏿", "👍\u{FE0F}"],
        &["👩\u{200D}🍳", "👩🏾\u{200D}🍳"],
        &["sehr", "seħr"],
        &["ogun", "Ọ̀gún", "ògún"],
        &["bahce", "bahçe", "BAHÇE"],
        &["gel", "gəl", "GƏL"],
        &["ガ", "カ\u{3099}", "ｶﾞ"],
        &["abc123", "ＡＢＣ１２３", "𝓪𝓫𝓬①②③"],
        &["한글", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"],
        &["fi", "ﬁ", "FI"],
        &["lodz", "Łódź", "łódź"],
        &["smorrebrod", "smørrebrød"],
        &["dac biet", "đặc biệt", "ĐẶC BIỆT"],
        &["coeur", "cœur", "CŒUR"],
        &["vaer", "vær"],
        &[
            "don't",
            "don\u{2019}t",
            "DON\u{2018}T",
            "don\u{2bc}t",
            "don\u{B4}t",
            "don`t",
            "don\u{2032}t",
            "don\u{201B}t",
            "don\u{FF07}t",
            "don\u{2B9}t",
            "don\u{1FFD}t",
            "don\u{384}t",
            "don\u{A78C}t",
            "don\u{FF40}t",
        ],
        &["\"hi\"", "“hi”", "„hi“", "«hi»", "″hi″", "＂hi＂", "❝hi❞"],
        &["'hi'", "‘hi’", "‚hi‘", "‹hi›", "′hi′"],
        &[
            "e-mail",
            "e\u{2010}mail",
            "e\u{2011}mail",
            "e–mail",
            "e—mail",
            "e−mail",
            "e－mail",
            "e﹣mail",
        ],
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
        ("мой", "мои"),
        ("ї", "і"),
        ("ґ", "г"),
        ("ќ", "к"),
        ("ў", "у"),
        ("ӧ", "о"),
        ("ビル", "ビール"),
        ("びよういん", "びょういん"),
        ("はは", "ハハ"),
        ("一", "ー"),
        ("پ", "ب"),
        ("گ", "ك"),
        ("پھل", "پہل"),
        ("ے", "ي"),
        ("ء", "ا"),
        ("מ", "ם"),
        ("fuer", "fur"),
        ("its", "it's"),
        ("''", "\""),
        ("3,50", "3.50"),
        ("❤", "🧡"),
        ("二", "2"),
        ("が", "か"),
        ("パ", "ハ"),
        ("कि", "क"),
        ("की", "कि"),
        ("ड़", "ड"),
        ("ก่า", "กา"),
        ("👩\u{200D}👧", "👩👧"),
        ("🇩🇪", "🇫🇷"),
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
    assert_eq!(fold("ΚΌΣΜΟΣ"), "κοσμοσ");
    assert_eq!(fold("Ｔｅｌ：０９０ー１２３４"), "tel:090-1234");
}

/// How many characters Unicode's own forms have, the letters of which two are made counted as two.
fn spelled_by_unicode(text: &str) -> usize {
    let compatible = text.chars().nfkd().default_case_fold().nfkd();
    compatible.map(|c| if "æœþ🔟".contains(c) { 2 } else { 1 }).sum()
}

fn promises(text: &str) -> Result<(), TestCaseError> {
    let folded = fold(text);
    prop_assert_eq!(fold(&folded), folded.clone(), "idempotent");
    prop_assert_eq!(fold(&text.nfc().collect::<String>()), folded.clone(), "composed");
    prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded.clone(), "decomposed");
    prop_assert_eq!(folded.trim(), folded.as_str(), "no white space at the ends");
    prop_assert!(
        folded.chars().count() <= spelled_by_unicode(text),
        "longer than by Unicode alone: {:?}",
        folded
    );
    for umlauts in [Umlauts::Plain, Umlauts::TypedOut] {
        if let Some(quick) = quickly(text, umlauts) {
            prop_assert_eq!(quick, by_unicode(text, umlauts), "the quick way");
        }
    }
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

    /// Every decimal digit there is.
    #[test]
    fn digits_of_all_scripts(digits in "\\p{Nd}{1,6}") {
        let folded = fold(&digits);
        prop_assert_eq!(folded.len(), digits.chars().count(), "{:?}", folded);
        prop_assert!(folded.bytes().all(|digit| digit.is_ascii_digit()), "{:?}", folded);
    }

    #[test]
    fn texts_of_one_script(text in "[ -~À-ɏΆ-ώЀ-џ]{0,12}|[ -~א-ת\u{5B0}-\u{5C7}،-ە۰-۹]{0,12}|[ -~ぁ-ゖァ-ー一-丿가-각！-ﾟ〜「」]{0,12}|[ -~ऀ-९ก-๙]{0,12}") {
        promises(&text)?;
    }

    #[test]
    fn capitals_are_the_same_word(text in "[a-zA-ZÀ-ÖØ-öø-žα-ωάέήίόύώϊϋа-яёіїєґ ]{0,20}") {
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
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

/// The quick way and Unicode's tables agree about each character, alone and between others.
#[test]
fn the_quick_way_is_a_short_cut_and_no_other_way() {
    let mut known = 0;
    for c in '\0'..='\u{1FFFF}' {
        if quick(c).is_none() {
            continue;
        }
        known += 1;
        for text in [c.to_string(), format!("x{c}{c}ü{c} {c}カ{c}-{c}")] {
            for umlauts in [Umlauts::Plain, Umlauts::TypedOut] {
                assert_eq!(
                    quickly(&text, umlauts),
                    Some(by_unicode(&text, umlauts)),
                    "U+{:04X}",
                    u32::from(c)
                );
            }
        }
    }
    assert!(known > 40_000, "{known}");
    assert_eq!(fold_plain("für").1, fold_plain("fu\u{308}r").1);
}

#[test]
fn rows_are_sorted_and_yield_what_stays() {
    for pair in ROWS.windows(2) {
        assert!(pair[0].1 < pair[1].0, "{:?} before {:?}", pair[0], pair[1]);
    }
    for (first, last, _) in ROWS {
        for c in *first..=*last {
            let Some(Becomes::Sign(to)) = becomes(c) else {
                assert_eq!(becomes(c), Some(Becomes::Nothing), "U+{:04X}", u32::from(c));
                continue;
            };
            assert_eq!(becomes(to), None, "U+{:04X}", u32::from(c));
        }
    }
}
