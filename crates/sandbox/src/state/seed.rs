//! The world every sandbox starts with: two shops with Instagram, one Page without, some customers.

use std::collections::HashMap;

use serde::Serialize;

use super::accounts::{IgAccount, Page, TASKS, Token};
use super::ids;

/// A seeded Page as the demo and the tests need it for connecting an account.
#[derive(Clone, Debug, Serialize)]
pub struct SeededPage {
    /// The Page.
    pub page_id: String,
    /// Its Instagram account.
    pub ig_id: Option<String>,
    /// The account's user name.
    pub username: Option<String>,
    /// The Page's name.
    pub name: String,
    /// The newest token of the Page.
    pub token: String,
}

struct Shop {
    page_id: &'static str,
    name: &'static str,
    ig: Option<(&'static str, &'static str)>,
}

const SHOPS: [Shop; 3] = [
    Shop {
        page_id: "109442017735516",
        name: "Copper Kettle Coffee",
        ig: Some(("17841460093318274", "copperkettle.coffee")),
    },
    Shop {
        page_id: "112870639204418",
        name: "Fern & Fjord Outfitters",
        ig: Some(("17841452270914836", "fernandfjord")),
    },
    Shop {
        page_id: "105318846672093",
        name: "Harbour Lane Books",
        ig: None,
    },
];

/// Handle and language of the customers on the chat page.
pub const CUSTOMERS: [(&str, &str); 5] = [
    ("yuki.maps", "English"),
    ("oliva.verde", "Spanish"),
    ("qamar_22", "Arabic"),
    ("der.fahrradbote", "German"),
    ("two.dogs.one.tent", "English"),
];

/// Webhook fields the linked Pages are subscribed to at the start.
pub const SUBSCRIBED: [&str; 7] = [
    "messages",
    "messaging_postbacks",
    "message_reactions",
    "message_reads",
    "messaging_referrals",
    "standby",
    "messaging_handovers",
];

/// The three Pages for an app id; the same values in every sandbox of that app.
pub fn seeded_pages(app_id: &str) -> [SeededPage; 3] {
    SHOPS.map(|shop| SeededPage {
        page_id: shop.page_id.to_owned(),
        ig_id: shop.ig.map(|(id, _)| id.to_owned()),
        username: shop.ig.map(|(_, username)| username.to_owned()),
        name: shop.name.to_owned(),
        token: ids::page_token(app_id, shop.page_id, 0),
    })
}

/// The seeded Pages with their tokens, subscribed where an account is linked.
pub fn pages(app_id: &str) -> (Vec<Page>, HashMap<String, Token>) {
    let mut tokens = HashMap::new();
    let now = crate::clock::system_ms() / 1000;
    let pages = seeded_pages(app_id)
        .into_iter()
        .map(|seed| {
            tokens.insert(seed.token.clone(), Token::new(&seed.page_id, now));
            let ig = seed.ig_id.zip(seed.username);
            let ig = ig.map(|(ig_id, username)| IgAccount { ig_id, username });
            let fields = if ig.is_some() { &SUBSCRIBED[..] } else { &[] };
            Page {
                page_id: seed.page_id,
                name: seed.name,
                ig,
                token: seed.token,
                token_generation: 0,
                subscribed: fields.iter().map(|field| (*field).to_owned()).collect(),
                tasks: TASKS.map(str::to_owned).to_vec(),
                unlisted: false,
            }
        })
        .collect();
    (pages, tokens)
}
