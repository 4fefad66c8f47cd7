//! `/admin/rules/instagram/{id}/history` and `…/transfer`: a reply config as a whole. What was changed and the way back, files, and
//! copies. Every change is previewed, and the forms are plain: they end on another page.

mod copy;
mod diff;
mod head;
mod history;
mod import;
mod preview;
mod transfer;

pub use history::HistoryPage;
pub use transfer::TransferPage;
