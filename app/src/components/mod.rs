//! Small views that several pages share.

mod announcer;
mod avatar;
mod balance_chart;
mod banner;
mod byte_counter;
mod chart;
mod checklist;
mod confirm_dialog;
mod empty_state;
mod icon;
mod links;
mod live_connection;
mod loading;
mod named_days;
mod pager;
mod pill;
mod reload;
mod skeleton;
mod sortable;
mod status_line;
mod time;
mod toast;

pub use domain::standing::grouped as format_number;

pub use announcer::{Announcer, LiveRegions};
pub use avatar::{Avatar, Handle};
pub use balance_chart::BalanceChart;
pub use banner::Banner;
pub use byte_counter::{BYTES, ByteCounter};
pub use chart::{DayChart, Legend, has_ai};
pub use checklist::{CheckList, FixView};
pub use confirm_dialog::ConfirmDialog;
pub use empty_state::EmptyState;
pub use icon::Icon;
pub use links::{ChatLink, NextStepLink, page_path, rules_history};
pub use live_connection::{LiveConnection, LostConnection, load_again_once_connected};
pub use loading::{Loaded, live_query, render_or_error};
pub use named_days::DayLinks;
pub use pager::{Pager, by_day};
pub use pill::{PillView, tone_icon};
pub use reload::Reload;
pub use skeleton::{ListSkeleton, PageSkeleton};
pub use sortable::{DropLine, SortHandle, SortItem, Sorting, SortingSetup};
pub use status_line::StatusLine;
pub use time::{ExactTime, RelativeTime};
pub use toast::{ToastRegion, Toasts};
