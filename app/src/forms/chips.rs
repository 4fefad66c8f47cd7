//! A list of short texts: one plain field before hydration, chips afterwards. Enter adds, Backspace in the empty field takes the last
//! one out, a pasted list is split.

use domain::rules::{is_in_quotes, join_keywords};
use leptos::prelude::*;

use super::{FieldError, FormState};
use crate::browser;
use crate::components::{Announcer, Icon};

/// A list that is being typed. Cheap to copy.
#[derive(Clone, Copy)]
pub struct ChipInput {
    /// The form it belongs to.
    pub form: FormState,
    /// Of the field.
    pub name: &'static str,
    /// `keyword` and `this rule`: one chip, and what holds them.
    pub words: (&'static str, &'static str),
    /// Takes a pasted or typed text apart.
    pub split: fn(&str) -> Vec<String>,
    /// The chips.
    pub items: RwSignal<Vec<String>>,
    /// Typed, not yet a chip.
    pub pending: RwSignal<String>,
    /// Sends each chip in a field of this name; none sends one field with a chip a line.
    list_name: Option<&'static str>,
    /// What is wrong with the list.
    check: Option<ListCheck>,
    announcer: Announcer,
}

/// The sentence about the first limit that a list breaks.
type ListCheck = fn(&[String]) -> Option<String>;

impl ChipInput {
    /// Begins with `items`; what was typed before hydration follows.
    #[must_use]
    pub fn new(
        form: FormState,
        name: &'static str,
        words: (&'static str, &'static str),
        split: fn(&str) -> Vec<String>,
        items: Vec<String>,
    ) -> Self {
        let items = RwSignal::new(items);
        form.on_pre_hydration(name, move |typed| items.set(split(&typed)));
        Self {
            form,
            name,
            words,
            split,
            items,
            pending: RwSignal::new(String::new()),
            list_name: None,
            check: None,
            announcer: Announcer::expect(),
        }
    }

    /// The chips are sent as a list, each as it is.
    #[must_use]
    pub fn as_list(self, name: &'static str) -> Self {
        Self {
            list_name: Some(name),
            ..self
        }
    }

    /// What is wrong with the list is said when the field is left, and no longer once it is put right.
    #[must_use]
    pub fn checked_by(self, check: fn(&[String]) -> Option<String>) -> Self {
        Self {
            check: Some(check),
            ..self
        }
    }

    /// Turns the typed text into chips; a duplicate and a limit that is not kept are errors of the field. True when something changed.
    pub fn commit(&self) -> bool {
        let typed = (self.split)(&self.pending.get_untracked());
        self.pending.set(String::new());
        if typed.is_empty() {
            return false;
        }
        let mut twice = None;
        self.items.update(|items| {
            for item in &typed {
                let lower = item.to_lowercase();
                if items.iter().any(|there| there.to_lowercase() == lower) {
                    twice = Some(item.clone());
                } else {
                    items.push(item.clone());
                }
            }
        });
        if twice.is_none() {
            self.announcer
                .say(format!("Added {}. {}.", typed.join(", "), self.count()));
        }
        let twice = twice.map(|item| format!("'{item}' is already in {}.", self.words.1));
        self.form.set_field_error(self.name, twice.or_else(|| self.problem()));
        true
    }

    /// Of a list that somebody began: an error under a field that nobody touched would move what is being clicked.
    fn problem(&self) -> Option<String> {
        let check = self.check?;
        self.items
            .with_untracked(|items| if items.is_empty() { None } else { check(items) })
    }

    /// The field is left with nothing typed behind the last chip. An error that is shown stays.
    fn check_when_left(&self) {
        if let Some(problem) = self.problem() {
            self.form.set_field_error(self.name, Some(problem));
        }
    }

    fn remove(&self, item: &str) {
        self.items.update(|items| items.retain(|there| there != item));
        if self.check.is_some() && untrack(|| self.form.field_error(self.name)).is_some() {
            self.form.set_field_error(self.name, self.problem());
        }
        self.announcer.say(format!("Removed {item}. {}.", self.count()));
    }

    fn count(&self) -> String {
        let (count, noun) = (self.items.with_untracked(Vec::len), self.words.0);
        if count == 1 {
            format!("1 {noun}")
        } else {
            format!("{count} {noun}s")
        }
    }
}

