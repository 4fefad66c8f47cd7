use std::collections::BTreeSet;

use super::*;

#[test]
fn forms_of_one_text_have_one_name() {
    let of = |text| hash_input(CheckedText::Persona, 1, text);
    assert_eq!(of("Caf\u{e9}\nnow"), of("Cafe\u{301}\r\nnow"));
    assert_eq!(of("a\rb"), of("a\nb"));
    assert_ne!(of("a"), of("A"));
    assert_ne!(
        of("a"),
        of("a "),
        "nothing that a model may read as a difference is dropped"
    );
}

#[test]
fn kind_envelope_and_text_make_the_name() {
    let names = [
        hash_input(CheckedText::Persona, 1, "a"),
        hash_input(CheckedText::Prompt, 1, "a"),
        hash_input(CheckedText::Persona, 2, "a"),
        hash_input(CheckedText::Persona, 12, ""),
        hash_input(CheckedText::Persona, 1, "2"),
    ];
    let different: BTreeSet<&Vec<u8>> = names.iter().collect();
    assert_eq!(different.len(), names.len());
}

#[test]
fn statuses_that_move_say_so() {
    let moving: Vec<&str> = SafetyStatus::all()
        .iter()
        .filter(|status| status.changes_by_itself())
        .map(|status| status.label())
        .collect();
    assert_eq!(moving, ["Pending", "Unchecked"]);
}
