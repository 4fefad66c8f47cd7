//! The search by names: a modal dialog with a field and the list of what fits.

use domain::views::{Names, Place};
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::Overlays;
use super::search::{Target, find};
use crate::browser;
use crate::components::{Icon, page_path};
use crate::queries::load_names;
use crate::viewer::may_edit;

const PAGES: [(&str, &str); 8] = [
    ("Overview", "/admin"),
    ("Instagram accounts", "/admin/instagram"),
    ("Messages", "/admin/messages"),
    ("Credits", "/admin/credits"),
    ("Persona", "/admin/persona"),
    ("Settings", "/admin/settings"),
    ("Health", "/admin/health"),
    ("Connect account", "/admin/instagram/connect"),
];

/// The dialog.
pub(super) fn go_to(overlays: Overlays) -> AnyView {
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let names = RwSignal::new(None::<Result<Names, String>>);
    leptos::task::spawn_local(async move {
        let answer = load_names().await.map_err(|error| error.to_string());
        let _ = names.try_set(Some(answer));
    });
    let targets = Memo::new(move |_| {
        names.with(|names| match names {
            Some(Ok(names)) => targets(names),
            _ => targets(&Names::default()),
        })
    });
    let found = Memo::new(move |_| targets.with(|targets| typed.with(|typed| find(targets, typed))));
    let navigate = use_navigate();
    let go = Callback::new(move |address: String| {
        overlays.leave();
        navigate(&address, leptos_router::NavigateOptions::default());
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        if browser::is_composing(&event) {
            return;
        }
        let (at, count) = (chosen.get_untracked(), found.with_untracked(Vec::len));
        let to = match event.key().as_str() {
            "ArrowDown" if count > 0 => (at + 1) % count,
            "ArrowUp" if count > 0 => (at + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                if let Some(target) = found.with_untracked(|found| found.get(at).cloned()) {
                    go.run(target.address);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(to);
        if let Some(option) = browser::element(&format!("#go-to-{to}")) {
            browser::scroll_into_view_if_needed(&option);
        }
    };
    let status = move || match names.get() {
        None => "Looking up accounts and rules …".to_owned(),
        Some(Err(error)) => error,
        Some(Ok(_)) => match found.with(Vec::len) {
            0 => "Nothing has this name.".to_owned(),
            1 => "1 found.".to_owned(),
            count => format!("{count} found."),
        },
    };
    let content = view! {
        <div class="go-to__field">
            <Icon name="search" />
            <input
                class="input"
                id="go-to"
                type="text"
                role="combobox"
                aria-label="Page, account or rule"
                aria-expanded="true"
                aria-controls="go-to-list"
                aria-autocomplete="list"
                aria-activedescendant=move || found.with(|found| (!found.is_empty()).then(|| format!("go-to-{}", chosen.get())))
                placeholder="Page, account or rule"
                autocomplete="off"
                spellcheck="false"
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    chosen.set(0);
                }
                on:keydown=keys
            />
        </div>
        <ul class="go-to__list" id="go-to-list" role="listbox" aria-label="What fits">
            {move || found.get().into_iter().enumerate().map(|(index, target)| option(index, target, chosen, go)).collect_view()}
        </ul>
        <p class="go-to__status muted small" role="status">{status}</p>
    };
    modal(overlays, "Go to", content.into_any())
}

fn option(index: usize, target: Target, chosen: RwSignal<usize>, go: Callback<String>) -> AnyView {
    let address = target.address;
    view! {
        <li
            class="go-to__option"
            id=format!("go-to-{index}")
            role="option"
            aria-selected=move || (chosen.get() == index).to_string()
            on:click=move |_| go.run(address.clone())
        >
            <bdi translate="no">{target.label}</bdi>
            <span class="muted small">{target.detail}</span>
        </li>
    }
    .into_any()
}

fn targets(names: &Names) -> Vec<Target> {
    let target = |label: &str, detail: String, address: String, is_usual| Target {
        label: label.to_owned(),
        detail,
        address,
        is_usual,
    };
    let name_of = |id| names.accounts.iter().find(|account| account.id == id);
    let pages = PAGES.map(|(label, address)| target(label, "Page".into(), address.into(), true));
    let accounts = names.accounts.iter().flat_map(|account| {
        let (id, name) = (account.id, &account.username);
        let rules = format!("Rules of {name}");
        [
            target(name, "Account".into(), page_path(Place::Account { id }), true),
            target(&rules, "Page".into(), page_path(Place::Rules { id }), true),
        ]
    });
    let edit = may_edit();
    let rules = names.rules.iter().map(|rule| {
        let (id, page) = (rule.id, page_path(Place::Rules { id: rule.account }));
        let query = if edit { format!("?edit={id}") } else { String::new() };
        let whose = name_of(rule.account).map_or("", |account| account.username.as_str());
        let detail = format!("Rule {} of {whose}", rule.position);
        target(&rule.label, detail, format!("{page}{query}#rule-{id}"), false)
    });
    pages.into_iter().chain(accounts).chain(rules).collect()
}

/// Above everything else.
pub(super) fn modal(overlays: Overlays, title: &'static str, content: AnyView) -> AnyView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            let _ = dialog.show_modal();
        }
    });
    let outside = move |event: web_sys::MouseEvent| {
        let on_backdrop = event
            .target()
            .zip(event.current_target())
            .is_some_and(|(target, current)| target == current);
        if on_backdrop {
            overlays.close();
        }
    };
    view! {
        <dialog
            class="dialog go-to"
            aria-label=title
            node_ref=dialog
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                overlays.close();
            }
            on:click=outside
        >
            {content}
        </dialog>
    }
    .into_any()
}
