//! One row of every table is read back as it was written: no column decodes into something else.

use std::fmt::Debug;

use domain::accounts::{AccountCause, AccountStatusKind, ChannelKind};
use domain::ai_fallback::AiFallback;
use domain::answer_checks::HeldBy;
use domain::credits::LedgerKind;
use domain::default_reply::DefaultReplyFrequency;
use domain::ids::{
    AccountId, BatchId, ChangeId, ConversationId, ExampleId, MessageId, ReplyId, RuleId, TenantId, TurnId, UserId,
};
use domain::messages::{Author, Direction, MessageKind, MessageOutcome};
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::reply_config::Part;
use domain::roles::Role;
use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, ResponseKind};
use domain::simulate::TriedMessage;
use domain::time::Timestamp;
use engine::storage::entity::{self, *};
use engine::vault::SealedPurpose;
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::operation_rows::{connecting, operations};
use super::persona_rows::personas;
use crate::support::{TestDatabase, for_each_database};

pub(super) const AT: Timestamp = Timestamp::from_millis(1_795_000_000_000);
pub(super) const TENANT: TenantId = TenantId::from_uuid(Uuid::from_u128(1));
const USER: UserId = UserId::from_uuid(Uuid::from_u128(2));
pub(super) const ACCOUNT: AccountId = AccountId::from_uuid(Uuid::from_u128(3));
const RULE: RuleId = RuleId::from_uuid(Uuid::from_u128(4));
const CONVERSATION: ConversationId = ConversationId::from_uuid(Uuid::from_u128(5));
const MESSAGE: MessageId = MessageId::from_uuid(Uuid::from_u128(6));
const REPLY: ReplyId = ReplyId::from_uuid(Uuid::from_u128(7));
const BATCH: BatchId = BatchId::from_uuid(Uuid::from_u128(8));
const CHANGE: Uuid = Uuid::from_u128(9);

pub(super) async fn keeps<E>(database: &TestDatabase, row: E::Model)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Clone + Debug + PartialEq,
{
    E::insert(row.clone().into_active_model())
        .exec_without_returning(database.writer())
        .await
        .unwrap();
    let found = E::find().one(database.writer()).await.unwrap();
    assert_eq!(found.as_ref(), Some(&row), "{}", database.kind);
}

#[tokio::test]
async fn every_row_reads_back_as_it_was_written() {
    for_each_database(|database| async move {
        people(&database).await;
        accounts(&database).await;
        rules(&database).await;
        answers(&database).await;
        personas(&database, TENANT, ACCOUNT).await;
        credits(&database).await;
        operations(&database).await;
        connecting(&database).await;
    })
    .await;
}

async fn people(database: &TestDatabase) {
    keeps::<tenants::Entity>(
        database,
        tenants::Model {
            id: TENANT,
            slug: "bakery".into(),
            name: "Bakery".into(),
            time_zone: "Europe/Vienna".into(),
            created_at: AT,
            disclosure: Some("Automated.".into()),
        },
    )
    .await;
    keeps::<users::Entity>(
        database,
        users::Model {
            id: USER,
            email: "owner@example.com".into(),
            password_hash: Hidden("hash".into()),
            is_operator: true,
            created_at: AT,
            updated_at: AT,
        },
    )
    .await;
    keeps::<memberships::Entity>(
        database,
        memberships::Model {
            user_id: USER,
            tenant_id: TENANT,
            role: Role::Editor,
            created_at: AT,
        },
    )
    .await;
    keeps::<sessions::Entity>(
        database,
        sessions::Model {
            id_hash: vec![1; 32],
            data: Hidden("{}".into()),
            created_at: AT,
            expires_at: AT,
        },
    )
    .await;
    keeps::<flashes::Entity>(
        database,
        flashes::Model {
            session_hash: vec![1; 32],
            path: "/admin".into(),
            content: Hidden("{}".into()),
            expires_at: AT,
        },
    )
    .await;
    keeps::<import_previews::Entity>(
        database,
        import_previews::Model {
            user_id: USER,
            digest: vec![3; 32],
            content: Hidden("{}".into()),
            expires_at: AT,
        },
    )
    .await;
    keeps::<sign_in_throttle::Entity>(
        database,
        sign_in_throttle::Model {
            key: vec![2; 32],
            failures: 3,
            blocked_until: AT,
            last_at: AT,
        },
    )
    .await;
    keeps::<one_time_codes::Entity>(
        database,
        one_time_codes::Model {
            id: Uuid::from_u128(20),
            purpose: one_time_codes::CodePurpose::PasswordReset,
            user_id: Some(USER),
            code_hash: vec![3; 32],
            created_at: AT,
            expires_at: AT,
            used_at: None,
        },
    )
    .await;
}

