//! A list that people put into order: with a mouse, a finger or the keyboard, all through one callback.
//!
//! The owner draws the rows; this adds a handle to each, the line that shows where a row would land, and the words for people who
//! do not see it. Rows stay where they are until they are dropped: a row that moves in the document loses the focus.
//!
//! ```ignore
//! let sorting = Sorting::new(SortingSetup { noun: "rule", row: "rule-", items, place, step, enabled });
//! view! {
//!     <div class="sortable">
//!         <ol>
//!             <li id="rule-7" class:is-lifted=sorting.is_lifted("7")>
//!                 <div data-sort-card><SortHandle sorting key="7" name position /></div>
//!             </li>
//!         </ol>
//!         <DropLine sorting />
//!     </div>
//! }
//! ```

mod drag;
mod drop_line;
mod handle;
mod keys;
mod pointer;
mod slots;
mod sorting;

pub use drop_line::DropLine;
pub use handle::SortHandle;
pub use sorting::{SortItem, Sorting, SortingSetup};
