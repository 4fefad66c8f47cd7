use super::{AiFallback, MAX_FALLBACK_BYTES};
use crate::disclosure;
use crate::limits::{MAX_CANNED_BYTES, MAX_DISCLOSURE_BYTES};

#[test]
fn the_stored_form_is_tagged_json() {
    let stored = [
        (
            AiFallback::Canned("A colleague will write.".into()),
            r#"{"kind":"canned","text":"A colleague will write."}"#,
        ),
        (AiFallback::HandOver, r#"{"kind":"hand_over"}"#),
        (AiFallback::Silence, r#"{"kind":"silence"}"#),
    ];
    for (choice, json) in stored {
        assert_eq!(serde_json::to_string(&choice).unwrap(), json);
        assert_eq!(serde_json::from_str::<AiFallback>(json).unwrap(), choice);
    }
}

#[test]
fn the_longest_text_fits_behind_the_longest_line() {
    let longest = "a".repeat(MAX_FALLBACK_BYTES);
    assert!(AiFallback::Canned(longest.clone()).check().is_ok());
    let line = "b".repeat(MAX_DISCLOSURE_BYTES);
    assert_eq!(disclosure::before(Some(&line), &longest).len(), MAX_CANNED_BYTES);
    let error = AiFallback::Canned(longest + "a").check().unwrap_err();
    assert_eq!(error.field, "canned");
}

#[test]
fn a_blank_text_is_refused_and_the_other_choices_need_none() {
    assert!(AiFallback::Canned(" ".into()).check().is_err());
    assert_eq!(AiFallback::HandOver.check(), Ok(AiFallback::HandOver));
    assert_eq!(AiFallback::default().check(), Ok(AiFallback::Silence));
}
