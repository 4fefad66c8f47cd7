//! Whatever stands in the address of the callback is read: the first of each field, and no more than is there.

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::*;

fn query(pairs: &[(&str, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

fn code(read: &CallbackQuery) -> Option<&str> {
    read.code.as_ref().map(ExposeSecret::expose_secret)
}

fn kept(read: &CallbackQuery) -> usize {
    let texts = [
        read.state.as_deref(),
        code(read),
        read.refusal.error.as_deref(),
        read.refusal.reason.as_deref(),
    ];
    texts.into_iter().flatten().map(str::len).sum()
}

/// Fields that Facebook may add, and those whose texts are anybody's.
fn any_other_pairs() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let names = [
        "error_message",
        "error_description",
        "granted_scopes",
        "State",
        "code ",
        "_",
        "",
    ];
    prop::collection::vec((prop::sample::select(names.to_vec()), any::<String>()), 0..4)
}

fn any_known_pair() -> impl Strategy<Value = (&'static str, String)> {
    let names = ["state", "code", "error", "error_reason", "error_code"];
    let values = prop_oneof![any::<String>(), any::<u64>().prop_map(|number| number.to_string())];
    (prop::sample::select(names.to_vec()), values)
}

/// What Facebook sends after a sign-in.
const COMES_BACK: [(&str, &str); 2] = [("state", "ours"), ("code", "AQB-7_x")];

proptest! {
    #[test]
    fn any_address_is_read_and_no_more_is_kept_than_it_holds(
        text in any::<String>(),
        escapes in "((state|code|error|error_reason|error_code)=(%[0-9A-Fa-f]{0,2}|[^a]){0,8}&?){0,4}",
    ) {
        for query in [text, escapes] {
            let read = CallbackQuery::parse(&query);
            prop_assert!(kept(&read) <= query.len());
            // Whatever refuses has a kind, which names no text of the address.
            let _kind: ConnectProblemKind = read.refusal.kind();
            prop_assert_eq!(format!("{read:?}"), "CallbackQuery");
        }
    }

    #[test]
    fn what_stands_around_a_sign_in_changes_nothing(
        before in any_other_pairs(),
        between in any_other_pairs(),
        after in prop::collection::vec(any_known_pair(), 0..4),
        turned in any::<bool>(),
    ) {
        let mut fields = COMES_BACK.map(|(name, value)| (name, value.to_owned()));
        if turned {
            fields.reverse();
        }
        let [first, second] = fields;
        // A second one of the same name is somebody's addition.
        let repeated = after.into_iter().filter(|(name, _)| ["state", "code"].contains(name));
        let pairs: Vec<_> = before.into_iter().chain([first]).chain(between).chain([second]).chain(repeated).collect();
        let read = CallbackQuery::parse(&query(&pairs));
        prop_assert_eq!(read.state.as_deref(), Some("ours"));
        prop_assert_eq!(code(&read), Some("AQB-7_x"));
        prop_assert!(!read.refusal.is_there());
    }

    #[test]
    fn a_refusal_is_told_by_its_words_and_its_number_alone(
        refusal in prop::collection::vec(any_known_pair(), 0..4),
        around in any_other_pairs(),
    ) {
        let bare = CallbackQuery::parse(&query(&refusal));
        let pairs: Vec<_> = around.into_iter().chain(refusal.iter().cloned()).collect();
        let read = CallbackQuery::parse(&query(&pairs));
        prop_assert_eq!(&read.refusal, &bare.refusal);
        let refuses = |(name, _): &(&str, String)| name.starts_with("error");
        prop_assert_eq!(read.refusal.is_there(), refusal.iter().any(refuses));
    }

    #[test]
    fn a_number_that_is_none_is_a_refusal_of_no_known_kind(text in "[^0-9+]{0,12}") {
        let read = CallbackQuery::parse(&query(&[("error_code", text)]));
        prop_assert_eq!(read.refusal.code, Some(0));
        prop_assert_eq!(read.refusal.kind(), ConnectProblemKind::LoginRefused);
    }
}
