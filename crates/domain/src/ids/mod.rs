//! One type per kind of id, so that a tenant can never be passed where an account is meant.

use uuid::Uuid;

macro_rules! ids {
    ($( $(#[$meta:meta])* $Name:ident ),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
        pub struct $Name(Uuid);

        impl $Name {
            /// Wraps a UUID; the engine makes them (UUIDv7, so that they sort by age).
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, for the database.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Debug for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($Name), "({})"), self.0)
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $Name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<$Name> for Uuid {
            fn from(id: $Name) -> Uuid {
                id.0
            }
        }

        #[cfg(feature = "sea-orm")]
        $crate::no_number!($Name);
    )+ };
}

ids! {
    /// A business (or one client of an agency): the owner of everything below.
    TenantId,
    /// A person who signs in.
    UserId,
    /// A connected account of a channel. A reply config has no id of its own: it is keyed by this one.
    AccountId,
    /// One reply rule.
    RuleId,
    /// A message that an admin typed and kept to try again.
    ExampleId,
    /// One change in the history of a reply config.
    ChangeId,
    /// One customer's conversation with one account.
    ConversationId,
    /// A key with which a program uses the API.
    ApiKeyId,
    /// One row of the unified message log.
    MessageId,
    /// Our answer to one inbound message.
    ReplyId,
    /// One granted batch of credits.
    BatchId,
    /// One message of a conversation that is remembered, the customer's or ours.
    TurnId,
    /// One version of a tenant's persona.
    PersonaVersionId,
    /// The safety check of one text of a tenant.
    SafetyCheckId,
    /// One receiver of outgoing webhooks.
    WebhookEndpointId,
}

#[cfg(test)]
mod tests;
