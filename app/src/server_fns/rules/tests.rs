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
