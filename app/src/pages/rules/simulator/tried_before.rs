//! The message that a page without WebAssembly has just tried: its form is filled with it again, to be tried with a small change.

use domain::messages::MessageKind;
use domain::simulate::TriedMessage;

use crate::forms::RestoredForm;

/// Empty where none was tried.
pub(super) fn message_tried_before(form_id: &str) -> TriedMessage {
    let Some(notice) = RestoredForm::expect().kept_of(form_id) else {
        return TriedMessage::text("");
    };
    let value = |name: &str| {
        let field = notice.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let minutes = |name: &str| value(name).parse().ok();
    TriedMessage {
        kind: value("kind").parse().unwrap_or(MessageKind::Text),
        minutes_ago: minutes("minutes_ago").unwrap_or_default(),
        last_reply_minutes_ago: minutes("last_reply_minutes_ago"),
        person_minutes_ago: minutes("person_minutes_ago"),
        ..TriedMessage::text(value("text"))
    }
}
