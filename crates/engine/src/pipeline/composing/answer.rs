//! Reads what the AI answers: `{"reply": "…", "action": "none"}`, alone or within a fence or prose.

use domain::persona::ReplyAction;
use serde::Deserialize;

use crate::vault::Content;

/// What the AI wants. It has no `Debug`: it holds words.
pub(super) struct Answer {
    /// What the customer would read; may be blank.
    pub(super) text: Content,
    /// The conversation is to be left to a person.
    pub(super) hand_over: bool,
}

/// The form of an answer. Unknown keys are passed over; a known key that stands there twice is an error of serde's.
#[derive(Deserialize)]
struct Fields {
    reply: String,
    action: ReplyAction,
}

/// The first object in the answer that has the form; `None` when there is none. Small models put prose or a fence around it, and
/// may quote braces before it.
pub(super) fn read(answer: &Content) -> Option<Answer> {
    let text = answer.expose();
    let fields = text.match_indices('{').find_map(|(start, _)| {
        let mut objects = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Fields>();
        objects.next()?.ok()
    })?;
    Some(Answer {
        text: Content::new(fields.reply.trim().to_owned()),
        hand_over: fields.action == ReplyAction::HandOver,
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::vault::Content;

    fn of(text: &str) -> Option<(String, bool)> {
        let answer = read(&Content::new(text.into()))?;
        Some((answer.text.expose().to_owned(), answer.hand_over))
    }

    #[test]
    fn an_object_alone_in_a_fence_or_in_prose_is_read() {
        let object = r#"{"reply": "We open at 9.", "action": "none"}"#;
        let expected = Some(("We open at 9.".to_owned(), false));
        for text in [
            object.to_owned(),
            format!("```json\n{object}\n```"),
            format!("Sure! Here it is: {object} Anything else?"),
            format!("In the form {{reply, action}}: {object}"),
        ] {
            assert_eq!(of(&text), expected, "{text}");
        }
        let more = r#"{"action":"hand_over","confidence":1,"reply":" A person will read this. "}"#;
        assert_eq!(of(more), Some(("A person will read this.".into(), true)));
    }

    #[test]
    fn what_has_another_form_is_not_read() {
        for text in [
            "We open at 9.",
            "",
            r#"{"reply": "We open at 9."}"#,
            r#"{"reply": 9, "action": "none"}"#,
            r#"{"reply": "a", "reply": "b", "action": "none"}"#,
            r#"{"reply": "a", "action": "refund"}"#,
            r#"{"reply": "We open at"#,
            r#"["reply", "none"]"#,
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
