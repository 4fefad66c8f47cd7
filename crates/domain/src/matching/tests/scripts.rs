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
        ("heure", "à quelle l´heure"),
        ("all'aperto", "all`aperto?"),
        ("perché", "perche' no"),
        ("für", "fuer mich"),
        ("für", "fur mich"),
        ("fuer", "etwas für mich"),
        ("Öffnungszeiten", "OEFFNUNGSZEITEN?"),
        ("Schluesselanhaenger", "grüne Schlüsselanhänger"),
        ("Müller & Söhne", "muller & sohne"),
        ("Müller & Söhne", "mueller & söhne"),
        ("København", "Koebenhavn"),
        ("Aarhus", "til Århus?"),
        ("price?", "the price please"),
        ("¿cuánto cuesta?", "cuanto cuesta el azul"),
        ("prix ?", "quel prix"),
        ("“sale”", "is the sale on"),
        ("1)", "1"),
        ("500", "٥٠٠ جنيه"),
        ("2", "۲"),
        ("1", "1️⃣"),
        ("orario", "qual è l'orario"),
        ("ılık", "ILIK su var mı"),
        ("istanbul", "İSTANBUL'da mısınız"),
        ("preço", "qual o preco?"),
        ("preco", "QUAL O PREÇO?"),
        ("οδος", "ποια ΟΔΟΣ;"),
        ("οδός", "ΟΔΌΣ 5"),
        ("τιμή", "ποια ειναι η τιμη;"),
        ("ώρες", "ΩΡΕΣ"),
        ("ещё", "а еще есть?"),
        ("цена", "Какая ЦЕНА?"),
        ("سعر", "كم سعر هذا"),
        ("السعر", "كم السعر؟"),
        ("قلم", "قلمٌ أزرق"),
        ("مدينة", "في مدينه نصر"),
        ("کتاب", "كتاب"),
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
        ("メニュー", "ﾗﾝﾁﾒﾆｭ-はありますか"),
        ("らーめん", "味噌ら〜めんください"),
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
        ("قلم", "قلمنا"),
        ("1", "١٢"),
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
        ("か", "が"),
        ("ハ", "パ"),
        ("価格", "价格"),
        ("fuer", "fur"),
        ("fur", "fuer"),
        ("essen", "wir müssen"),
        ("ess", "küssn"),
        ("ビール", "ビル"),
        ("پھل", "پہل"),
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
        ("👍", "👍🏽", true, true),
        ("hi!", "hi", true, true),
        ("hi!", "Hi!", true, true),
        ("hi!", "hi?", false, true),
        ("¿cuánto?", "cuanto cuesta", false, true),
        ("¿cuánto?", "¿Cuánto?", true, true),
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