async fn accounts(database: &TestDatabase) {
    keeps::<accounts::Entity>(
        database,
        accounts::Model {
            id: ACCOUNT,
            tenant_id: TENANT,
            channel: ChannelKind::Instagram,
            enabled: true,
            auto_reply: false,
            status: AccountStatusKind::Paused,
            status_cause: Some(AccountCause::RateLimited),
            status_since: AT,
            paused_until: Some(AT),
            pause_step: 2,
            token_checked_at: Some(AT),
            token_expires_at: None,
            data_access_expires_at: None,
            version: 1,
            created_at: AT,
            updated_at: AT,
            human_quiet_hours: 12,
            ai_memory: true,
            ai_fallback: AiFallback::Canned("A colleague will write.".into()),
            automation_seen_at: None,
            default_reply_frequency: DefaultReplyFrequency::OnceADay,
        },
    )
    .await;
    keeps::<instagram_accounts::Entity>(
        database,
        instagram_accounts::Model {
            account_id: ACCOUNT,
            ig_id: "1".into(),
            page_id: "2".into(),
            username: "bakery".into(),
            name: "Bakery".into(),
            connected: true,
            connected_by: Some("3".into()),
            page_name: "Bakery".into(),
            user_token_expires_at: None,
            missing_scopes: String::new(),
            subscribed_fields: "messages".into(),
            refused_fields: String::new(),
            test_started_at: Some(AT),
            subscription_seen_at: Some(AT),
            resubscribed_at: Some(AT),
            unsubscribed_after: None,
        },
    )
    .await;
    keeps::<sealed_values::Entity>(
        database,
        sealed_values::Model {
            owner_id: ACCOUNT.as_uuid(),
            purpose: SealedPurpose::PageToken,
            tenant_id: TENANT,
            key_id: "k1".into(),
            ciphertext: vec![4; 40],
            created_at: AT,
        },
    )
    .await;
    keeps::<digest_keys::Entity>(
        database,
        digest_keys::Model {
            id: 1,
            key_id: "k1".into(),
            ciphertext: vec![5; 72],
        },
    )
    .await;
}

