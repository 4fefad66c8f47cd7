//! What a draft may hold, and what is said about what it may not.

use super::super::*;
use crate::limits::FieldError;

fn keywords(keywords: &[&str]) -> Matcher {
    let keywords = keywords.iter().map(|keyword| (*keyword).to_owned()).collect();
    Matcher::Keywords(KeywordMatcher {
        keywords,
        mode: MatchMode::Contains,
    })
}

fn draft(matcher: Matcher) -> RuleDraft {
    RuleDraft {
        label: " Prices ".into(),
        matcher,
        response: Response::Canned(" 5 € ".into()),
        enabled: true,
        leave_to_person: false,
    }
}

fn errors(draft: &RuleDraft) -> Vec<(String, String)> {
    let errors = draft.validate().expect_err("errors");
    errors
        .into_iter()
        .map(|FieldError { field, message }| (field, message))
        .collect()
}

fn the_error(draft: &RuleDraft) -> (String, String) {
    let mut errors = errors(draft);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

#[test]
fn a_good_draft_is_trimmed_and_its_canned_text_is_not() {
    let valid = draft(keywords(&[" Price ", "how  much", "❤️"]))
        .validate()
        .expect("valid");
    assert_eq!(valid.label, "Prices");
    assert_eq!(valid.matcher, keywords(&["Price", "how  much", "❤️"]));
    assert_eq!(valid.response, Response::Canned(" 5 € ".into()));
    assert_eq!(valid.validate().as_ref(), Ok(&valid));
}

#[test]
fn keywords_are_checked() {
    let cases: [(&[&str], &str); 7] = [
        (&[], "Add at least one keyword."),
        (&["a", " "], "One keyword is blank. Take it out."),
        (&["a", "\u{200B}\u{FEFF}"], "One keyword is blank. Take it out."),
        (&["preço", "PRECO"], "'PRECO' is already in this rule."),
        (&["Straße", "strasse"], "'strasse' is already in this rule."),
        (&["don\u{2019}t", "don't"], "'don't' is already in this rule."),
        (
            &["opening  hours", "Opening hours"],
            "'Opening hours' is already in this rule.",
        ),
    ];
    for (typed, message) in cases {
        assert_eq!(
            the_error(&draft(keywords(typed))),
            ("keywords".to_owned(), message.to_owned())
        );
    }
    let long = "k".repeat(81);
    let (_, message) = the_error(&draft(keywords(&[&long])));
    assert_eq!(message, "Your keyword is 81 of 80 characters; take out 1.");
    let many: Vec<String> = (0..53).map(|number| format!("k{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let (_, message) = the_error(&draft(keywords(&many)));
    assert_eq!(
        message,
        "This rule has 53 of 50 keywords. Take out 3, or add a second rule."
    );
    assert!(draft(keywords(&many[..50])).validate().is_ok());
}

#[test]
fn different_words_may_stand_side_by_side() {
    assert!(draft(keywords(&["й", "и", "が", "か"])).validate().is_ok());
}

#[test]
fn prompt_matchers_are_checked() {
    let prompt = |description: &str, threshold: f64| {
        let description = description.to_owned();
        draft(Matcher::Prompt(IntentMatcher {
            description,
            examples: Vec::new(),
            threshold: Threshold::new(threshold),
        }))
    };
    for threshold in [0.50, 0.72, 0.95] {
        assert!(prompt("wants to book", threshold).validate().is_ok());
    }
    for threshold in [0.0, 0.49, 0.951, 1.0, -1.0, f64::NAN, f64::INFINITY] {
        let (field, message) = the_error(&prompt("wants to book", threshold));
        assert_eq!(field, "threshold");
        assert_eq!(message, "Choose a threshold from 0.50 to 0.95.");
    }
    assert_eq!(the_error(&prompt(" ", 0.7)).0, "description");
}

#[test]
fn everything_wrong_is_said_at_once_in_the_order_of_the_form() {
    let draft = RuleDraft {
        label: String::new(),
        matcher: Matcher::Prompt(IntentMatcher {
            description: String::new(),
            examples: Vec::new(),
            threshold: Threshold::new(2.0),
        }),
        response: Response::AiPrompt(String::new()),
        enabled: false,
        leave_to_person: false,
    };
    let fields: Vec<String> = errors(&draft).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["label", "description", "threshold", "prompt"]);
}

#[test]
fn the_default_reply_is_checked_like_any_other() {
    let canned = Response::Canned(" Hello ".into());
    assert_eq!(validate_default_reply(&canned).as_ref(), Ok(&canned));
    let prompt = validate_default_reply(&Response::AiPrompt(" Answer kindly ".into()));
    assert_eq!(prompt, Ok(Response::AiPrompt("Answer kindly".into())));
    let errors = validate_default_reply(&Response::Canned(" ".into())).expect_err("blank");
    assert_eq!(errors[0].field, "canned");
    let errors = validate_default_reply(&Response::AiPrompt(" ".into())).expect_err("blank");
    assert_eq!(errors[0].field, "prompt");
}

#[test]
fn a_comma_in_open_quotes_belongs_to_the_keyword() {
    for (typed, expected) in [
        ("\"1", true),
        ("price, “1,000", true),
        ("\"1,000\"", false),
        ("\"1,000\", \"3", true),
        ("price", false),
        ("12\"", false),
        ("", false),
    ] {
        assert_eq!(is_in_quotes(typed), expected, "{typed}");
    }
}

#[test]
fn a_stored_list_is_shown_as_it_would_be_typed() {
    let list = |keywords: &[&str]| keywords.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(join_keywords(&list(&["price", "how much"])), "price, how much");
    assert_eq!(
        join_keywords(&list(&["1,000 followers", "3,50"])),
        "\"1,000 followers\", \"3,50\""
    );
    assert_eq!(join_keywords(&list(&["12\"", "two\nlines"])), "12\", two lines");
}

#[test]
fn pasted_lists_are_split() {
    assert_eq!(
        split_keywords("price, Preis ,\nhow much\r\n\tcosto,,"),
        ["price", "Preis", "how much", "costo"]
    );
    assert_eq!(split_keywords("价格，多少钱、费用"), ["价格", "多少钱", "费用"]);
    assert_eq!(split_keywords("السعر، الثمن"), ["السعر", "الثمن"]);
    assert!(split_keywords(" ,\n").is_empty());
    let rows: [(&str, &[&str]); 8] = [
        ("\"1,000 followers\", price", &["1,000 followers", "price"]),
        ("price, “3,50”,„4,50“ , «5,50»", &["price", "3,50", "4,50", "5,50"]),
        ("\"say \"\"hi\"\", or not\"", &["say \"hi\", or not"]),
        // Quotation marks that protect nothing, or are not closed, are the admin's own.
        ("\"sale\", “new”", &["\"sale\"", "“new”"]),
        ("12\", 14\"", &["12\"", "14\""]),
        ("\"1,000 followers", &["\"1", "000 followers"]),
        ("\"1,000\" followers", &["\"1", "000\" followers"]),
        ("\"\", \",\"", &["\"\"", ","]),
    ];
    for (typed, expected) in rows {
        assert_eq!(split_keywords(typed), expected, "{typed}");
    }
}

#[test]
fn examples_are_split_at_line_ends_only() {
    assert_eq!(
        split_examples(" a table, for two?\r\n\n\tdo you have room  \n"),
        ["a table, for two?", "do you have room"]
    );
    assert!(split_examples(" \n\r\n").is_empty());
}
