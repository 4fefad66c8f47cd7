//! Every id that a route takes, asked for by somebody of another tenant.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use app::endpoints;
use domain::ids::AccountId;
use engine::accounts::{AccountRegistry, NewInstagramAccount};
use engine::identity::Actor;
use http::Method;
use server::http::routes::table::{IdOf, Kind, ROUTES, Route};
use uuid::Uuid;

use crate::shared::{TestDatabase, for_each_database};
use crate::support::{Answer, Browser, World};

/// A reply config to import.
const FILE: &str =
    r#"{"format":"concierge reply config","version":1,"default_reply":{"canned":"Thank you."},"rules":[]}"#;
/// Arguments that are no ids, for every function that has an id: names that a function does not know are ignored.
const OTHERS: [(&str, &str); 21] = [
    ("enabled", "true"),
    ("place", "top"),
    ("version", "1"),
    ("list_version", "1"),
    ("revision", "1"),
    ("to", "1"),
    ("side", "before"),
    ("key", "hours"),
    ("label", "Prices"),
    ("keywords", "price"),
    ("mode", "contains"),
    ("canned", "Ten euros."),
    ("response", "canned"),
    ("quiet_hours", "12"),
    ("text", "how much is it?"),
    ("minutes_ago", "5"),
    ("pages[0]", "100000000000001"),
    ("data", "keep"),
    ("file", FILE),
    ("url", "http://127.0.0.1:9/"),
    ("events[0]", "reply.sent"),
];

/// The ids of one tenant.
struct Ids {
    account: String,
    things: BTreeMap<&'static str, String>,
}

impl Ids {
    fn of(&self, what: IdOf) -> String {
        let name = match what {
            IdOf::Account => return self.account.clone(),
            IdOf::Rule => "rule",
            IdOf::Example => "example",
            IdOf::Change => "change",
            IdOf::WebhookEndpoint => "endpoint",
            IdOf::Conversation | IdOf::LoginAttempt => return Uuid::from_u128(7).to_string(),
        };
        self.things[name].clone()
    }
}

async fn ids_of_owner(world: &World, owner: &mut Browser) -> Ids {
    let account = world.account.to_string();
    let on = ("account", account.as_str());
    owner.call(endpoints::ADD_STARTER, &[on, ("key", "hours")]).await;
    let message = [on, ("text", "how much is it?"), ("minutes_ago", "5")];
    owner.call(endpoints::ADD_EXAMPLE, &message).await;
    let webhook = [("url", "http://127.0.0.1:9/"), ("events[0]", "reply.sent")];
    owner.call(endpoints::ADD_WEBHOOK, &webhook).await;
    let webhooks = owner.call(endpoints::LOAD_WEBHOOKS, &[]).await.json();
    let rules = owner.call(endpoints::LOAD_RULES, &[on]).await.json();
    let simulator = owner.call(endpoints::LOAD_SIMULATOR, &[on]).await.json();
    let history = owner.call(endpoints::LOAD_HISTORY, &[on]).await.json();
    let text = |value: &serde_json::Value| value.as_str().expect("an id").to_owned();
    let things = BTreeMap::from([
        ("rule", text(&rules["rules"][0]["rule"]["id"])),
        ("example", text(&simulator["examples"][0]["id"])),
        ("change", text(&history[0]["id"])),
        ("endpoint", text(&webhooks["endpoints"][0]["id"])),
    ]);
    Ids { account, things }
}

async fn account_of_stranger(world: &World) -> AccountId {
    let new = NewInstagramAccount {
        tenant: world.stranger.tenant,
        ig_id: "17841400000000002".into(),
        page_id: "100000000000002".into(),
        username: "elsewhere".into(),
        name: "Elsewhere".into(),
        page_token: "token".into(),
        auto_reply: true,
    };
    let engine = &world.engine;
    let registry = AccountRegistry::new(engine.database(), engine.clock().clone(), engine.vault().clone());
    registry.add_instagram(&new, Actor::Command).await.unwrap().account
}

