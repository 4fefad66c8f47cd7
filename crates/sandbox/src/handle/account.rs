//! Accounts by any of their names.

use super::error::ControlError;
use crate::state::accounts::IgAccount;
use crate::state::world::World;

/// The Instagram account behind a Page id, Instagram id or user name.
pub(super) fn find_account(world: &World, name: &str) -> Result<IgAccount, ControlError> {
    let page = world
        .page(name)
        .ok_or_else(|| ControlError::UnknownAccount(name.to_owned()))?;
    page.ig
        .clone()
        .ok_or_else(|| ControlError::NoInstagram(name.to_owned()))
}
