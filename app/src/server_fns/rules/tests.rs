use domain::rules::Matcher;

use super::RuleForm;
use crate::forms::rule_fields::*;

#[test]
fn the_form_has_the_fields_that_the_server_function_reads() {
    let json = serde_json::to_value(RuleForm::default()).unwrap();
    let mut read: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let mut sent = [
        LABEL,
        MATCHER,
        KEYWORDS,
        KEYWORD_LIST.trim_end_matches("[]"),
        MODE,
        DESCRIPTION,
        EXAMPLES,
        READY_MADE,
        THRESHOLD,
        RESPONSE,
        CANNED,
        PROMPT,
        LEAVE_TO_PERSON,
    ];
    read.sort_unstable();
    sent.sort_unstable();
    assert_eq!(read, sent);
}

fn keywords(form: RuleForm) -> Vec<String> {
    let Matcher::Keywords(matcher) = form.listens_for().unwrap() else {
        panic!("keywords")
    };
    matcher.keywords
}

#[test]
fn a_stored_list_is_taken_as_it_is_and_typed_text_is_split() {
    let stored = ["1,000 followers", "3,50", "，、،", "two\nlines", "\"quoted\""].map(str::to_owned);
    let form = RuleForm {
        keyword_list: stored.to_vec(),
        keywords: "price, \"4,50\"".into(),
        ..RuleForm::default()
    };
    let expected: Vec<String> = stored
        .into_iter()
        .chain(["price".to_owned(), "4,50".to_owned()])
        .collect();
    assert_eq!(keywords(form), expected);
    assert_eq!(keywords(RuleForm::default()), Vec::<String>::new());
}
