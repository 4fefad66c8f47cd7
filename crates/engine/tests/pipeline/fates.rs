//! What can befall customers before anybody works on their replies, and how their messages ended; for stories that compare groups.

use engine::storage::sql;
use proptest::prelude::*;
use sandbox::{Dm, DmKind};
use sea_orm::FromQueryResult;

use super::automations::{INSTANT, echoed};
use crate::world::{World, seconds};

/// What happens to a customer before anybody works on the reply.
#[derive(Debug, Clone, Copy)]
pub enum Fate {
    Rule,
    /// The AI answers.
    Default,
    LeftToPerson,
    NoText,
    TakenBack,
    PersonAnswered,
    /// Instagram's own instant reply, which keeps nobody quiet.
    InstantReply,
    /// Two messages: one waits for the other.
    Twice,
}

pub fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        3 => Just(Fate::Rule),
        2 => Just(Fate::Default),
        1 => Just(Fate::LeftToPerson),
        1 => Just(Fate::NoText),
        1 => Just(Fate::TakenBack),
        1 => Just(Fate::PersonAnswered),
        1 => Just(Fate::InstantReply),
        1 => Just(Fate::Twice),
    ]
}

/// How each customer's messages ended.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct End {
    state: String,
    pub wait_reason: Option<String>,
    outcome: Option<String>,
    pub reason: Option<String>,
    credits: i64,
    response_kind: Option<String>,
    rule: Option<String>,
    attempts: i64,
    has_mid: bool,
    sealed: i64,
    outbound: i64,
    left_to_person: bool,
}

pub async fn ends_of(world: &World, customer: &str) -> Vec<End> {
    let text =
        "SELECT r.state, r.wait_reason, m.outcome, m.reason, m.credits, m.response_kind, ru.label AS rule, r.attempts,
            r.platform_message_id IS NOT NULL AS has_mid,
            (SELECT COUNT(*) FROM sealed_values s WHERE s.owner_id = r.id) AS sealed,
            (SELECT COUNT(*) FROM messages o WHERE o.reply_id = r.id AND o.direction = 'outbound') AS outbound,
            c.left_to_person_at IS NOT NULL AS left_to_person
        FROM replies r JOIN messages m ON m.id = r.message_id JOIN conversations c ON c.id = r.conversation_id
        LEFT JOIN rules ru ON ru.id = r.rule_id
        WHERE c.customer_id = $1 ORDER BY m.occurred_at, m.id";
    let customer = world.meta().igsid(&world.username, customer).unwrap();
    sql::all(world.database.reader(), text, [customer.into()])
        .await
        .unwrap()
}

impl Fate {
    /// It befalls a customer of the world's account.
    pub async fn befall(self, world: &World, customer: &str) {
        let say = |text: &str| world.customer_writes_as(customer, text);
        match self {
            Self::Rule => drop(say("what is the price?")),
            Self::Default => drop(say("hello")),
            Self::LeftToPerson => drop(say("a colleague, please")),
            Self::NoText => {
                let dm = Dm::text(&world.username, customer, "").kind(DmKind::Image);
                drop(world.meta().dm(dm).unwrap());
            }
            Self::TakenBack => {
                let mid = say("what is the price?");
                world.meta().unsend(&mid).unwrap();
            }
            Self::PersonAnswered => {
                say("what is the price?");
                world.deliver().await;
                world.pass(seconds(4));
                world
                    .meta()
                    .human_reply(&world.username, customer, "I am here.")
                    .unwrap();
            }
            Self::InstantReply => {
                say("what is the price?");
                world.deliver().await;
                world.pass(seconds(1));
                let id = world.meta().igsid(&world.username, customer).unwrap();
                echoed(world, &format!("instant-{customer}"), INSTANT, &id).await;
            }
            Self::Twice => {
                say("what is the price?");
                say("hello");
            }
        }
    }
}
