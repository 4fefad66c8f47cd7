//! When the line is due, what it takes of a reply, and a conversation over weeks.

use proptest::prelude::*;

use super::*;
use crate::limits::{MAX_CANNED_BYTES, check_canned};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn it_is_due_first_after_a_lapse_and_after_a_person() {
    let at = |ago: Duration| Some(NOW - ago);
    let rows = [
        (None, None, true),
        (None, at(MINUTE), true),
        (at(MINUTE), None, false),
        (at(LAPSE - MINUTE), None, false),
        (at(LAPSE), None, true),
        (at(MINUTE), at(MINUTE * 2), false),
        (at(MINUTE * 2), at(MINUTE), true),
        (at(MINUTE), at(MINUTE), true),
    ];
    for (reply, person, due) in rows {
        assert_eq!(is_due(reply, person, NOW), due, "{reply:?} {person:?}");
    }
}

#[test]
fn it_counts_in_the_bytes() {
    for line in [None, Some("This is an automated assistant."), Some("é")] {
        assert_eq!(before(line, "hi").len(), "hi".len() + bytes_added(line));
    }
    assert_eq!(before(Some("Automated."), "hi"), "Automated.\n\nhi");
}

#[test]
fn it_is_trimmed_and_short() {
    assert_eq!(check(" \n "), Ok(None));
    assert_eq!(check(" Automated. "), Ok(Some("Automated.".into())));
    assert!(check(&"x".repeat(MAX_DISCLOSURE_BYTES)).is_ok());
    let error = check(&"x".repeat(MAX_DISCLOSURE_BYTES + 1)).expect_err("too long");
    assert_eq!(error.field, "disclosure");
    assert_eq!(
        error.message,
        "Your line is 301 of 300 bytes. It stands before replies; make it shorter."
    );
    assert!(check("a\0b").is_err());
}

/// What happens in a conversation that Concierge answers.
#[derive(Clone, Copy, Debug)]
enum Event {
    CustomerWrites,
    PersonWrites,
    DaysPass(u32),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::CustomerWrites),
        1 => Just(Event::PersonWrites),
        2 => (1..9_u32).prop_map(Event::DaysPass),
    ]
}

proptest! {
    /// Over any conversation: the first automatic reply carries the line, every one after a person does, and between two that carry
    /// it without a person in between there is a week without any.
    #[test]
    fn a_conversation_hears_it_as_often_as_needed_and_not_more(events in prop::collection::vec(event(), 0..60)) {
        let mut now = NOW;
        let (mut last_reply, mut last_person) = (None, None);
        let mut person_since_reply = false;
        for event in events {
            now = now + MINUTE;
            match event {
                Event::DaysPass(days) => now = now + Duration::from_secs(24 * 60 * 60) * days,
                Event::PersonWrites => {
                    last_person = Some(now);
                    person_since_reply = true;
                }
                Event::CustomerWrites => {
                    let silence = last_reply.map(|reply| now.since(reply));
                    let expected = person_since_reply || silence.is_none_or(|silence| silence >= LAPSE);
                    prop_assert_eq!(is_due(last_reply, last_person, now), expected, "after {:?}", silence);
                    last_reply = Some(now);
                    person_since_reply = false;
                }
            }
        }
    }

    /// Once due it stays due until something is sent.
    #[test]
    fn waiting_never_makes_it_superfluous(
        reply in prop::option::of(0..20_000_u32),
        person in prop::option::of(0..20_000_u32),
        (first, later) in (0..20_000_u32, 0..20_000_u32),
    ) {
        let at = |minutes: u32| NOW + MINUTE * minutes;
        let (reply, person) = (reply.map(at), person.map(at));
        let due = |minutes: u32| is_due(reply, person, at(minutes));
        prop_assert!(!due(first) || due(first + later));
    }

    /// Every line that is accepted leaves room: a reply as long as the rest is, with the line before it, what Instagram takes.
    #[test]
    fn an_accepted_line_leaves_room_for_a_reply(line in "\\PC{0,320}", text in "[a-z]{1,40}") {
        let Ok(line) = check(&line) else { return Ok(()) };
        let line = line.as_deref();
        let room = MAX_CANNED_BYTES - bytes_added(line);
        prop_assert!(room >= MAX_CANNED_BYTES - MAX_DISCLOSURE_BYTES - 2);
        prop_assert!(check_canned(&before(line, &"x".repeat(room))).is_ok());
        prop_assert!(check_canned(&before(line, &"x".repeat(room + 1))).is_err());
        let sent = before(line, &text);
        prop_assert!(sent.ends_with(&text) && sent.starts_with(line.unwrap_or_default()));
        prop_assert_eq!(check(line.unwrap_or_default()), Ok(line.map(str::to_owned)), "accepted again as it is");
    }
}
