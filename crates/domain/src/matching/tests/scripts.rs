//! One table over scripts and modes: what a shop owner would expect a keyword to find.

use super::super::{CompiledConfig, FoldedMessage};
use super::config;
use crate::rules::MatchMode::{self, Contains, Exact, StartsWith, WholeWord};

fn found(keyword: &str, mode: MatchMode, message: &str) -> bool {
    let config = config(vec![(vec![keyword.to_owned()], mode, true)]);
    let compiled = CompiledConfig::compile(&config);
    compiled
        .match_keywords(&FoldedMessage::new(message))
        .iter()
        .next()
        .is_some()
}

#[test]
fn found_as_a_whole_word() {
    let rows = [
        ("price", "What's the PRICE?"),
        ("price", "hi.price"),
        ("price", "the price's too high"),
        ("price", "_price_ #price @price"),
        ("opening hours", "your opening\nhours please"),
        ("e-mail", "Your E-Mail?"),
        ("c++", "I love C++!"),
        ("?", "really?"),
        ("straße", "welche STRASSE ist das"),
        ("heure", "à quelle l’heure"),
        ("orario", "qual è l'orario"),
        ("ılık", "ILIK su var mı"),
        ("istanbul", "İSTANBUL'da mısınız"),
        ("preço", "qual o preco?"),
        ("preco", "QUAL O PREÇO?"),
        ("οδος", "ποια ΟΔΟΣ;"),
        ("οδός", "ΟΔΌΣ 5"),
        ("цена", "Какая ЦЕНА?"),
        ("سعر", "كم سعر هذا"),
        ("السعر", "كم السعر؟"),
        ("מחיר", "מה מחיר החולצה"),
        ("צה\"ל", "בצבא צה\"ל היום"),
        ("कीमत", "इसकी कीमत क्या है"),
        ("ราคา", "สินค้านี้ราคาเท่าไหร่"),
        ("ລາຄາ", "ມີລາຄາເທົ່າໃດ"),
        ("តម្លៃ", "មានតម្លៃប៉ុន្មាន"),
        ("ဈေး", "ဒါဈေးဘယ်လောက်လဲ"),
        ("价格", "请问这个价格是多少"),
        ("手机", "我的iPhone手机坏了"),
        ("iphone", "我的iPhone手机坏了"),
        ("値段", "お値段はいくらですか"),
        ("メニュー", "ランチメニューはありますか"),
        ("ﾒﾆｭｰ", "ランチメニューはありますか"),
        ("いくら", "これいくらですか"),
        ("가격", "이거 가격이 얼마예요?"),
        ("👍", "ok👍"),
        ("👍", "ok 👍🏽"),
        ("👍🏽", "ok👍🏽👍🏽"),
        ("👩", "👩‍👩‍👧 hi"),
        ("👩‍👧", "we 👩‍👧‍👦"),
        ("❤️", "love❤"),
        ("❤", "love ❤️‍🔥"),
        ("🇩🇪", "🇫🇷🇩🇪"),
        ("hi👋", "oh hi👋🏽 there"),
        ("50", "50€"),
        ("10:30", "at 10:30."),
        ("30", "10:30"),
    ];
    for (keyword, message) in rows {
        assert!(found(keyword, WholeWord, message), "{keyword} in {message}");
        assert!(found(keyword, Contains, message), "{keyword} in {message}");
    }
}

#[test]
fn not_a_whole_word_but_contained() {
    let rows = [
        ("hi", "this"),
        ("price", "priceless"),
        ("art", "start"),
        ("preis", "Preise"),
        ("50", "3.50"),
        ("30", "7.30"),
        ("1", "1,000"),
        ("5", "50€"),
        ("цена", "оценать"),
        ("سعر", "كم السعر"),
        ("कीमत", "कीमतें"),
        ("🇩🇪", "🇬🇩🇪🇸"),
        ("iphone", "iphones手机"),
        ("قلم", "قلمٌ"),
    ];
    for (keyword, message) in rows {
        assert!(!found(keyword, WholeWord, message), "{keyword} in {message}");
        assert!(found(keyword, Contains, message), "{keyword} in {message}");
    }
}

#[test]
fn not_found_at_all() {
    let rows = [
        ("и", "й"),
        ("и", "и\u{306}"),
        ("е", "ё"),
        ("か", "が"),
        ("ハ", "パ"),
        ("価格", "价格"),
        ("ώρα", "ωρα"),
        ("price", ""),
        ("price", "👍"),
        (" ", "a b"),
        ("\u{200B}", "anything"),
    ];
    for (keyword, message) in rows {
        for mode in MatchMode::all() {
            assert!(!found(keyword, *mode, message), "{keyword} in {message}");
        }
    }
}

#[test]
fn exact_and_starts_with() {
    let rows = [
        ("hi", " Hi \n", true, true),
        ("hi", "hi!", false, true),
        ("hi", "history", false, true),
        ("hi", "oh hi", false, false),
        ("ÜBER UNS", "uber  uns", true, true),
        ("价格", "价格", true, true),
        ("价格", "价格多少", false, true),
        ("👍", "👍🏽", false, true),
    ];
    for (keyword, message, exact, starts) in rows {
        assert_eq!(found(keyword, Exact, message), exact, "{keyword} is {message}");
        assert_eq!(
            found(keyword, StartsWith, message),
            starts,
            "{keyword} starts {message}"
        );
    }
}

#[test]
fn the_first_keyword_in_the_rules_own_order_is_named_as_spelled() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let config = config(vec![
        (words(&["costs", "PRIX", "price"]), WholeWord, true),
        (words(&["price"]), WholeWord, false),
        (words(&["much"]), WholeWord, true),
        (words(&["Price"]), Contains, true),
    ]);
    let hits = CompiledConfig::compile(&config).match_keywords(&FoldedMessage::new("price? prix?"));
    let named: Vec<(u128, &str)> = hits
        .iter()
        .map(|(id, keyword)| (id.as_uuid().as_u128(), keyword))
        .collect();
    assert_eq!(named, [(1, "PRIX"), (4, "Price")]);
    assert_eq!(hits.keyword(config.rules[3].id), Some("Price"));
    assert_eq!(hits.keyword(config.rules[1].id), None);
}

#[test]
fn a_compiled_config_is_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<CompiledConfig>();
    let compiled = CompiledConfig::compile(&config(Vec::new()));
    assert!(
        compiled
            .match_keywords(&FoldedMessage::new("hi"))
            .iter()
            .next()
            .is_none()
    );
    assert_eq!(compiled.clone().config().revision, 1);
}
