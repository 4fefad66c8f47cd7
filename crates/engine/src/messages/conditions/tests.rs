//! What is prepared against both schemas is what runs.

use domain::ids::AccountId;
use domain::reasons::Reason;
use domain::time::Timestamp;
use uuid::Uuid;

use super::*;
use crate::messages::cursor::Key;
use crate::messages::sql::TAILS;

fn text(filter: &MessageFilter, seek: Seek) -> String {
    let time = TenantTime::new("UTC", Timestamp::from_millis(0));
    let conditions = Conditions::of(TenantId::from_uuid(Uuid::nil()), filter, &time).unwrap();
    let (text, values) = conditions.page("m", seek, 50);
    assert!(text.ends_with(&format!("LIMIT ${}", values.len())), "{text}");
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn conditions_are_those_that_the_catalogue_prepares() {
    let key = Key {
        created_at: Timestamp::from_millis(0),
        id: Uuid::nil(),
    };
    let waiting = MessageFilter {
        outcome: Some(OutcomeFilter::Waiting),
        ..MessageFilter::default()
    };
    assert_eq!(one_line(&text(&waiting, Seek::NewerThan(key))), one_line(TAILS[1]));
    let day = Some("2026-11-22".to_owned());
    let everything = MessageFilter {
        account: Some(AccountId::from_uuid(Uuid::nil())),
        direction: Some(Direction::Inbound),
        outcome: Some(OutcomeFilter::Sent),
        reason: Some(Reason::NoCredits),
        from: day.clone(),
        to: day,
    };
    assert_eq!(one_line(&text(&everything, Seek::OlderThan(key))), one_line(TAILS[2]));
}

#[test]
fn sent_messages_are_listed_when_they_are_asked_for() {
    let sent = MessageFilter {
        direction: Some(Direction::Outbound),
        ..MessageFilter::default()
    };
    let expected = TAILS[0]
        .replace("ORDER", "AND m.direction = $2 ORDER")
        .replace("LIMIT $2", "LIMIT $3");
    assert_eq!(text(&sent, Seek::Newest), expected);
}
