//! Why an account cannot send, and what Meta's refusals say about it.

use crate::channels::refusal::Refusal;
use crate::storage::StorageError;

macro_rules! causes {
    ($( $(#[$meta:meta])* $Name:ident = $text:literal => $sentence:literal ),+ $(,)?) => {
        /// Why an account cannot send; stored by name, shown as a sentence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AccountCause { $( $(#[$meta])* $Name ),+ }

        impl AccountCause {
            /// All causes.
            pub const ALL: &'static [Self] = &[$( Self::$Name ),+];

            /// The name in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$Name => $text ),+ }
            }

            /// What happened and what to do, for the admin.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $( Self::$Name => $sentence ),+ }
            }
        }
    };
}

causes! {
    /// 190/463.
    TokenExpired = "token_expired" => "The connection has expired. Connect the account again.",
    /// 190/460.
    PasswordChanged = "password_changed" => "The Facebook password was changed, which ends the connection. Connect the account again.",
    /// 190/458.
    AppRemoved = "app_removed" => "The app was removed in Facebook's settings. Connect the account again.",
    /// 190/492.
    RoleLost = "role_lost" => "The person who connected has no role on the Page any more. Somebody with a role must connect it again.",
    /// 190/459.
    Checkpoint = "checkpoint" => "Facebook asks the person who connected to sign in at facebook.com first. Then connect the account again.",
    /// 190/464.
    UserUnconfirmed = "user_unconfirmed" => "The Facebook account of the person who connected is not confirmed. Confirm it, then connect again.",
    /// Any other 190, 102 or 2500.
    TokenInvalid = "token_invalid" => "Meta no longer accepts the connection. Connect the account again.",
    /// Our own keys cannot open it.
    TokenUnreadable = "token_unreadable" => "The stored connection cannot be opened: its encryption key is missing. Your operator has to add the key, or connect the account again.",
    /// 200/2534041.
    MessageAccessOff = "message_access_off" => "“Allow access to messages” is off in the Instagram app: Settings, Messages and story replies, Message controls, Connected tools.",
    /// 10/2534077.
    LinkUnverified = "link_unverified" => "Meta cannot verify the link between the Instagram account, the Page and the person. Check two-factor authentication and the link in the Page's settings.",
    /// 100/2534013 and 100/33.
    PageUnlinked = "page_unlinked" => "The Page is not linked to the Instagram account any more. Link them again in the Page's settings.",
    /// The Page names another Instagram account than ours.
    LinkChanged = "link_changed" => "The Page is linked to another Instagram account now. Link it back in the Page's settings, or connect the account again through its present Page.",
    /// `subscribed_apps` does not list us, and subscribing again did not help.
    NotSubscribed = "not_subscribed" => "Meta does not send us the messages of this Page, and subscribing again did not help. Connect the account again and leave every permission ticked.",
    /// The person who connected asked Meta to delete their data.
    DataDeleted = "data_deleted" => "The person who connected this account asked Meta to delete their data. Somebody with a role on the Page can connect it again.",
    /// 36103.
    NotEligible = "not_eligible" => "Instagram does not allow this account to use the API yet. It must be a professional account.",
    /// Any other missing permission.
    PermissionMissing = "permission_missing" => "Meta says a permission is missing. Connect the account again and leave every permission ticked.",
    /// A throttle.
    RateLimited = "rate_limited" => "Instagram asked us to slow down. Replies go out by themselves when the pause is over.",
    /// 368 and its kind.
    PolicyBlock = "policy_block" => "Meta blocked sending for this account. Read Meta's notice in the Page's support inbox.",
}

impl AccountCause {
    /// Whether a check that finds nothing wrong proves that the cause is gone. The others show only when something is sent.
    pub(crate) const fn shows_in_a_check(self) -> bool {
        !matches!(
            self,
            Self::MessageAccessOff | Self::LinkUnverified | Self::NotEligible | Self::PermissionMissing
        )
    }

    pub(crate) const fn of_dead_token(refusal: Refusal) -> Self {
        match refusal.subcode {
            458 => Self::AppRemoved,
            459 => Self::Checkpoint,
            460 => Self::PasswordChanged,
            463 => Self::TokenExpired,
            464 => Self::UserUnconfirmed,
            492 => Self::RoleLost,
            _ => Self::TokenInvalid,
        }
    }

    pub(crate) const fn of_permission(refusal: Refusal) -> Self {
        match (refusal.code, refusal.subcode) {
            (200, 2_534_041) => Self::MessageAccessOff,
            (10, 2_534_077) => Self::LinkUnverified,
            (100, 2_534_013 | 33) => Self::PageUnlinked,
            (36_103, _) => Self::NotEligible,
            _ => Self::PermissionMissing,
        }
    }
}

impl std::str::FromStr for AccountCause {
    type Err = StorageError;

    fn from_str(name: &str) -> Result<Self, StorageError> {
        Self::ALL
            .iter()
            .copied()
            .find(|cause| cause.as_str() == name)
            .ok_or(StorageError::Corrupt("cause of a status"))
    }
}
