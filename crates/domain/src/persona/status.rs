//! How far the safety check of a text is.

use crate::names::named_enum;

named_enum! {
    /// How far the safety check of a text is.
    pub enum SafetyStatus {
        /// No check was asked for: the AI is off.
        Draft = "draft",
        /// The check was asked for.
        Pending = "pending",
        /// The AI may use it.
        Approved = "approved",
        /// The AI must not use it.
        Rejected = "rejected",
        /// The check could not be made, or its verdict contradicts itself. It is tried again.
        Unchecked = "unchecked",
    }
}

impl SafetyStatus {
    /// Its word on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Pending => "Pending",
            Self::Approved => "Approved",
            Self::Rejected => "Rejected",
            Self::Unchecked => "Unchecked",
        }
    }

    /// Whether a page that shows it will change by itself.
    #[must_use]
    pub const fn changes_by_itself(self) -> bool {
        matches!(self, Self::Pending | Self::Unchecked)
    }
}
