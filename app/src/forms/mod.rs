//! Forms that work before WebAssembly arrives and do better with it.
//!
//! Every form is a plain `POST` to the fixed address of a server function. Without WebAssembly the answer is a redirect, and what
//! was typed and what was wrong come back in the page's flash. With it, the form is sent in the background.

mod editor;
mod fields;
mod kind_choice;
mod post;
mod reply;
mod restored_form;
mod saved_mark;
mod state;
mod switch;
mod textarea;

pub use editor::{BothTexts, EditorFoot, KeptDraft, editor_keys};
pub use fields::{FieldError, FormError, TextField};
pub use kind_choice::TwoKinds;
pub use post::{Hidden, PlainForm, PostForm};
pub use reply::{ReplyInput, ReplyKind, ReplyText};
pub use restored_form::CameBack;
pub use saved_mark::{SavedMark, saving};
pub use state::{FormState, Outcome};
pub use switch::SwitchForm;
pub use textarea::in_textarea;
