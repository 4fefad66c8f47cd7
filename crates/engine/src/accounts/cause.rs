//! What Meta's refusals and our own checks say about the cause of an account's state.

use domain::accounts::AccountCause;

use crate::channels::refusal::Refusal;

pub(crate) const fn cause_of_dead_token(refusal: Refusal) -> AccountCause {
    match refusal.subcode {
        458 => AccountCause::AppRemoved,
        459 => AccountCause::Checkpoint,
        460 => AccountCause::PasswordChanged,
        463 => AccountCause::TokenExpired,
        464 => AccountCause::UserUnconfirmed,
        492 => AccountCause::RoleLost,
        _ => AccountCause::TokenInvalid,
    }
}

pub(crate) const fn cause_of_permission(refusal: Refusal) -> AccountCause {
    match (refusal.code, refusal.subcode) {
        (200, 2_534_041) => AccountCause::MessageAccessOff,
        (10, 2_534_077) => AccountCause::LinkUnverified,
        (100, 33) => AccountCause::PageGone,
        (100, 2_534_013) => AccountCause::PageUnlinked,
        (36_103, _) => AccountCause::NotEligible,
        _ => AccountCause::PermissionMissing,
    }
}
