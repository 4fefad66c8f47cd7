use super::envelope::{REPLY_SCHEMA, SystemPrompt};
use super::*;

/// A change of the fixed text is a change of the policy: it needs both versions to grow.
#[test]
fn the_system_message_of_version_1() {
    assert_eq!(ENVELOPE_VERSION, 1);
    let prompt = SystemPrompt::new("Voice: warm.", "Offer a table.");
    insta::assert_snapshot!(prompt.text("kx81mzqp"));
}

#[test]
fn the_parts_stand_in_their_order() {
    let text = SystemPrompt::new("PERSONA", "PROMPT").text("canary01");
    let place = |words: &str| text.find(words).unwrap();
    let [preamble, postamble] = SystemPrompt::fixed_texts();
    let places = [
        place(preamble),
        place("canary01"),
        place("PERSONA"),
        place("PROMPT"),
        place(postamble),
    ];
    assert!(places.is_sorted(), "{places:?}");
    assert!(
        text.contains("JSON"),
        "some endpoints want the word before they answer in it"
    );
}

#[test]
fn the_preview_shows_every_fixed_word() {
    let parts = SystemPrompt::new("PERSONA", "").parts_for_preview();
    let fixed: Vec<&str> = parts
        .iter()
        .filter(|part| part.fixed)
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(fixed, SystemPrompt::fixed_texts());
    assert_eq!(parts[1].text, "PERSONA");
    let with_prompt = SystemPrompt::new("PERSONA", "PROMPT").parts_for_preview();
    assert_eq!(with_prompt[2].text, "PROMPT");
}

#[test]
fn the_schema_knows_every_action() {
    let schema: serde_json::Value = serde_json::from_str(REPLY_SCHEMA).unwrap();
    let actions: Vec<&str> = ReplyAction::all().iter().map(|action| action.as_str()).collect();
    assert_eq!(schema["properties"]["action"]["enum"], serde_json::json!(actions));
}
