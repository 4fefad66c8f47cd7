//! Every way a token can fail × what the admin sees × what becomes of waiting replies and credits. The table is docs/token-failures.md;
//! `CONCIERGE_WRITE_DOCS=1` writes it anew.

use std::path::PathBuf;
use std::sync::Mutex;

use sandbox::{FaultKind, LifeEvent};

use crate::world::{World, connected, days, hours, tell};

#[derive(Clone, Copy)]
enum Failure {
    Dead(u32),
    Expired,
    Unticked,
    PermissionRemoved,
    Unlinked,
    Unreadable,
    AccessOff,
}

const FAILURES: [(&str, Failure); 14] = [
    ("190 without a subcode", Failure::Dead(0)),
    ("190/458: the app was removed", Failure::Dead(458)),
    ("190/459: checkpoint", Failure::Dead(459)),
    ("190/460: password changed", Failure::Dead(460)),
    ("190/463: session expired", Failure::Dead(463)),
    ("190/464: unconfirmed person", Failure::Dead(464)),
    ("190/467: invalid", Failure::Dead(467)),
    ("190/492: role on the Page lost", Failure::Dead(492)),
    ("the Page token's date has passed", Failure::Expired),
    ("the Page was left out of a later login", Failure::Unticked),
    ("instagram_manage_messages was taken away", Failure::PermissionRemoved),
    ("the Page is not linked any more", Failure::Unlinked),
    ("the stored token cannot be opened (key lost)", Failure::Unreadable),
    ("“Allow access to messages” is off", Failure::AccessOff),
];

impl Failure {
    async fn happen(self, world: &World) {
        let meta = world.meta();
        let page = world.page_id();
        match self {
            Self::Dead(subcode) => meta.set_token_dead(&page, Some(subcode)).unwrap(),
            Self::Expired => {
                let at = world.now().as_millis() / 1_000 - 1;
                meta.life(&LifeEvent::ExpirePageTokens { page, at }).unwrap();
            }
            Self::Unticked => meta.life(&LifeEvent::UntickPage { page }).unwrap(),
            Self::PermissionRemoved => {
                let scope = "instagram_manage_messages".into();
                meta.life(&LifeEvent::RemovePermission { scope }).unwrap();
            }
            Self::Unlinked => self.link(world, 0, 2),
            Self::Unreadable => {
                let text = "UPDATE sealed_values SET key_id = 'lost' WHERE purpose = 'page_token'";
                world.execute(text, []).await;
            }
            Self::AccessOff => {
                meta.fault(FaultKind::MessagesAccessOff);
            }
        }
    }

    /// What the person puts right at Facebook before they connect again.
    fn mend(self, world: &World) {
        match self {
            Self::Unlinked => self.link(world, 2, 0),
            Self::AccessOff => world.meta().clear_faults(),
            _ => {}
        }
    }

    fn link(self, world: &World, from: usize, to: usize) {
        let event = LifeEvent::MoveAccount {
            account: world.facebook_page(from).page_id,
            to: world.facebook_page(to).page_id,
        };
        world.meta().life(&event).unwrap();
    }
}

async fn newest(world: &World) -> (String, Option<String>, Option<String>) {
    let row = world.reply_rows().await.pop().unwrap();
    (row.state, row.reason, row.wait_reason)
}

async fn wrong_dm(world: &World, failure: Failure, text: &str) {
    // Written while everything worked: a Page that lost its link delivers nothing.
    world.customer_writes(text);
    failure.happen(world).await;
    world.deliver().await;
    world.work().await;
}

async fn told(world: &World, name: &str, failure: Failure) -> String {
    // No person's token is stored: a Page token that dies alone would be replaced by itself otherwise.
    wrong_dm(world, failure, "hello").await;
    let page = world.accounts().page(world.account).await.unwrap();
    let problem = page.card.problem.unwrap();
    let (_, _, waits) = newest(world).await;
    let waits = waits.unwrap();
    let reserved = 10 - world.balance().await;
    world.wait(hours(1)).await;
    failure.mend(world);
    connected(world.log_in(&world.admin(), world.only(0)).await);
    world.work().await;
    let (repaired, ..) = newest(world).await;
    let paid = 10 - world.balance().await;
    forget_the_person(world).await;
    wrong_dm(world, failure, "hello again").await;
    world.wait(days(1)).await;
    let (state, reason, _) = newest(world).await;
    let given_back = if world.balance().await == 10 - paid {
        "credit given back"
    } else {
        "credit kept"
    };
    format!(
        "| {name} | {}: {} | waits (`{waits}`), {reserved} credit reserved | {repaired}, {paid} credit | {state} (`{}`), {} |",
        page.card.brief.pill.label,
        problem
            .sentence
            .split(". 1 reply")
            .next()
            .unwrap()
            .trim_end_matches('.'),
        reason.unwrap_or_default(),
        given_back,
    )
}

async fn forget_the_person(world: &World) {
    let text = "DELETE FROM sealed_values WHERE purpose = 'user_token'";
    world.execute(text, []).await;
}

fn document(rows: &[String]) -> String {
    format!(
        "# When a connection fails\n\n\
         What an admin sees, and what becomes of replies and credits, for every way a connection can end. Written by the test\n\
         `connect::failures`, which makes each of them happen on SQLite and PostgreSQL.\n\n\
         | failure | the admin sees | a reply meanwhile | connected again within 24 hours | not connected again |\n\
         |---|---|---|---|---|\n{}\n\n\
         A Page token that dies alone (the person's own token is still good) is replaced by itself at the next check and does not\n\
         reach this table. One notice per problem: the state of the account is the notice, however many messages wait.\n\n\
         A lost subscription is no failure of a connection, and no reply waits for it: the next check makes it again. DMs that customers\n\
         wrote meanwhile were never delivered here and get no reply. So for 24 hours the overview says until when the account was cut off and\n\
         since which check at the earliest, the account's page and *Health* say it at *Subscription*, and whoever pressed *Check now* reads it.\n",
        rows.join("\n")
    )
}

#[tokio::test]
async fn the_table_of_failures_is_what_really_happens() {
    let mut rows = Vec::new();
    for (name, failure) in FAILURES {
        let seen = Mutex::new(Vec::new());
        tell(async |world| {
            let row = told(world, name, failure).await;
            seen.lock().unwrap().push(row);
        })
        .await;
        let mut seen = seen.into_inner().unwrap();
        seen.dedup();
        assert_eq!(seen.len(), 1, "both databases agree: {seen:?}");
        rows.extend(seen);
    }
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/token-failures.md");
    let expected = document(&rows);
    if std::env::var_os("CONCIERGE_WRITE_DOCS").is_some() {
        std::fs::write(&file, &expected).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        written, expected,
        "CONCIERGE_WRITE_DOCS=1 writes docs/token-failures.md anew"
    );
}
