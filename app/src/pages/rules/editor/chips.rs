//! Keywords as chips.

use domain::limits::MAX_KEYWORDS;
use leptos::prelude::*;

use super::draft_warnings::is_doubtful;
use super::state::EditorState;
use crate::forms::ChipsField;

/// The plain field or the chips.
#[component]
pub(super) fn KeywordField(editor: EditorState) -> impl IntoView {
    view! {
        <ChipsField
            chips=editor.keywords
            label="The message contains any of"
            list_label="Keywords"
            placeholder="Add a keyword"
            most=MAX_KEYWORDS
            commas=true
            changed=Callback::new(move |()| editor.apply(|| {}))
            is_doubtful=Callback::new(move |keyword: String| editor.warnings.with(|found| is_doubtful(found, &keyword)))
        />
    }
}
