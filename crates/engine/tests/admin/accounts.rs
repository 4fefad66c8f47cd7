//! Accounts: cards, switches, problems in words, and adding one by a command.

use domain::accounts::AccountStatus;
use domain::ids::TenantId;
use domain::views::Tone;
use engine::accounts::RegistryError;
use engine::identity::Actor;
use engine::vault::{SealedPurpose, store};
use uuid::Uuid;

use crate::world::{NOON, account_of, an_owner, days, tell_with};

#[tokio::test]
async fn a_new_account_answers_with_a_default_reply_and_its_token_is_sealed() {
    tell_with(an_owner, async |world| {
        world.grant_credits(312).await;
        let page = world.accounts().page(world.account).await.unwrap();
        assert_eq!(page.card.brief.username, "bloomandstem");
        assert_eq!(
            (page.card.brief.pill.tone, page.card.brief.pill.label.as_str()),
            (Tone::Info, "Waits for a DM")
        );
        assert_eq!(
            (page.status.lead.as_str(), page.status.rest.as_str()),
            ("Ready.", "312 credits. It waits for its first DM.")
        );
        assert_eq!(page.identity.instagram_id, "1001");
        assert!(!page.default_reply.text().is_empty());

        let (tenant, owner) = (world.tenant, world.account.as_uuid());
        let token = store::open(
            world.database.reader(),
            world.engine.vault(),
            SealedPurpose::PageToken,
            tenant,
            owner,
        )
        .await
        .unwrap();
        assert!(token.expose() == "EAAB-canary-token");
        assert_eq!(world.count("sealed_values WHERE tenant_id = $1").await, 1);
    })
    .await;
}

#[tokio::test]
async fn switches_take_effect_and_say_so() {
    tell_with(an_owner, async |world| {
        world.grant_credits(1).await;
        let pill = async || {
            world
                .accounts()
                .list()
                .await
                .unwrap()
                .accounts
                .remove(0)
                .brief
                .pill
                .label
        };
        world.switch_auto_reply(false).await;
        assert_eq!(pill().await, "Auto-reply off");
        world.switch_enabled(false).await;
        assert_eq!(pill().await, "Switched off");
        assert_eq!(
            world.accounts().list().await.unwrap().summary,
            "1 connected: 1 is switched off."
        );
        world.switch_enabled(true).await;
        world.switch_auto_reply(true).await;
        assert_eq!(pill().await, "Waits for a DM");
        world.log_reply(NOON).await;
        assert_eq!(pill().await, "On");
        assert_eq!(
            world
                .count("audit_log WHERE tenant_id = $1 AND action LIKE 'account.%_switched'")
                .await,
            4
        );
    })
    .await;
}

#[tokio::test]
async fn an_ended_connection_names_its_cause_and_a_new_token_brings_it_back() {
    tell_with(an_owner, async |world| {
        let text =
            "UPDATE accounts SET status = 'needs_reconnect', status_cause = 'password_changed', status_since = $2
            WHERE id = $1";
        world
            .execute(text, vec![world.account.as_uuid().into(), NOON.as_millis().into()])
            .await;
        world.pass(days(1));

        let card = world.accounts().list().await.unwrap().accounts.remove(0);
        assert_eq!(
            (card.status, card.brief.pill.tone),
            (AccountStatus::NeedsReconnect, Tone::Bad)
        );
        assert_eq!(card.token, "Not valid since Yesterday, 12:00");
        assert!(
            card.problem
                .unwrap()
                .sentence
                .starts_with("The Facebook password was changed")
        );

        let added = world
            .registry()
            .add_instagram(&account_of(world.tenant, "1001"), Actor::Command)
            .await
            .unwrap();
        assert_eq!((added.account, added.reconnected), (world.account, true));
        let card = world.accounts().list().await.unwrap().accounts.remove(0);
        assert_eq!((card.status, card.problem), (AccountStatus::Connected, None));
    })
    .await;
}

#[tokio::test]
async fn an_account_is_connected_once_in_the_whole_deployment() {
    tell_with(an_owner, async |world| {
        let neighbour = world.neighbour().await;
        let taken = account_of(neighbour.tenant, "1001");
        let error = world
            .registry()
            .add_instagram(&taken, Actor::Command)
            .await
            .unwrap_err();
        assert!(matches!(error, RegistryError::AlreadyConnected), "{error:?}");
        assert_eq!(neighbour.accounts().list().await.unwrap().accounts.len(), 1);

        let text = "UPDATE instagram_accounts SET connected = FALSE WHERE account_id = $1";
        world.execute(text, vec![world.account.as_uuid().into()]).await;
        world
            .registry()
            .add_instagram(&taken, Actor::Command)
            .await
            .expect("a disconnected one blocks nobody");

        let nobody = account_of(TenantId::from_uuid(Uuid::now_v7()), "3003");
        let error = world
            .registry()
            .add_instagram(&nobody, Actor::Command)
            .await
            .unwrap_err();
        assert!(matches!(error, RegistryError::UnknownTenant), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_disconnected_account_claims_nothing() {
    tell_with(an_owner, async |world| {
        world.grant_credits(1).await;
        world.log_message(NOON, Some("sent"), None).await;
        world.log_reply(NOON).await;
        let text = "UPDATE accounts SET status = 'disconnected', token_checked_at = $2 WHERE id = $1";
        let values = vec![world.account.as_uuid().into(), NOON.as_millis().into()];
        world.execute(text, values).await;
        let text =
            "UPDATE instagram_accounts SET subscribed_fields = 'messages', page_name = 'Bloom' WHERE account_id = $1";
        world.execute(text, vec![world.account.as_uuid().into()]).await;

        let page = world.accounts().page(world.account).await.unwrap();
        for line in &page.connection.lines {
            assert_eq!(line.state, Tone::Idle, "{line:?}");
        }
        assert_eq!(page.card.token, "Deleted when the account was disconnected");
        assert_eq!(
            (page.status.tone, page.status.lead.as_str()),
            (Tone::Idle, "Disconnected.")
        );
        assert_eq!(page.status.rest, "", "credits and token say nothing about it");
    })
    .await;
}