async fn ask(browser: &mut Browser, route: &Route, ids: &[(&str, String)]) -> Answer {
    if *route.method == Method::GET {
        return browser.get(&route.path.replace("{id}", &ids[0].1)).await;
    }
    let given = ids.iter().map(|(name, id)| (*name, id.as_str()));
    let fields: Vec<_> = given.chain(OTHERS).collect();
    browser.call(route.path, &fields).await
}

#[tokio::test]
async fn no_id_of_another_tenant_leads_anywhere() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut owner = world.signed_in(&world.owner).await;
        let mut stranger = world.signed_in(&world.stranger).await;
        let theirs = ids_of_owner(&world, &mut owner).await;
        let own = account_of_stranger(&world).await.to_string();
        for route in ROUTES.iter().filter(|route| !route.ids.is_empty()) {
            let foreign: Vec<_> = route.ids.iter().map(|(name, what)| (*name, theirs.of(*what))).collect();
            let answer = ask(&mut stranger, route, &foreign).await;
            assert_eq!(answer.status, 404, "{route:?}: {answer:?}");
            // Their own account beside each foreign id.
            for kept in 0..foreign.len() {
                let mut mixed = foreign.clone();
                for (index, (_, what)) in route.ids.iter().enumerate() {
                    if index != kept && *what == IdOf::Account {
                        mixed[index].1.clone_from(&own);
                    }
                }
                if mixed != foreign {
                    let answer = ask(&mut stranger, route, &mixed).await;
                    assert_eq!(answer.status, 404, "{route:?} with {mixed:?}: {answer:?}");
                }
            }
        }
        // The same questions reach something when their owner asks.
        for route in ROUTES.iter().filter(|route| is_asked_of_owner(route)) {
            let ids: Vec<_> = route.ids.iter().map(|(name, what)| (*name, theirs.of(*what))).collect();
            let answer = ask(&mut owner, route, &ids).await;
            assert_ne!(answer.status, 404, "{route:?}: {answer:?}");
            assert_ne!(answer.status, 400, "{route:?}: {answer:?}");
        }
    })
    .await;
}

/// Conversations and attempts are made up here, and nothing is asked about an account that was disconnected.
fn is_asked_of_owner(route: &Route) -> bool {
    let made_up = |(_, what): &(&str, IdOf)| matches!(what, IdOf::Conversation | IdOf::LoginAttempt);
    !route.ids.is_empty() && route.path != endpoints::DISCONNECT_ACCOUNT && !route.ids.iter().any(made_up)
}

/// The arguments of server functions whose names are those of ids, as written in their sources.
fn id_arguments() -> BTreeMap<String, BTreeSet<String>> {
    let names = [
        "account",
        "rule",
        "example",
        "change",
        "conversation",
        "from",
        "into",
        "visit",
        "endpoint",
        "message",
        "reply",
        "tenant",
        "user",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src/server_fns");
    let mut found = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let Ok(source) = std::fs::read_to_string(&path) else {
            continue;
        };
        for function in source.split("#[server(prefix = \"/api\", endpoint = \"").skip(1) {
            let (endpoint, rest) = function.split_once('"').unwrap();
            let arguments = rest.split("->").next().unwrap();
            let has = |name: &&&str| {
                let renamed = format!("rename = \"{name}\"");
                let plain = [format!("({name}: String"), format!(" {name}: String")];
                arguments.contains(&renamed) || plain.iter().any(|text| arguments.contains(text))
            };
            let mut ids: BTreeSet<String> = names.iter().filter(has).map(|name| (*name).to_owned()).collect();
            if arguments.contains(" chosen: Vec<String>") {
                ids.insert("chosen[0]".to_owned());
            }
            found.insert(format!("/api/{endpoint}"), ids);
        }
    }
    found
}

#[test]
fn each_line_of_the_table_says_which_arguments_are_ids() {
    let written = id_arguments();
    for route in ROUTES {
        let declared: BTreeSet<String> = route.ids.iter().map(|(name, _)| (*name).to_owned()).collect();
        if route.kind == Kind::Function {
            assert_eq!(Some(&declared), written.get(route.path), "{route:?}");
        } else {
            assert_eq!(declared.contains("id"), route.path.contains("{id}"), "{route:?}");
        }
    }
}
