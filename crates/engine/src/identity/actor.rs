//! Who causes a change: the audit log names a person, or says that a command did it.

use domain::ids::UserId;
use domain::views::Viewer;

/// Who causes a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    User(UserId),
    /// A command on the server, or the demo's seeding.
    Command,
}

impl Actor {
    /// The person, if it is one.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User(id) => Some(id),
            Self::Command => None,
        }
    }
}

impl From<&Viewer> for Actor {
    fn from(viewer: &Viewer) -> Self {
        Self::User(viewer.user_id)
    }
}