async fn rules(database: &TestDatabase) {
    keeps::<reply_configs::Entity>(
        database,
        reply_configs::Model {
            account_id: ACCOUNT,
            tenant_id: TENANT,
            revision: 1,
            list_version: 2,
            default_response: Response::AiPrompt("Be kind.".into()),
            default_version: 3,
            updated_at: AT,
        },
    )
    .await;
    let keywords = KeywordMatcher {
        keywords: vec!["price".into()],
        mode: MatchMode::Exact,
    };
    keeps::<entity::rules::Entity>(
        database,
        entity::rules::Model {
            id: RULE,
            tenant_id: TENANT,
            account_id: ACCOUNT,
            position: 1,
            label: "Prices".into(),
            matcher: Matcher::Keywords(keywords),
            response: Response::Canned("5 €".into()),
            enabled: true,
            version: 1,
            created_at: AT,
            updated_at: AT,
            deleted_at: None,
            leave_to_person: true,
        },
    )
    .await;
    keeps::<intent_vectors::Entity>(
        database,
        intent_vectors::Model {
            rule_id: RULE,
            encoder: "use-multilingual-3".into(),
            tenant_id: TENANT,
            account_id: ACCOUNT,
            recipe_version: 1,
            source_hash: vec![1, 2],
            vectors: vec![0, 0, 128, 63],
            computed_at: AT,
        },
    )
    .await;
    keeps::<intent_backgrounds::Entity>(
        database,
        intent_backgrounds::Model {
            encoder: "provider:words".into(),
            recipe_version: 1,
            vectors: vec![0, 0, 128, 63],
            computed_at: AT,
        },
    )
    .await;
    let message: TriedMessage = serde_json::from_str(r#"{"text":"What is the price?"}"#).unwrap();
    keeps::<examples::Entity>(
        database,
        examples::Model {
            id: ExampleId::from_uuid(Uuid::from_u128(21)),
            tenant_id: TENANT,
            account_id: ACCOUNT,
            message,
            created_at: AT,
        },
    )
    .await;
    keeps::<audit_log::Entity>(
        database,
        audit_log::Model {
            id: CHANGE,
            tenant_id: Some(TENANT),
            user_id: None,
            api_key_id: None,
            action: "rules.moved".into(),
            subject_id: Some(RULE.as_uuid()),
            detail: "Prices moved to 2 of 6.".into(),
            created_at: AT,
        },
    )
    .await;
    keeps::<reply_config_changes::Entity>(
        database,
        reply_config_changes::Model {
            id: ChangeId::from_uuid(CHANGE),
            tenant_id: TENANT,
            account_id: ACCOUNT,
            revision: 1,
            said_before: Part::default(),
            said_after: Part::default(),
        },
    )
    .await;
}

async fn answers(database: &TestDatabase) {
    keeps::<conversations::Entity>(
        database,
        conversations::Model {
            id: CONVERSATION,
            tenant_id: TENANT,
            account_id: ACCOUNT,
            customer_id: "customer".into(),
            window_until: AT,
            last_human_at: Some(AT),
            created_at: AT,
            left_to_person_at: None,
            resumed_at: None,
        },
    )
    .await;
    keeps::<inbound_events::Entity>(
        database,
        inbound_events::Model {
            account_id: ACCOUNT,
            event_key: "mid:1".into(),
            received_at: AT,
        },
    )
    .await;
    keeps::<messages::Entity>(
        database,
        messages::Model {
            id: MESSAGE,
            tenant_id: TENANT,
            channel: ChannelKind::Instagram,
            account_id: ACCOUNT,
            direction: Direction::Inbound,
            author: Author::Customer,
            kind: MessageKind::Unsent,
            sender_id: "customer".into(),
            recipient_id: "1".into(),
            platform_message_id: Some("m1".into()),
            reply_id: Some(REPLY),
            rule_id: Some(RULE),
            response_kind: Some(ResponseKind::Canned),
            outcome: Some(MessageOutcome::Skipped),
            reason: Some(Reason::UnsentByCustomer),
            credits: 0,
            latency_ms: Some(900),
            held_by: Some(HeldBy::Number),
            occurred_at: AT,
            created_at: AT,
        },
    )
    .await;
    keeps::<replies::Entity>(
        database,
        replies::Model {
            id: REPLY,
            tenant_id: TENANT,
            account_id: ACCOUNT,
            conversation_id: CONVERSATION,
            message_id: MESSAGE,
            state: ReplyState::Composed,
            reason: None,
            wait_reason: Some(WaitReason::Paused),
            not_before: AT,
            occurred_at: AT,
            rule_id: Some(RULE),
            response_kind: Some(ResponseKind::AiPrompt),
            claimed_by: Some("worker".into()),
            claimed_until: Some(AT),
            version: 3,
            attempts: 1,
            lookups: 0,
            empty_lookups: 0,
            presumed_sent: false,
            panics: 0,
            job_no: 2,
            sending_at: None,
            platform_message_id: None,
            created_at: AT,
            settled_at: None,
            compose_attempts: 1,
            held_by: Some(HeldBy::Number),
            hand_over: true,
        },
    )
    .await;
    keeps::<conversation_turns::Entity>(
        database,
        conversation_turns::Model {
            id: TurnId::from_uuid(Uuid::from_u128(10)),
            tenant_id: TENANT,
            account_id: ACCOUNT,
            conversation_id: CONVERSATION,
            author: Author::Customer,
            message_id: Some(MESSAGE),
            occurred_at: AT,
        },
    )
    .await;
}

async fn credits(database: &TestDatabase) {
    keeps::<credit_batches::Entity>(
        database,
        credit_batches::Model {
            id: BATCH,
            tenant_id: TENANT,
            granted: 10,
            remaining: 9,
            expires_at: Some(AT),
            created_at: AT,
            reference: Some("invoice 7".into()),
        },
    )
    .await;
    keeps::<credit_balances::Entity>(
        database,
        credit_balances::Model {
            tenant_id: TENANT,
            balance: 9,
        },
    )
    .await;
    keeps::<ai_usage::Entity>(
        database,
        ai_usage::Model {
            tenant_id: TENANT,
            day: "2026-11-22".into(),
            requests: 2,
            prompt_tokens: 700,
            completion_tokens: 80,
        },
    )
    .await;
    keeps::<credit_ledger::Entity>(
        database,
        credit_ledger::Model {
            id: Uuid::from_u128(22),
            tenant_id: TENANT,
            batch_id: BATCH,
            reply_id: Some(REPLY),
            kind: LedgerKind::Deduct,
            amount: -1,
            balance_after: 9,
            note: None,
            created_at: AT,
        },
    )
    .await;
}
