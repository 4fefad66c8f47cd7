//! The sentences beside a field, and the edges of every limit.

mod bounds;

use super::*;

fn said<T: std::fmt::Debug>(result: Result<T, LimitError>) -> String {
    result.expect_err("over the limit").to_string()
}

#[test]
fn canned_text_is_counted_in_bytes_and_kept_verbatim() {
    assert_eq!(check_canned("  hi\n").as_deref(), Ok("  hi\n"));
    assert!(check_canned(&"x".repeat(1_000)).is_ok());
    assert!(check_canned(&"é".repeat(500)).is_ok());
    assert_eq!(
        said(check_canned(&"ب".repeat(520))),
        "Your reply is 1,040 of 1,000 bytes, 40 too many. Instagram would refuse it; take out the last 20 characters."
    );
    assert_eq!(
        said(check_canned(&"x".repeat(1_001))),
        "Your reply is 1,001 of 1,000 bytes, 1 too many. Instagram would refuse it; take out the last character."
    );
    let families = "👨‍👩‍👧‍👦".repeat(45);
    assert_eq!(
        said(check_canned(&families)),
        "Your reply is 1,125 of 1,000 bytes, 125 too many. Instagram would refuse it; take out the last 5 characters."
    );
    assert_eq!(said(check_canned(" \n ")), "Write the reply.");
}

#[test]
fn the_other_texts_are_counted_in_characters_and_trimmed() {
    type Check = fn(&str) -> Result<String, LimitError>;
    let checks: [(Check, usize, &str); 5] = [
        (check_label, 80, "Give the rule a name."),
        (check_keyword, 80, "One keyword is blank. Take it out."),
        (check_description, 300, "Describe what the customer wants."),
        (check_prompt, 2_000, "Write the prompt."),
        (check_persona, 4_000, "Write the persona."),
    ];
    for (check, limit, missing) in checks {
        assert_eq!(check(" é ").as_deref(), Ok("é"));
        assert!(check(&format!(" {} ", "é".repeat(limit))).is_ok());
        assert!(check(&"é".repeat(limit + 1)).is_err());
        assert_eq!(said(check(" \u{3000}\n")), missing);
        assert!(said(check("a\0b")).contains("cannot be stored"));
    }
    assert_eq!(
        said(check_prompt(&"x".repeat(2_001))),
        "Your prompt is 2,001 of 2,000 characters; take out 1."
    );
}

#[test]
fn rules_are_counted() {
    assert!(check_rule_count(200).is_ok());
    assert_eq!(
        said(check_rule_count(201)),
        "201 of 200 rules. Delete one that is no longer needed."
    );
}

#[test]
fn a_field_error_names_its_field() {
    let error = FieldError::new(
        "keywords",
        &LimitError::KeywordTwice {
            keyword: "price".into(),
        },
    );
    assert_eq!(error.to_string(), "keywords: 'price' is already in this rule.");
    let json = serde_json::to_string(&error).expect("json");
    assert_eq!(
        json,
        r#"{"field":"keywords","message":"'price' is already in this rule."}"#
    );
}
