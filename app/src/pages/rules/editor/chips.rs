//! Keywords: one plain field before hydration, chips afterwards. Enter or a comma adds, Backspace in the empty field takes
//! the last one out, a pasted list is split.

use domain::limits::MAX_KEYWORDS;
use domain::rules::{is_in_quotes, join_keywords, split_keywords};
use leptos::prelude::*;

use super::draft_warnings::is_doubtful;
use super::state::EditorState;
use crate::browser;
use crate::components::Icon;
use crate::forms::FieldError;
use crate::forms::rule_fields::{KEYWORD_LIST, KEYWORDS};

/// The plain field or the chips.
#[component]
pub(super) fn KeywordField(editor: EditorState) -> impl IntoView {
    let form = editor.form;
    let id = form.part(KEYWORDS);
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    let invalid = move || form.field_error(KEYWORDS).is_some();
    let described = {
        let id = id.clone();
        move || {
            if invalid() {
                format!("{id}-error {id}-hint")
            } else {
                format!("{id}-hint")
            }
        }
    };
    let described = Signal::derive(described);
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"The message contains any of"</label>
            {
                let id = id.clone();
                move || {
                    let id = id.clone();
                    if hydrated.get() { chips(editor, id, described) } else { plain(editor, id, described) }
                }
            }
            <FieldError state=form name=KEYWORDS />
            <p class="field__hint" id=format!("{id}-hint")>
                {move || format!("{} of {MAX_KEYWORDS}. ", editor.keywords.with(Vec::len))}
                {move || {
                    if hydrated.get() {
                        view! {
                            <span class="kbd-hint">
                                <kbd>"Enter"</kbd>
                                " or a comma adds one; paste a list to add many. Quote one that holds a comma: “1,000”."
                            </span>
                        }
                            .into_any()
                    } else {
                        "Separate them with commas. Quote one that holds a comma: “1,000”.".into_any()
                    }
                }}
            </p>
        </div>
    }
    .into_any()
}

fn plain(editor: EditorState, id: String, described: Signal<String>) -> AnyView {
    let text = editor.keywords.with_untracked(|keywords| join_keywords(keywords));
    view! { <input class="input" type="text" id=id name=KEYWORDS dir="auto" value=text aria-describedby=described /> }
        .into_any()
}

fn chips(editor: EditorState, id: String, described: Signal<String>) -> AnyView {
    let selector = format!("[id='{id}']");
    let keys = {
        let selector = selector.clone();
        move |event: web_sys::KeyboardEvent| {
            if browser::is_composing(&event) || event.ctrl_key() || event.meta_key() {
                return;
            }
            match event.key().as_str() {
                "," if editor.pending_keyword.with_untracked(|pending| is_in_quotes(pending)) => {}
                "Enter" | "," => {
                    event.prevent_default();
                    editor.commit_pending_keyword();
                }
                "Backspace" if editor.pending_keyword.with_untracked(String::is_empty) => {
                    if let Some(last) = editor.keywords.with_untracked(|keywords| keywords.last().cloned()) {
                        editor.remove_keyword(&last);
                        browser::focus(selector.clone());
                    }
                }
                _ => {}
            }
        }
    };
    let typed = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        editor.pending_keyword.set(text.clone());
        // A pasted list, or a comma of an input method that reports no key.
        if is_in_quotes(&text) {
            return;
        }
        if split_keywords(&text).len() > 1 || text.contains(['\n', ',', '，', '、', '،']) {
            editor.commit_pending_keyword();
        }
    };
    // A text field would join the lines of a pasted list into one word.
    let pasted = move |event: web_sys::ClipboardEvent| {
        let Some(text) = browser::pasted_text(&event).filter(|text| split_keywords(text).len() > 1) else {
            return;
        };
        event.prevent_default();
        editor.pending_keyword.update(|pending| pending.push_str(&text));
        editor.commit_pending_keyword();
    };
    let invalid = move || editor.form.field_error(KEYWORDS).is_some();
    view! {
        <div class="chips">
            <ul aria-label="Keywords">
                <For each=move || editor.keywords.get() key=Clone::clone children=move |keyword| chip(editor, keyword, selector.clone()) />
            </ul>
            <input
                type="text"
                id=id
                dir="auto"
                placeholder="Add a keyword"
                autocomplete="off"
                prop:value=move || editor.pending_keyword.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
                on:keydown=keys
                on:input=typed
                on:paste=pasted
                on:blur=move |event| {
                    if editor.form.is_mounted() && !browser::moves_to_form_buttons(&event) {
                        editor.commit_pending_keyword();
                    }
                }
            />
        </div>
    }
    .into_any()
}

fn chip(editor: EditorState, keyword: String, input: String) -> AnyView {
    let class = {
        let keyword = keyword.clone();
        move || {
            if editor.warnings.with(|found| is_doubtful(found, &keyword)) {
                "chip chip--warn"
            } else {
                "chip"
            }
        }
    };
    let remove = {
        let keyword = keyword.clone();
        move |_| {
            editor.remove_keyword(&keyword);
            browser::focus(input.clone());
        }
    };
    view! {
        <li class=class>
            <input type="hidden" name=KEYWORD_LIST value=keyword.clone() />
            <bdi>{keyword.clone()}</bdi>
            <button type="button" aria-label=format!("Remove {keyword}") on:click=remove>
                <Icon name="x" />
            </button>
        </li>
    }
    .into_any()
}

impl EditorState {
    /// Turns the typed text into chips; a duplicate is an error of the field.
    pub(super) fn commit_pending_keyword(&self) {
        let typed = split_keywords(&self.pending_keyword.get_untracked());
        self.pending_keyword.set(String::new());
        if typed.is_empty() {
            return;
        }
        let mut twice = None;
        self.apply(|| {
            self.keywords.update(|keywords| {
                for keyword in &typed {
                    let lower = keyword.to_lowercase();
                    if keywords.iter().any(|there| there.to_lowercase() == lower) {
                        twice = Some(keyword.clone());
                    } else {
                        keywords.push(keyword.clone());
                    }
                }
            });
        });
        let count = self.keywords.with_untracked(Vec::len);
        self.form.set_field_error(
            KEYWORDS,
            twice.as_ref().map(|it| format!("'{it}' is already in this rule.")),
        );
        if twice.is_none() {
            self.rules
                .announcer
                .say(format!("Added {}. {}.", typed.join(", "), keyword_count(count)));
        }
    }

    /// Removes one.
    pub(super) fn remove_keyword(&self, keyword: &str) {
        self.apply(|| {
            self.keywords
                .update(|keywords| keywords.retain(|there| there != keyword))
        });
        let count = self.keywords.with_untracked(Vec::len);
        self.rules
            .announcer
            .say(format!("Removed {keyword}. {}.", keyword_count(count)));
    }
}

fn keyword_count(count: usize) -> String {
    if count == 1 {
        "1 keyword".to_owned()
    } else {
        format!("{count} keywords")
    }
}
