//! A column whose value is never printed: SeaORM asks every row for `Debug`.

use std::fmt;

use sea_orm::DeriveValueType;

/// Text that `Debug` leaves out.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}
