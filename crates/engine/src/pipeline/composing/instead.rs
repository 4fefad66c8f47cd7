//! What happens in place of an answer that may not be sent: the account's choice.

use domain::ai_fallback::AiFallback;
use domain::answer_checks::HeldBy;
use domain::ids::RuleId;
use domain::reasons::Reason;
use domain::rules::ResponseKind;

use crate::pipeline::deciding::Composed;
use crate::replies::OpenReply;
use crate::vault::Content;

/// In place of an answer.
pub(in crate::pipeline) enum Instead {
    /// These words are sent, and cost what a reply costs.
    Send(Composed),
    /// Nothing is sent.
    Skip(Skip),
}

/// Why nothing is sent.
pub(in crate::pipeline) struct Skip {
    pub(in crate::pipeline) reason: Reason,
    rule: Option<RuleId>,
    held_by: Option<HeldBy>,
    hand_over: bool,
}

impl Instead {
    /// The account's choice. `hand_over`: the AI asked for a person with the answer that is held back.
    pub(super) fn chosen(choice: AiFallback, rule: Option<RuleId>, held_by: HeldBy, hand_over: bool) -> Self {
        match choice {
            AiFallback::Canned(text) => Self::Send(Composed {
                rule,
                kind: ResponseKind::Canned,
                text: Content::new(text),
                held_by: Some(held_by),
                hand_over,
            }),
            AiFallback::HandOver | AiFallback::Silence => Self::Skip(Skip {
                reason: match held_by {
                    HeldBy::Budget => Reason::AiBudget,
                    _ => Reason::AiHeld,
                },
                rule,
                held_by: Some(held_by),
                hand_over: hand_over || choice == AiFallback::HandOver,
            }),
        }
    }

    /// The AI asked for a person and wrote nothing.
    pub(super) fn handed_over(rule: Option<RuleId>) -> Self {
        Self::Skip(Skip {
            reason: Reason::HandedOver,
            rule,
            held_by: None,
            hand_over: true,
        })
    }

    /// The text of the rule's prompt is not approved any more.
    pub(super) fn prompt_not_approved(rule: Option<RuleId>) -> Self {
        Self::Skip(Skip {
            reason: Reason::PromptNotApproved,
            rule,
            held_by: None,
            hand_over: false,
        })
    }
}

impl Skip {
    /// What the log says about it, when the reply is settled.
    pub(in crate::pipeline) fn note(&self, reply: &mut OpenReply) {
        reply.rule = self.rule;
        reply.response_kind = Some(ResponseKind::AiPrompt);
        reply.held_by = self.held_by;
        reply.hand_over = self.hand_over;
    }
}
