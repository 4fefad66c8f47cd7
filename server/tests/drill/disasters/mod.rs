//! What goes wrong with a deployment as a whole: its disk is full, its machine is lost, a release turns out to be bad.

mod full_disk;
mod report;
mod restore;
mod upgrade;

pub use full_disk::full_disk;
pub use report::{Report, table};
pub use restore::restore;
pub use upgrade::{NO_PREVIOUS, previous_beside_current};
