//! One conversation over days: the facts are kept as the pipeline keeps them, and each message meets what came before.

use super::*;
use crate::disclosure;
use crate::handover::{DEFAULT_QUIET_HOURS, Handover};

const MINUTE: Duration = Duration::from_secs(60);

/// A conversation with a shop that has one rule for people and a default reply.
struct Conversation {
    config: CompiledConfig,
    now: Timestamp,
    replies: Vec<Timestamp>,
    handover: Handover,
}

impl Conversation {
    fn begin() -> Self {
        let mut person = rule(1, keywords(&["human"]), canned("Somebody will write to you."));
        person.leave_to_person = true;
        Self {
            config: compiled(vec![person], canned("Hello!")),
            now: NOW,
            replies: Vec::new(),
            handover: Handover {
                quiet_hours: DEFAULT_QUIET_HOURS,
                ..Handover::default()
            },
        }
    }

    fn after(&mut self, pause: Duration) -> &mut Self {
        self.now = self.now + pause;
        self
    }

    fn person_writes(&mut self) {
        self.handover.person_wrote = Some(self.now);
    }

    fn admin_resumes(&mut self) {
        self.handover.resumed = Some(self.now);
    }

    fn replies_within(&self, span: Duration) -> u32 {
        let recent = self.replies.iter().filter(|at| self.now.since(**at) < span);
        u32::try_from(recent.count()).expect("few")
    }

    /// The customer writes now and the message is decided `waited` later; what was sent, the disclosure line before it.
    fn hears_after(&mut self, text: &str, waited: Duration) -> Result<String, Reason> {
        let occurred_at = self.now;
        self.now = self.now + waited;
        let mut facts = input(&self.config, &IntentScores::Unavailable, Some(text));
        facts.now = self.now;
        facts.message.occurred_at = occurred_at;
        facts.conversation = ConversationFacts::new(
            occurred_at,
            occurred_at + DAY,
            &self.handover,
            self.replies_within(MINUTE * 10),
            self.replies_within(DAY),
        );
        let (rule, response) = match decide(&facts).outcome {
            Outcome::Reply { rule, response } => (rule, response),
            Outcome::Silence(reason) => return Err(reason),
            Outcome::Wait { reason, .. } => panic!("{reason}"),
        };
        let last = self.replies.last().copied();
        let due = disclosure::is_due(last, self.handover.last_with_person(), self.now);
        if rule == Some(id(1)) {
            self.handover.left_to_person = Some(self.now);
        }
        self.replies.push(self.now);
        Ok(disclosure::before(due.then_some("Automated."), response.text()))
    }

    fn hears(&mut self, text: &str) -> Result<String, Reason> {
        self.hears_after(text, Duration::from_secs(2))
    }
}

fn said(text: &str) -> Result<String, Reason> {
    Ok(text.to_owned())
}

#[test]
fn a_customer_who_asks_for_a_person_is_left_alone_with_one() {
    let mut conversation = Conversation::begin();
    assert_eq!(conversation.hears("hi"), said("Automated.\n\nHello!"));
    assert_eq!(
        conversation.after(MINUTE).hears("a human, please"),
        said("Somebody will write to you.")
    );
    assert_eq!(conversation.after(MINUTE).hears("hello?"), Err(Reason::HumanActive));

    conversation.after(HOUR).person_writes();
    assert_eq!(
        conversation.after(HOUR * 11).hears("thanks"),
        Err(Reason::HumanActive),
        "quiet counts from the last word"
    );
    let next_day = conversation.after(HOUR * 2).hears("are you open?");
    assert_eq!(
        next_day,
        said("Automated.\n\nHello!"),
        "back from a person, it says again who answers"
    );
    assert_eq!(conversation.after(MINUTE).hears("and tomorrow?"), said("Hello!"));
}

#[test]
fn an_admin_who_resumes_gives_the_conversation_back_at_once() {
    let mut conversation = Conversation::begin();
    assert_eq!(
        conversation.hears("human"),
        said("Automated.\n\nSomebody will write to you.")
    );
    conversation.after(MINUTE).admin_resumes();
    assert_eq!(conversation.after(MINUTE).hears("hi"), said("Automated.\n\nHello!"));
    assert_eq!(
        conversation.after(MINUTE).hears("human"),
        said("Somebody will write to you."),
        "it can be asked for again"
    );
    assert_eq!(conversation.after(MINUTE).hears("hi"), Err(Reason::HumanActive));
}

#[test]
fn a_person_who_is_faster_than_the_pipeline_is_not_answered_over() {
    let mut conversation = Conversation::begin();
    let asked = conversation.now;
    conversation.handover.person_wrote = Some(asked + MINUTE);
    assert_eq!(
        conversation.hears_after("price?", MINUTE * 2),
        Err(Reason::HumanAnswered)
    );
    conversation.after(HOUR * 13);
    assert_eq!(conversation.hears("and now?"), said("Automated.\n\nHello!"));
    assert_eq!(
        conversation.hears_after("still there?", DAY),
        Err(Reason::WindowClosed),
        "a day later nothing may be sent"
    );
}

#[test]
fn two_bots_stop_answering_each_other() {
    let mut conversation = Conversation::begin();
    let mut outcomes = |count: usize, pause: Duration| -> usize {
        let heard = (0..count).map(|_| conversation.after(pause).hears("beep"));
        heard
            .filter(|heard| match heard {
                Ok(_) => true,
                Err(reason) => {
                    assert_eq!(*reason, Reason::ConversationLimit);
                    false
                }
            })
            .count()
    };
    assert_eq!(outcomes(50, Duration::from_secs(1)), 6, "six in ten minutes");
    assert_eq!(outcomes(30, MINUTE * 10), 24, "and thirty in a day");
    assert_eq!(outcomes(1, DAY), 1, "the next day it goes on");
}

#[test]
fn who_asks_for_a_person_beyond_the_limit_gets_one_and_no_loop_follows() {
    let mut conversation = Conversation::begin();
    conversation.handover.quiet_hours = 0;
    for _ in 0..6 {
        assert!(conversation.after(Duration::from_secs(1)).hears("hi").is_ok());
    }
    assert_eq!(conversation.hears("hi"), Err(Reason::ConversationLimit));
    assert_eq!(conversation.hears("a human"), said("Somebody will write to you."));
    assert_eq!(conversation.hears("a human"), Err(Reason::HumanActive));

    conversation.after(MINUTE).admin_resumes();
    assert_eq!(
        conversation.after(MINUTE).hears("hi"),
        Err(Reason::ConversationLimit),
        "replies before the hand-over count"
    );
    assert_eq!(
        conversation.hears("a human"),
        said("Automated.\n\nSomebody will write to you.")
    );
    assert_eq!(conversation.hears("a human"), Err(Reason::HumanActive));
}
