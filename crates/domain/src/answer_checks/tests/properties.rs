//! What holds for every answer.

use proptest::prelude::*;

use super::sets::shops;
use crate::answer_checks::{AnswerContext, HeldBy, check_answer};

const SHOP: &str = "en_hair_salon";

fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "9",
        "10",
        ":",
        ".",
        ",",
        "-",
        "/",
        " ",
        "\n",
        "am",
        "h",
        "Uhr",
        "%",
        "$",
        "€",
        "five",
        "half",
        "past",
        "@",
        "a",
        "dot",
        "com",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "<",
        ">",
        "`",
        "*",
        "\u{20E3}",
        "\u{FE0F}",
        "\u{200D}",
        "\u{E0041}",
        "½",
        "５",
        "٥",
        "円",
        "月",
        "日",
        "Mon",
        "Friday",
        "İ",
        "ß",
        "+49",
        "0123",
        "://",
        "#",
        "I",
        "have",
        "booked",
        "not",
        "'",
        "\u{301}",
        "カ",
        "\u{0}",
        "🇩🇪",
        "x",
        "k",
        "cent",
        "to",
        "de89",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_invented_number_is_always_held(at in any::<prop::sample::Index>(), number in 201_u32..9_999, unit in 0_usize..6) {
        let shop = &shops()[SHOP];
        let (message, answer) = at.get(&shop.pairs);
        let added = match unit {
            0 => format!("£{number}"),
            1 => format!("{number} dollars"),
            2 => format!("{number}%"),
            3 => format!("{number} days"),
            4 => format!("{number}"),
            _ => format!("{}.{number}", number % 7 + 3),
        };
        let held = shop.check(message, &format!("{answer} {added}"));
        prop_assert!(held.is_err(), "{answer} {added}");
    }

    #[test]
    fn the_order_of_approved_texts_is_of_no_account(answer in pieces(), one in pieces(), two in pieces(), message in pieces()) {
        let check = |approved: &[&str]| check_answer(&answer, &AnswerContext {
            approved, quotable: &[], message: &message, max_bytes: 1_000, ..AnswerContext::default()
        });
        prop_assert_eq!(check(&[&one, &two]), check(&[&two, &one]));
    }

    #[test]
    fn a_public_sentence_is_no_quotation(at in any::<prop::sample::Index>(), of in any::<prop::sample::Index>()) {
        let shops = shops();
        let shops: Vec<_> = shops.values().collect();
        let shop = at.get(&shops);
        let sentences: Vec<&str> = shop.facts.split(['.', '\n']).filter(|sentence| !sentence.trim().is_empty()).collect();
        let sentence: &&str = of.get(&sentences);
        prop_assert_ne!(shop.check("", sentence), Err(HeldBy::Quote));
    }

    #[test]
    fn no_text_makes_it_panic(answer in any::<String>(), tricky in pieces(), approved in any::<String>(), message in any::<String>()) {
        let answer = format!("{answer}{tricky}");
        let context = AnswerContext {
            approved: &[&approved, &tricky],
            fixed: &[&tricky],
            canary: "abcdefgh",
            message: &message,
            max_bytes: answer.len(),
            ..AnswerContext::default()
        };
        let once = check_answer(&answer, &context);
        prop_assert_eq!(once, check_answer(&answer, &context));
    }
}
