//! Who the customers are that are with a person, and the way to their chat. Meta is asked once the page is shown, so that the page does
//! not wait for it; without WebAssembly when somebody wants to know (`?who=shown`).

use std::collections::HashSet;

use domain::ids::{AccountId, ConversationId};
use domain::limits::MAX_NAMED_CUSTOMERS;
use domain::views::{AccountPage, CustomerName, QuietConversation};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::{Handle, Icon};
use crate::queries::load_customer_names;
use crate::sandbox_chat::customer_chat;

/// What Meta told. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Customers {
    /// The account that they write to.
    username: Memo<String>,
    names: RwSignal<Vec<CustomerName>>,
}

/// Whether the address asks for the names.
pub(super) fn asked_by_address() -> Memo<bool> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("who").is_some()))
}

impl Customers {
    /// `first` is what the server told with the page.
    pub(super) fn of(data: RwSignal<AccountPage>, first: Vec<CustomerName>) -> Self {
        let account = data.with_untracked(|page| page.card.brief.id);
        let shown = Memo::new(move |_| data.with(|page| named_ones(&page.quiet)));
        let told = if first.is_empty() {
            HashSet::new()
        } else {
            shown.get_untracked().into_iter().collect()
        };
        let (names, asked) = (RwSignal::new(first), StoredValue::new(told));
        Effect::new(move |_| {
            let unknown = shown.with(|shown| asked.with_value(|asked| without(shown, asked)));
            if !unknown.is_empty() {
                asked.update_value(|asked| asked.extend(&unknown));
                leptos::task::spawn_local(ask(account, unknown, names, asked));
            }
        });
        Self {
            username: Memo::new(move |_| data.with(|page| page.card.brief.username.clone())),
            names,
        }
    }

    fn of_conversation(self, conversation: ConversationId) -> Option<CustomerName> {
        let is_theirs = |name: &&CustomerName| name.conversation == conversation;
        self.names.with(|names| names.iter().find(is_theirs).cloned())
    }
}

/// The first ones: Meta is asked for no others.
fn named_ones(quiet: &[QuietConversation]) -> Vec<ConversationId> {
    quiet.iter().take(MAX_NAMED_CUSTOMERS).map(|one| one.id).collect()
}

fn without(shown: &[ConversationId], asked: &HashSet<ConversationId>) -> Vec<ConversationId> {
    shown.iter().filter(|one| !asked.contains(one)).copied().collect()
}

/// Without an answer the ends of the ids stay, and the next change of the list asks again.
async fn ask(
    account: AccountId,
    unknown: Vec<ConversationId>,
    names: RwSignal<Vec<CustomerName>>,
    asked: StoredValue<HashSet<ConversationId>>,
) {
    match load_customer_names(account.to_string()).await {
        Ok(found) => {
            names.try_update(|names| {
                names.retain(|old| found.iter().all(|new| new.conversation != old.conversation));
                names.extend(found);
            });
        }
        Err(_) => {
            asked.try_update_value(|asked| asked.retain(|one| !unknown.contains(one)));
        }
    }
}

/// Who it is, with a link to the chat; the end of the id where Meta does not tell.
#[component]
pub(super) fn Customer(customers: Customers, quiet: QuietConversation) -> impl IntoView {
    let id = quiet.id;
    move || {
        let end = quiet.customer.clone();
        let Some(found) = customers.of_conversation(id) else {
            return view! { <strong>"Customer " <bdi translate="no">{end}</bdi></strong> }.into_any();
        };
        match (found.username, found.name) {
            (Some(username), name) => with_chat(&customers.username.get(), username, name, end),
            (None, Some(name)) => {
                view! { <strong><bdi translate="no">{name}</bdi></strong> <span>"Customer " <bdi translate="no">{end}</bdi></span> }
                    .into_any()
            }
            (None, None) => {
                view! { <strong>"Customer " <bdi translate="no">{end}</bdi></strong> <span>"Meta did not tell who it is."</span> }
                    .into_any()
            }
        }
    }
}

fn with_chat(account: &str, username: String, name: Option<String>, end: String) -> AnyView {
    let (address, place) = match customer_chat(account, &username) {
        Some(address) => (address, "the sandbox"),
        None => (format!("https://ig.me/m/{username}"), "Instagram"),
    };
    let called = name.filter(|name| *name != username);
    view! {
        <strong>
            <a class="link-out" href=address target="_blank" rel="external noopener noreferrer">
                "@"<Handle name=username />
                <Icon name="external" />
                <span class="visually-hidden">{format!(": open the chat in {place} (opens in a new tab)")}</span>
            </a>
        </strong>
        <span>
            {called.map(|name| view! { <bdi translate="no">{name}</bdi> ", " })}
            "Customer " <bdi translate="no">{end}</bdi>
        </span>
    }
    .into_any()
}

/// The way to the names without WebAssembly.
#[component]
pub(super) fn ShowWho(asked: Memo<bool>) -> impl IntoView {
    move || {
        (!asked.get()).then(|| {
            view! {
                <p class="card__note small until-hydrated">
                    <a href="?who=shown#people">"Show who they are"</a>
                    ". Meta is asked for their names; they are not stored."
                </p>
            }
        })
    }
}
