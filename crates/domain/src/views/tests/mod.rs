//! The shapes survive the way to the browser and back.

mod shapes;

use super::{Count, Cursor, MessageFilter, OutcomeFilter, Place};

#[test]
fn a_capped_count_says_that_there_are_more() {
    assert_eq!(
        Count {
            value: 1_000,
            capped: true
        }
        .to_string(),
        "1,000+"
    );
    assert_eq!(
        Count {
            value: 1_204,
            capped: false
        }
        .to_string(),
        "1,204"
    );
    assert_eq!(
        Count {
            value: 12,
            capped: false
        }
        .to_string(),
        "12"
    );
}

#[test]
fn filters_and_cursors_survive_json() {
    let filter = MessageFilter {
        outcome: Some(OutcomeFilter::Failed),
        ..MessageFilter::default()
    };
    let json = serde_json::to_string(&filter).unwrap();
    assert_eq!(serde_json::from_str::<MessageFilter>(&json).unwrap(), filter);
    assert_eq!(
        serde_json::from_str::<MessageFilter>("{}").unwrap(),
        MessageFilter::default()
    );

    let cursor = Cursor::Older("1.2".into());
    let json = serde_json::to_string(&cursor).unwrap();
    assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
}

#[test]
fn places_are_tagged() {
    assert_eq!(serde_json::to_string(&Place::Credits).unwrap(), r#"{"page":"credits"}"#);
}