/// The plain field or the chips, with label, error and hint.
#[component]
pub fn ChipsField(
    chips: ChipInput,
    label: &'static str,
    /// The accessible name of the list.
    list_label: &'static str,
    /// `Add a keyword`.
    placeholder: &'static str,
    most: usize,
    /// A comma adds too.
    #[prop(optional)]
    commas: bool,
    /// Runs after each change.
    changed: Callback<()>,
    /// Whether a chip needs a second look.
    #[prop(optional, into)]
    is_doubtful: Option<Callback<String, bool>>,
) -> impl IntoView {
    let ChipInput { form, name, .. } = chips;
    let id = form.part(name);
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    let invalid = move || form.field_error(name).is_some();
    let described = {
        let id = id.clone();
        Signal::derive(move || {
            if invalid() {
                format!("{id}-error {id}-hint")
            } else {
                format!("{id}-hint")
            }
        })
    };
    let input = Input {
        placeholder,
        commas,
        described,
        changed,
        is_doubtful,
    };
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>{label}</label>
            {
                let id = id.clone();
                move || {
                    let id = id.clone();
                    if hydrated.get() { chip_list(chips, id, list_label, input) } else { plain(chips, id, input) }
                }
            }
            <FieldError state=form name />
            <p class="field__hint" id=format!("{id}-hint")>
                {move || format!("{} of {most}. ", chips.items.with(Vec::len))}
                {move || how_to_add(hydrated.get(), commas)}
            </p>
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Input {
    placeholder: &'static str,
    commas: bool,
    described: Signal<String>,
    changed: Callback<()>,
    is_doubtful: Option<Callback<String, bool>>,
}

fn how_to_add(hydrated: bool, commas: bool) -> AnyView {
    match (hydrated, commas) {
        (true, true) => {
            view! {
                <kbd translate="no">"Enter"</kbd>
                " or comma adds the next one. "
                <span class="kbd-hint">"Paste a list to add many. Quote one that holds a comma: “1,000”."</span>
            }
                .into_any()
        }
        (true, false) => {
            view! { <kbd translate="no">"Enter"</kbd> " adds the next one. " <span class="kbd-hint">"Paste lines to add many."</span> }
                .into_any()
        }
        (false, true) => "Separate them with commas. Quote one that holds a comma: “1,000”.".into_any(),
        (false, false) => "One a line.".into_any(),
    }
}

fn plain(chips: ChipInput, id: String, input: Input) -> AnyView {
    let text = chips.items.with_untracked(|items| match input.commas {
        true => join_keywords(items),
        false => items.join("\n"),
    });
    let described = input.described;
    if input.commas {
        return view! { <input class="input" type="text" id=id name=chips.name dir="auto" value=text aria-describedby=described /> }
            .into_any();
    }
    let text = super::textarea_text(&text);
    view! { <textarea class="textarea" id=id name=chips.name dir="auto" aria-describedby=described>{text}</textarea> }
        .into_any()
}

fn chip_list(chips: ChipInput, id: String, list_label: &'static str, input: Input) -> AnyView {
    let selector = format!("[id='{id}']");
    let commit = move || {
        let changed = chips.commit();
        if changed {
            input.changed.run(());
        }
        changed
    };
    let left = move |event: web_sys::FocusEvent| {
        if chips.form.is_mounted() && !browser::moves_to_form_buttons(&event) && !commit() {
            chips.check_when_left();
        }
    };
    let remove = move |item: &str, selector: String| {
        chips.remove(item);
        input.changed.run(());
        browser::focus(selector);
    };
    let keys = {
        let selector = selector.clone();
        move |event: web_sys::KeyboardEvent| {
            if browser::is_composing(&event) || event.ctrl_key() || event.meta_key() {
                return;
            }
            match event.key().as_str() {
                "Enter" => {
                    event.prevent_default();
                    commit();
                }
                "," if input.commas && !chips.pending.with_untracked(|pending| is_in_quotes(pending)) => {
                    event.prevent_default();
                    commit();
                }
                "Backspace" if chips.pending.with_untracked(String::is_empty) => {
                    if let Some(last) = chips.items.with_untracked(|items| items.last().cloned()) {
                        remove(&last, selector.clone());
                    }
                }
                _ => {}
            }
        }
    };
    let typed = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        // A pasted list, or a comma of an input method that reports no key.
        let is_list = !(input.commas && is_in_quotes(&text))
            && ((chips.split)(&text).len() > 1 || input.commas && text.contains(['\n', ',', '，', '、', '،']));
        chips.pending.set(text);
        if is_list {
            commit();
        }
    };
    // A text field would join the lines of a pasted list into one word.
    let pasted = move |event: web_sys::ClipboardEvent| {
        let Some(text) = browser::pasted_text(&event).filter(|text| (chips.split)(text).len() > 1) else {
            return;
        };
        event.prevent_default();
        chips.pending.update(|pending| pending.push_str(&text));
        commit();
    };
    let form = chips.form;
    let invalid = move || form.field_error(chips.name).is_some();
    let children = {
        let selector = selector.clone();
        move |item: String| {
            let selector = selector.clone();
            chip(
                item.clone(),
                chips.list_name,
                input.is_doubtful,
                Callback::new(move |()| remove(&item, selector.clone())),
            )
        }
    };
    view! {
        <div class="chips">
            <ul aria-label=list_label>
                <For each=move || chips.items.get() key=Clone::clone children=children />
            </ul>
            <input
                type="text"
                id=id
                dir="auto"
                placeholder=input.placeholder
                autocomplete="off"
                enterkeyhint="enter"
                prop:value=move || chips.pending.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=input.described
                on:keydown=keys
                on:input=typed
                on:paste=pasted
                on:blur=left
            />
        </div>
        {chips
            .list_name
            .is_none()
            .then(|| {
                view! {
                    <input type="hidden" name=chips.name value=move || chips.items.with(|items| items.join("\n")) />
                }
            })}
    }
    .into_any()
}

fn chip(
    item: String,
    list_name: Option<&'static str>,
    is_doubtful: Option<Callback<String, bool>>,
    remove: Callback<()>,
) -> AnyView {
    let class = {
        let item = item.clone();
        move || {
            if is_doubtful.is_some_and(|is_doubtful| is_doubtful.run(item.clone())) {
                "chip chip--warn"
            } else {
                "chip"
            }
        }
    };
    view! {
        <li class=class>
            {list_name.map(|name| view! { <input type="hidden" name=name value=item.clone() /> })}
            <bdi translate="no">{item.clone()}</bdi>
            <button type="button" aria-label=format!("Remove {item}") on:click=move |_| remove.run(())>
                <Icon name="x" />
            </button>
        </li>
    }
    .into_any()
}
