//! What a file looks like, and what is said about one that cannot be used.

use super::*;

fn example() -> Snapshot {
    let mut snapshot = snapshot(&[(1, "Opening hours"), (2, "Booking")]);
    snapshot.rules[0].rule.leave_to_person = true;
    snapshot.rules[1].rule = RuleDraft {
        label: "Booking".into(),
        matcher: Matcher::Prompt(IntentMatcher {
            description: "wants to book a table".into(),
            examples: Vec::new(),
            threshold: Threshold::new(0.8),
        }),
        response: Response::AiPrompt("Ask for day, time and number of guests.".into()),
        enabled: false,
        leave_to_person: false,
    };
    snapshot
}

#[test]
fn a_file_is_readable_and_stable() {
    insta::assert_snapshot!("file", write_file("bloomandstem", &example()));
}

#[test]
fn what_is_written_is_read() {
    let read = read_file(&write_file("bloomandstem", &example())).expect("a good file");
    assert_eq!(read.default_reply, example().default_reply);
    let rules: Vec<RuleDraft> = example().rules.into_iter().map(|known| known.rule).collect();
    assert_eq!(read.rules, rules);
}

fn said(text: &str) -> Vec<(String, String)> {
    let errors = read_file(text).expect_err("errors");
    errors.into_iter().map(|error| (error.field, error.message)).collect()
}

/// A file of one rule with `replaced` exchanged.
fn with(original: &str, replaced: &str) -> String {
    let file = write_file("bloomandstem", &example());
    assert!(file.contains(original), "{file}");
    file.replacen(original, replaced, 1)
}

#[test]
fn errors_name_the_place() {
    let rows = [
        (
            with("\"label\": \"Booking\"", "\"label\": \" \""),
            "rules[1].label",
            "Give the rule a name.",
        ),
        (
            with("\"opening hours\"", "\"a\", \"A\""),
            "rules[0].matcher.keywords.any_of",
            "'A' is already in this rule.",
        ),
        (
            with("0.8", "0.99"),
            "rules[1].matcher.prompt.threshold",
            "Choose a threshold from 0.50 to 0.95.",
        ),
        (
            with("\"wants to book a table\"", "\"\""),
            "rules[1].matcher.prompt.description",
            "Describe what the customer wants.",
        ),
        (
            with("\"About Opening hours.\"", "\"\""),
            "rules[0].response.canned",
            "Write the reply.",
        ),
        (with("\"Soon.\"", "\" \""), "default_reply.canned", "Write the reply."),
        (
            with("\"Ask for day, time and number of guests.\"", "\"\""),
            "rules[1].response.ai_prompt",
            "Write the prompt.",
        ),
    ];
    for (file, place, message) in rows {
        assert_eq!(said(&file), [(place.to_owned(), message.to_owned())]);
    }
}

#[test]
fn a_strange_shape_is_an_error_at_its_place() {
    let rows = [
        (
            with("\"enabled\": true", "\"enabled\": \"yes\""),
            "rules[0].enabled",
            "Here stands the string \"yes\", where true or false belongs (line",
        ),
        (
            with("\"whole_word\"", "\"fuzzy\""),
            "rules[0].matcher.keywords.mode",
            "“fuzzy” is not known here; write “whole_word”, ",
        ),
        (
            with("\"any_of\"", "\"all_of\""),
            "rules[0].matcher.keywords.all_of",
            "There is no “all_of” here; there may be “any_of” or “mode” (line",
        ),
        (
            with("\"ai_prompt\"", "\"robot\""),
            "rules[1].response",
            "“robot” is not known here; write “canned” or “ai_prompt” (line",
        ),
        (
            with("\"account\"", "\"acount\""),
            "acount",
            "There is no “acount” here; there may be ",
        ),
        (with("\"account\"", "\"\""), "file", "There is no “” here"),
        (
            with("\"version\": 1", "\"version\": 7"),
            "file",
            "of version 7; this server reads version 1",
        ),
        (
            with("\"enabled\": true", "\"enabled\": true, \"enabled\": true"),
            "rules[0]",
            "“enabled” is there twice (line",
        ),
        (with("concierge reply config", "tally"), "file", "is not a reply config"),
        (
            "{".into(),
            "file",
            "This is not a file of Concierge. The file ends too early (line 1).",
        ),
        (String::new(), "file", "not a file of Concierge"),
        ("[]".into(), "file", "not a"),
    ];
    for (file, place, message) in rows {
        let said = said(&file);
        assert_eq!(said[0].0, place, "{said:?}");
        assert!(said[0].1.contains(message), "{said:?}");
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let file = with("\"label\": \"Booking\"", "\"label\": \"\"").replace("\"Soon.\"", "\"\"");
    let places: Vec<String> = said(&file).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["default_reply.canned", "rules[1].label"]);
    let many: Vec<(u128, &str)> = (1..=201).map(|number| (number, "A")).collect();
    let file = write_file("x", &snapshot(&many));
    assert_eq!(said(&file)[0].0, "rules");
}
