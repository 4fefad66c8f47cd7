//! Who causes a change: the audit log names a person or the key of a program, or says that a command did it.

use domain::ids::{ApiKeyId, UserId};
use domain::views::Viewer;

/// Who causes a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    User(UserId),
    /// A program with this key.
    ApiKey(ApiKeyId),
    /// A command on the server, or the demo's seeding.
    Command,
}

impl Actor {
    /// The person, if it is one.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User(id) => Some(id),
            Self::ApiKey(_) | Self::Command => None,
        }
    }

    /// The key, if it is a program.
    #[must_use]
    pub const fn api_key(self) -> Option<ApiKeyId> {
        match self {
            Self::ApiKey(id) => Some(id),
            Self::User(_) | Self::Command => None,
        }
    }
}

impl From<&Viewer> for Actor {
    fn from(viewer: &Viewer) -> Self {
        Self::User(viewer.user_id)
    }
}
