//! The permissions that are asked for at Facebook: their names, Facebook's words for them, and what each is for. The page before the
//! sign-in, the login itself and what is said about a missing one read this list.

/// One permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Meta's name: `instagram_basic`.
    pub name: &'static str,
    /// As Facebook's dialog names it.
    pub label: &'static str,
    /// What Concierge does with it.
    pub reason: &'static str,
    /// Without it nothing is connected.
    pub required: bool,
}

/// Required ones first.
pub const PERMISSIONS: [Permission; 7] = [
    Permission {
        name: "instagram_basic",
        label: "See your Instagram profile",
        reason: "To know the account’s name.",
        required: true,
    },
    Permission {
        name: "instagram_manage_messages",
        label: "Manage Instagram messages",
        reason: "To read a DM and send the reply you wrote.",
        required: true,
    },
    Permission {
        name: "pages_manage_metadata",
        label: "Receive events for the Page",
        reason: "So that a DM arrives here the moment it is sent.",
        required: true,
    },
    Permission {
        name: "pages_messaging",
        label: "Message as the Page",
        reason: "Instagram sends replies through the linked Page.",
        required: true,
    },
    Permission {
        name: "pages_show_list",
        label: "See your Pages",
        reason: "To find the Pages whose accounts can be connected.",
        required: false,
    },
    Permission {
        name: "pages_read_engagement",
        label: "Read what is on the Page",
        reason: "Meta asks for it before an app may act for a Page, and to name customers who are with a person. Posts are not read.",
        required: false,
    },
    Permission {
        name: "business_management",
        label: "See Pages of a business portfolio",
        reason: "Pages that belong to a portfolio are hidden without it.",
        required: false,
    },
];

/// As Facebook's dialog names it; its own name when it is not one of ours.
#[must_use]
pub fn label(name: &str) -> &str {
    PERMISSIONS
        .iter()
        .find(|permission| permission.name == name)
        .map_or(name, |permission| permission.label)
}
