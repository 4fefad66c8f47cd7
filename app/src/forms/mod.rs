//! Forms that work before WebAssembly arrives and do better with it.
//!
//! Every form is a plain `POST` to the fixed address of a server function. Without WebAssembly the answer is a redirect, and what
//! was typed and what was wrong come back in the page's flash. With it, the form is sent in the background.

mod area;
mod came_back;
mod editor;
mod fields;
mod kinds;
mod post;
mod reply;
mod saved;
mod state;
mod switch;

pub use area::in_textarea;
pub use came_back::CameBack;
pub use editor::{BothTexts, EditorFoot, KeptDraft, editor_keys};
pub use fields::{FieldError, FormError, TextField};
pub use kinds::TwoKinds;
pub use post::{Hidden, PlainForm, PostForm};
pub use reply::{ReplyInput, ReplyKind, ReplyText};
pub use saved::{SavedMark, saving};
pub use state::{FormState, Outcome};
pub use switch::SwitchForm;
