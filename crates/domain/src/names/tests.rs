//! Every named enum says the same word to the database, to JSON and to URLs.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::UnknownName;

trait Name: Copy + Debug + Display + Ord + FromStr<Err = UnknownName> + Serialize + DeserializeOwned + 'static {}

impl<T> Name for T where
    T: Copy + Debug + Display + Ord + FromStr<Err = UnknownName> + Serialize + DeserializeOwned + 'static
{
}

fn round_trips<T: Name>(all: &[T]) {
    assert!(all.is_sorted(), "the order of declaration is the order of the values");
    let names: BTreeSet<String> = all.iter().map(T::to_string).collect();
    assert_eq!(names.len(), all.len(), "two variants of one name in {names:?}");
    for value in all {
        let name = value.to_string();
        assert!(
            name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.')),
            "{name}"
        );
        assert_eq!(name.parse::<T>().as_ref(), Ok(value));
        let json = serde_json::to_string(value).expect("a name");
        assert_eq!(json, format!("\"{name}\""));
        assert_eq!(serde_json::from_str::<T>(&json).expect("a variant"), *value);
        for almost in [
            name.to_uppercase(),
            format!(" {name}"),
            format!("{name}s"),
            name.replace('_', "-"),
        ] {
            assert!(names.contains(&almost) || almost.parse::<T>().is_err(), "{almost:?}");
        }
    }
    assert!("".parse::<T>().is_err());
}

/// Calls a generic function with all variants of each named enum.
macro_rules! with_every_enum {
    ($call:ident $(, $argument:expr)*) => {{
        $call(crate::accounts::AccountCause::all() $(, $argument)*);
        $call(crate::accounts::AccountStatusKind::all() $(, $argument)*);
        $call(crate::credits::LedgerKind::all() $(, $argument)*);
        $call(crate::messages::MessageOutcome::all() $(, $argument)*);
        $call(crate::messages::MessageKind::all() $(, $argument)*);
        $call(crate::outgoing_webhooks::WebhookEvent::all() $(, $argument)*);
        $call(crate::outgoing_webhooks::WebhookOutcome::all() $(, $argument)*);
        $call(crate::outgoing_webhooks::WebhookProblem::all() $(, $argument)*);
        $call(crate::outgoing_webhooks::SwitchedOff::all() $(, $argument)*);
        $call(crate::reasons::OutcomeKind::all() $(, $argument)*);
        $call(crate::reasons::Reason::all() $(, $argument)*);
        $call(crate::reasons::WaitReason::all() $(, $argument)*);
        $call(crate::replies::ReplyState::all() $(, $argument)*);
        $call(crate::roles::Role::all() $(, $argument)*);
        $call(crate::rules::MatchMode::all() $(, $argument)*);
        $call(crate::rules::ResponseKind::all() $(, $argument)*);
        $call(crate::messages::Author::all() $(, $argument)*);
        $call(crate::views::CandidateStanding::all() $(, $argument)*);
        $call(crate::views::ChangeSide::all() $(, $argument)*);
        $call(crate::views::ConnectNext::all() $(, $argument)*);
        $call(crate::views::ConnectProblemKind::all() $(, $argument)*);
        $call(crate::messages::Direction::all() $(, $argument)*);
        $call(crate::views::LedgerFilter::all() $(, $argument)*);
        $call(crate::views::OutcomeFilter::all() $(, $argument)*);
        $call(crate::views::Tone::all() $(, $argument)*);
    }};
}

#[test]
fn names_are_the_same_in_text_and_json() {
    with_every_enum!(round_trips);
}

/// A word from outside either is a name, letter by letter, or an error that says which enum did not know it.
fn knows_only_its_names<T: Name>(all: &[T], word: &str) {
    match word.parse::<T>() {
        Ok(value) => assert!(all.contains(&value) && value.to_string() == word),
        Err(unknown) => {
            assert_eq!(unknown.name, word);
            assert!(std::any::type_name::<T>().ends_with(unknown.what), "{unknown}");
            assert_eq!(unknown.to_string(), format!("unknown {}: {word}", unknown.what));
            assert!(serde_json::from_value::<T>(word.into()).is_err(), "{word:?}");
        }
    }
}

proptest! {
    #[test]
    fn no_other_word_is_a_name(word in prop_oneof!["[a-z_]{0,12}", any::<String>()]) {
        with_every_enum!(knows_only_its_names, &word);
    }
}

#[test]
fn stored_roles_and_kinds_say_what_they_allow() {
    use crate::messages::MessageKind;
    use crate::roles::Role;

    let may = |role: Role| (role.can_edit(), role.can_manage());
    assert_eq!(
        Role::all().iter().copied().map(may).collect::<Vec<_>>(),
        [(true, true), (true, false), (false, false)]
    );
    for pair in Role::all().windows(2) {
        assert!(may(pair[0]) > may(pair[1]), "strongest first: {pair:?}");
    }
    let wordless: Vec<&str> = MessageKind::all()
        .iter()
        .filter(|kind| !kind.carries_text())
        .map(|kind| kind.as_str())
        .collect();
    assert_eq!(
        wordless,
        [
            "attachment",
            "story_mention",
            "unsupported",
            "ephemeral",
            "unsent",
            "automation",
            "unreadable"
        ]
    );
}
