//! Confirmation of an action that affects every customer.

use leptos::html::Dialog;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A modal dialog after hydration; before that a block with the same two choices.
#[component]
pub fn ConfirmDialog(
    open: RwSignal<bool>,
    /// Unique on the page.
    id: String,
    #[prop(into)] title: Signal<String>,
    /// What happens.
    #[prop(into)]
    body: ViewFn,
    /// Label of the choice that changes nothing.
    keep: &'static str,
    /// The form that confirms.
    children: ChildrenFn,
) -> impl IntoView {
    let id = StoredValue::new(id);
    give_focus_back(open);
    let content = StoredValue::new((body, children));
    view! {
        <Show when=move || open.get()>
            {move || {
                let (body, confirm) = content.get_value();
                view! { <Modal open id=id.get_value() title=title body=body.run() keep confirm=confirm() /> }
            }}
        </Show>
    }
    .into_any()
}

/// Restores the focus when the dialog closes, whatever closed it.
fn give_focus_back(open: RwSignal<bool>) {
    Effect::new(move |opener: Option<Option<SendWrapper<HtmlElement>>>| {
        if open.get() {
            let focused = document().active_element().and_then(|it| it.dyn_into().ok());
            return focused.map(SendWrapper::new);
        }
        if let Some(opener) = opener.flatten() {
            let _ = opener.focus();
        }
        None
    });
}

#[component]
fn Modal(
    open: RwSignal<bool>,
    id: String,
    title: Signal<String>,
    body: AnyView,
    keep: &'static str,
    confirm: AnyView,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // `open` in the page as it came shows it without being modal; showModal refuses while it is set.
            let _ = dialog.remove_attribute("open");
            let _ = dialog.show_modal();
        }
    });
    let close = move || open.set(false);
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class="dialog"
            id=id
            open
            aria-labelledby=labelled_by
            node_ref=dialog
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                close();
            }
        >
            <div class="dialog__body">
                <h2 class="dialog__title" id=title_id>{move || title.get()}</h2>
                {body}
            </div>
            <div class="dialog__foot">
                <a
                    class="btn"
                    href="?"
                    on:click=move |event| {
                        event.prevent_default();
                        close();
                    }
                >
                    {keep}
                </a>
                {confirm}
            </div>
        </dialog>
    }
    .into_any()
}
