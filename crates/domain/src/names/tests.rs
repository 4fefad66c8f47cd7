//! Every named enum says the same word to the database, to JSON and to URLs.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

fn round_trips<T>(all: &[T])
where
    T: Copy + Debug + Display + PartialEq + FromStr<Err = crate::UnknownName> + Serialize + DeserializeOwned,
{
    for value in all {
        let name = value.to_string();
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{name}");
        assert_eq!(name.parse::<T>().as_ref(), Ok(value));
        let json = serde_json::to_string(value).expect("a name");
        assert_eq!(json, format!("\"{name}\""));
        assert_eq!(serde_json::from_str::<T>(&json).expect("a variant"), *value);
    }
    let unknown = "no such name".parse::<T>().expect_err("unknown");
    assert_eq!(unknown.name, "no such name");
}

#[test]
fn names_are_the_same_in_text_and_json() {
    round_trips(crate::accounts::AccountCause::all());
    round_trips(crate::accounts::AccountStatusKind::all());
    round_trips(crate::credits::LedgerKind::all());
    round_trips(crate::messages::Author::all());
    round_trips(crate::messages::Direction::all());
    round_trips(crate::messages::MessageKind::all());
    round_trips(crate::messages::MessageOutcome::all());
    round_trips(crate::reasons::OutcomeKind::all());
    round_trips(crate::reasons::Reason::all());
    round_trips(crate::reasons::WaitReason::all());
    round_trips(crate::replies::ReplyState::all());
    round_trips(crate::roles::Role::all());
    round_trips(crate::rules::MatchMode::all());
    round_trips(crate::rules::ResponseKind::all());
}
