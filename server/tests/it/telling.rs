//! What the pages of a workspace say about it, as they arrive without a script: no page claims what another one denies.

use app::context::{OperatorContact, SandboxAddress};
use domain::permissions::PERMISSIONS;

use crate::shared::TestDatabases;
use crate::support::World;

#[tokio::test]
async fn an_account_that_nobody_wrote_to_is_ready_and_nowhere_said_to_work() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    grant(&database, &world).await;
    let mut owner = world.signed_in(&world.owner).await;

    let overview = text(&owner.get("/admin").await.body);
    assert!(
        overview.contains("Ready. 5 credits. shop waits for its first DM."),
        "{overview}"
    );
    assert!(!overview.contains("answering"), "{overview}");
    let accounts = text(&owner.get("/admin/instagram").await.body);
    assert!(
        accounts.contains("1 connected: 1 is ready and not tried yet."),
        "{accounts}"
    );
    let health = text(&owner.get("/admin/health").await.body);
    assert!(
        health.contains("Nothing is proven yet; shop waits for its first DM."),
        "{health}"
    );
    assert!(!health.contains("Works"), "{health}");
    let account = text(&owner.get(&format!("/admin/instagram/{}", world.account)).await.body);
    assert!(
        account.contains("Ready. 5 credits. It waits for its first DM."),
        "{account}"
    );
    assert!(account.contains("Check now"), "{account}");
    for page in [&overview, &accounts, &health, &account] {
        assert!(!page.contains("days left"), "{page}");
    }
}

#[tokio::test]
async fn a_disconnected_account_offers_only_what_it_can_do() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    grant(&database, &world).await;
    let ended = "UPDATE accounts SET status = 'disconnected' WHERE id = $1";
    database.execute(ended, [world.account.as_uuid().into()]).await;
    let mut owner = world.signed_in(&world.owner).await;
    let page = owner.get(&format!("/admin/instagram/{}", world.account)).await.body;
    let hidden = |part: &str| {
        let start = page.find(part).unwrap();
        let tag = page[..start].rfind("<section").map_or("", |at| &page[at..]);
        tag[..tag.find('>').unwrap()].contains("hidden")
    };
    assert!(hidden("id=\"switches-title\""), "{page}");
    let foot = page
        .find("Check now")
        .map(|at| page[..at].rfind("card__foot").map(|foot| &page[foot..at]));
    assert!(foot.flatten().unwrap().contains("hidden"), "{page}");
    assert!(
        text(&page).contains("Deleted when the account was disconnected"),
        "{page}"
    );
    let refused = owner.get("/admin/instagram/connect").await;
    assert_eq!(refused.status, 200, "the way back is open");
}

#[tokio::test]
async fn only_a_demo_leads_to_the_chat_and_opens_it_on_the_account() {
    let database = TestDatabases::sqlite().await;
    let chat = "http://127.0.0.1:3100";
    let demo = World::with(&database, |server| {
        server.pages.sandbox = Some(SandboxAddress(chat.into()));
    })
    .await;
    let mut owner = demo.signed_in(&demo.owner).await;
    let overview = owner.get("/admin").await.body;
    let card = &overview[overview.find("id=\"setup-title\"").unwrap()..];
    assert!(card.contains("href=\"http://127.0.0.1:3100/?to=shop\""), "{card}");
    assert!(
        overview.matches("Open the chat").count() >= 2,
        "in the rail and in the card: {overview}"
    );

    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    let mut owner = world.signed_in(&world.owner).await;
    let overview = owner.get("/admin").await.body;
    assert!(!overview.contains("Open the chat"), "{overview}");
}

#[tokio::test]
async fn whoever_has_to_ask_is_told_whom() {
    let database = TestDatabases::sqlite().await;
    let named = World::with(&database, |server| {
        server.pages.operator = Some(OperatorContact("help@agency.example".into()));
    })
    .await;
    let stranger = text(&named.browser().get("/login").await.body);
    assert!(stranger.contains("Your operator: help@agency.example"), "{stranger}");
    let mut owner = named.signed_in(&named.owner).await;
    for page in ["/admin/credits", "/admin/settings", "/admin/health"] {
        let told = text(&owner.get(page).await.body);
        assert!(told.contains("Your operator: help@agency.example"), "{page}: {told}");
    }

    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    let mut owner = world.signed_in(&world.owner).await;
    let told = text(&owner.get("/admin/credits").await.body);
    assert!(!told.contains("Your operator:"), "{told}");
}

#[tokio::test]
async fn every_permission_is_named_with_its_reason_wherever_it_is_asked_for() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    let mut owner = world.signed_in(&world.owner).await;
    let page = text(&owner.get("/admin/instagram/connect").await.body);
    let readme = include_str!("../../../README.md");
    let guide = include_str!("../../../docs/meta-app.md");
    let dialog = sandbox_dialog().await;
    for permission in PERMISSIONS {
        for told in [permission.name, permission.label, permission.reason] {
            assert!(page.contains(told), "{told} is not on the page: {page}");
        }
        assert!(
            dialog.contains(permission.name) && dialog.contains(permission.label),
            "{dialog}"
        );
        assert!(
            readme.contains(permission.name) && guide.contains(permission.name),
            "{permission:?}"
        );
    }
}

/// The pretend Facebook's dialog for everything that Concierge asks for.
async fn sandbox_dialog() -> String {
    let sandbox = sandbox::Sandbox::start(sandbox::SandboxConfig::new("1", "secret"))
        .await
        .unwrap();
    let scopes = PERMISSIONS.map(|permission| permission.name).join(",");
    let address = format!(
        "{}/v26.0/dialog/oauth?client_id=1&redirect_uri=http://127.0.0.1/back&state=s&scope={scopes}",
        sandbox.base_url()
    );
    let client = reqwest::Client::builder()
        .timeout(std::time::Duration::from_secs(30))
        .build()
        .unwrap();
    client.get(address).send().await.unwrap().text().await.unwrap()
}

async fn grant(database: &crate::shared::TestDatabase, world: &World) {
    let tenant = world.owner.tenant;
    let transaction = database.begin().await.unwrap();
    let grant = engine::credits::Grant {
        tenant,
        amount: 5,
        expires_at: None,
        note: "story".into(),
        reference: None,
    };
    engine::credits::grant(&transaction, &grant, world.engine.clock().now())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

/// The words of a page, without its tags.
fn text(html: &str) -> String {
    let body = html.find("<body").map_or(html, |at| &html[at..]);
    let mut words = String::new();
    for (index, piece) in body.split('<').enumerate() {
        let shown = if index == 0 {
            piece
        } else {
            piece.split_once('>').map_or("", |(_, shown)| shown)
        };
        words.push_str(shown);
    }
    let plain = words
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
