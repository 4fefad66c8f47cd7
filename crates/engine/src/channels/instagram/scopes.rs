//! The permissions: what replies cannot do without, and what else is asked for (docs/meta-app.md says why each).

use domain::permissions::{PERMISSIONS, Permission};
use domain::views::PermissionLine;

pub(crate) use domain::permissions::label;

/// Everything that the dialog asks for.
pub const WANTED: [&str; PERMISSIONS.len()] = {
    let mut names = [""; PERMISSIONS.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = PERMISSIONS[index].name;
        index += 1;
    }
    names
};

/// Without any of these nothing works.
fn required() -> impl Iterator<Item = &'static Permission> {
    PERMISSIONS.iter().filter(|permission| permission.required)
}

/// Required and not among `given`.
pub(crate) fn missing(given: &[String]) -> Vec<&'static str> {
    let is_missing = |name: &&str| !given.iter().any(|given| given == name);
    required()
        .map(|permission| permission.name)
        .filter(is_missing)
        .collect()
}

/// The required ones in Facebook's words, each given or not.
pub(crate) fn lines(given: &[String]) -> Vec<PermissionLine> {
    let line = |permission: &Permission| PermissionLine {
        name: permission.name.to_owned(),
        label: permission.label.to_owned(),
        given: given.iter().any(|given| given == permission.name),
    };
    required().map(line).collect()
}
