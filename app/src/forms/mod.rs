//! Forms that work before WebAssembly arrives and are enhanced by it.
//!
//! Every form is a plain `POST` to the fixed address of a server function. Without WebAssembly the answer is a redirect, and what
//! was typed and what was wrong come back in the page's flash. With it, the form is sent in the background.

mod chips;
mod editor;
mod fields;
mod kind_choice;
mod password_field;
mod persona_form;
mod post;
mod put_away;
mod reply;
mod restored_form;
pub mod rule_fields;
mod saved_mark;
mod slow_note;
mod state;
mod switch;
mod textarea;

pub use chips::{ChipInput, ChipsField};
pub use editor::{ConflictBanner, DraftBanner, EditorActions, PutAwayBanner, editor_keys, offer_undo_of_putting_away};
pub use fields::{FieldError, FormError, TextField};
pub use kind_choice::KindChoice;
pub use password_field::PasswordField;
pub use persona_form::{FACT_FIELDS, OWN_TEXT, PersonaForm};
pub use post::{Hidden, PlainForm, PostForm};
pub use put_away::PutAway;
pub use reply::{ReplyInput, ReplyKind, ReplyText};
pub use restored_form::RestoredForm;
pub use saved_mark::{SavedMark, track_saved};
pub use slow_note::{SLOW, SLOW_AND_KEPT, SlowNote};
pub use state::{FormState, Outcome};
pub use switch::SwitchForm;
pub use textarea::textarea_text;
