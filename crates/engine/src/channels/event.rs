//! The events of a delivery, in words that every channel shares.

use domain::messages::MessageKind;
use domain::named_enum;
use domain::time::Timestamp;

use crate::vault::Content;

/// How the key begins under which a channel records a message, also one of the account itself; the message's id follows.
pub(crate) const MESSAGE: &str = "msg:";
/// How the key begins under which a channel records that a message was taken back; the message's id follows. It outlives the
/// event: a message that arrives later, or at the same moment, was taken back all the same.
pub(crate) const TAKEN_BACK: &str = "del:";

/// Everything one webhook delivery held.
#[derive(Default)]
pub struct Delivery {
    /// What belongs to an account.
    pub events: Vec<InboundEvent>,
    /// What belongs to nobody: counted by kind, never stored.
    pub counted: Vec<CountedKind>,
}

/// One event of a delivery.
pub struct InboundEvent {
    /// Whose event this may be, the best guess first.
    pub addresses: Addresses,
    /// Unique per account, so that a repetition is recognised. At most a few hundred characters.
    pub key: String,
    /// When it happened, by the platform's clock.
    pub occurred_at: Timestamp,
    /// What happened.
    pub kind: EventKind,
}

/// The addresses in an event by which its account is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Compared with the accounts' primary address, in this order: the envelope's, then the business side's.
    pub primary: Vec<String>,
    /// Compared with the accounts' secondary address, after that.
    pub secondary: Vec<String>,
}

impl Addresses {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.primary.iter().chain(&self.secondary)
    }
}

/// What happened.
pub enum EventKind {
    /// A customer wrote.
    Message {
        /// Who.
        customer: String,
        /// The platform's message id; some postbacks have none.
        mid: Option<String>,
        /// What kind of message.
        kind: MessageKind,
        /// Their words, if there are any.
        body: Option<Content>,
    },
    /// Something that cannot be read: not who wrote, or not which message it is.
    Unreadable {
        /// The customer who wrote, if that much is known.
        customer: Option<String>,
    },
    /// The account wrote: we, a person, or another app.
    Echo {
        /// To whom.
        customer: String,
        /// The platform's message id.
        mid: String,
        /// The words, if there are any.
        text: Option<Content>,
    },
    /// The account wrote to itself.
    SelfMessage {
        /// The account's address as sender.
        sender: String,
        /// The account's address as recipient.
        recipient: String,
        /// The platform's message id.
        mid: Option<String>,
    },
    /// A customer took a message back.
    Unsent {
        /// Which.
        mid: String,
    },
    /// Deduplicated and counted, nothing else.
    Noted(CountedKind),
}

impl EventKind {
    /// The label of the metric.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Message { .. } => "message",
            Self::Unreadable { .. } => "unreadable",
            Self::Echo { .. } => "echo",
            Self::SelfMessage { .. } => "self",
            Self::Unsent { .. } => "unsent",
            Self::Noted(kind) => kind.as_str(),
        }
    }
}

named_enum! {
    /// What is only counted. The names are keys of `webhook_health` and labels of a metric.
    pub enum CountedKind {
        /// Missing or wrong signature.
        RejectedSignature = "rejected_signature",
        /// The subscription handshake.
        Handshake = "handshake",
        /// A handshake with the wrong token.
        RejectedHandshake = "rejected_handshake",
        /// Signed, but not JSON.
        NotJson = "not_json",
        /// Signed JSON of another object than this channel's.
        OtherObject = "other_object",
        /// An entry that cannot be read, so that its events have no account.
        Malformed = "malformed",
        /// One event that the database cannot take.
        Unrecorded = "unrecorded",
        /// An event for an account that is not connected.
        UnknownAccount = "unknown_account",
        /// The dashboard's test button.
        TestEvent = "test_event",
        /// A message was read.
        Read = "read",
        /// A reaction was set or removed.
        Reaction = "reaction",
        /// A link or an ad was followed.
        Referral = "referral",
        /// A message was edited.
        Edit = "edit",
        /// Consent to marketing messages.
        OptIn = "opt_in",
        /// Another app owns the thread.
        Standby = "standby",
        /// Control of the thread moved.
        ThreadControl = "thread_control",
        /// A field we did not subscribe to, such as comments.
        OtherField = "other_field",
        /// An event of a kind we do not know.
        OtherEvent = "other_event",
    }
}
