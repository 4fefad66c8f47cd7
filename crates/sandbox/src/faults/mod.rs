//! Fault switches: what goes wrong, where, and how often. One plan is made per Graph call, so that a
//! delay and an error can be on at the same time.

pub mod answer;
mod edge;
mod kind;
mod list;
mod plan;
mod spec;

pub use edge::Edge;
pub use kind::FaultKind;
pub use list::FaultList;
pub use plan::Verdict;
pub use spec::{ActiveFault, FaultSpec};
