//! The filter in the address of the page: links and a plain form are enough to change it.

use leptos_router::params::ParamsMap;

use crate::queries::MessageQuery;

/// What the address asks for.
pub(super) fn query_of(map: &ParamsMap) -> MessageQuery {
    let get = |name: &str| map.get(name).unwrap_or_default();
    MessageQuery {
        account: get("account"),
        direction: get("direction"),
        outcome: get("outcome"),
        reason: get("reason"),
        from: get("from"),
        to: get("to"),
        older: get("older"),
        newer: get("newer"),
    }
}

/// The address of the page that shows `query`.
pub(super) fn page_of(query: &MessageQuery) -> String {
    with_query("/admin/messages", query)
}

/// The address of the same rows as a file.
pub(super) fn export(query: &MessageQuery) -> String {
    let all = MessageQuery {
        older: String::new(),
        newer: String::new(),
        ..query.clone()
    };
    with_query("/admin/messages.csv", &all)
}

fn with_query(path: &str, query: &MessageQuery) -> String {
    let mut map = ParamsMap::new();
    for (name, value) in query.pairs() {
        if !value.is_empty() {
            map.insert(name, value.to_owned());
        }
    }
    format!("{path}{}", map.to_query_string())
}
