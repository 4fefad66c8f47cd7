//! What a member of a tenant may do.

use crate::names::named_enum;

named_enum! {
    /// A member's role within one tenant, strongest first.
    pub enum Role {
        /// Everything, members and connections included.
        Owner = "owner",
        /// Rules, replies, persona and switches.
        Editor = "editor",
        /// Looks, changes nothing.
        Viewer = "viewer",
    }
}

impl Role {
    /// May change rules, replies, the persona and the switches.
    #[must_use]
    pub const fn can_edit(self) -> bool {
        matches!(self, Self::Owner | Self::Editor)
    }

    /// May connect and disconnect accounts and look after members.
    #[must_use]
    pub const fn can_manage(self) -> bool {
        matches!(self, Self::Owner)
    }
}
