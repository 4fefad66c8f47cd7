//! The Graph API: one file per edge. Every call goes through [`call::answer`], which applies the
//! faults and writes the call log, so that an edge only says what Meta does without faults.

pub mod access_token;
pub mod accounts;
pub mod auth;
pub mod call;
pub mod conversations;
pub mod debug_token;
pub mod dialog;
pub mod dialog_page;
pub mod error;
pub mod login_dialog;
pub mod messages;
pub mod node;
pub mod permissions;
pub mod proof;
pub mod subscribed_apps;
pub mod token_info;
