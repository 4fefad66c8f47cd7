//! Small views that several pages share.

mod ask;
mod avatar;
mod banner;
mod chart;
mod checklist;
mod counter;
mod data;
mod empty;
mod icon;
mod live;
mod moment;
mod pill;
mod place;
mod reload;
mod skeleton;
mod sortable;
mod status;
mod toast;

pub use ask::AskFirst;
pub use avatar::{Avatar, Handle};
pub use banner::Banner;
pub use chart::{DayChart, Legend, has_ai};
pub use checklist::{CheckList, FixView};
pub use counter::ByteCounter;
pub use data::{Loaded, live, load_or};
pub use empty::Empty;
pub use icon::Icon;
pub use live::{Announcer, LiveRegions};
pub use moment::{Ago, When};
pub use pill::{PillView, tone_icon};
pub use place::{address, step_link};
pub use reload::Reload;
pub use skeleton::{ListSkeleton, PageSkeleton};
pub use sortable::{DropLine, SortHandle, SortItem, Sorting, SortingSetup};
pub use status::{StatusLine, grouped};
pub use toast::{ToastRegion, Toasts};
