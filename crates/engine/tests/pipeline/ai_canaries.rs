//! Unmistakable words in a persona, a prompt, an intent, a message, an answer and a trial: each stands where it belongs and nowhere else
//! while it is needed, and what customers and the AI wrote is nowhere afterwards.

use std::collections::HashSet;
use std::sync::Arc;

use domain::rules::{IntentMatcher, Matcher, Response, RuleDraft};
use domain::views::AccountData;
use engine::identity::Actor;
use engine::intents::{AiEmbedder, Intents, IntentsSettings};
use engine::memory;
use engine::safety::purge_checks;
use engine::vault::Content;
use sandbox::{AiCall, AiFault, AiFaultSpec, ErrorShape, JsonForm, OverflowShape};

use crate::support::for_each_database;
use crate::world::{
    Listener, Nonces, Setup, World, days, erase, files_hold, files_of, hours, minutes, sealed_now, seconds,
    tables_with, with_ai,
};

const PERSONA: &str = "zq7wordofpersona";
const PROMPT: &str = "zq7wordofprompt";
const INTENT: &str = "zq7wordofintent";
const ASKED: &str = "zq7wordofcustomer";
const COMPOSED: &str = "zq7wordofanswer";
const HELD: &str = "zq7wordheldback";
const TRIED: &str = "zq7wordoftrial";
const ALL: [&str; 7] = [PERSONA, PROMPT, INTENT, ASKED, COMPOSED, HELD, TRIED];

/// Where an admin's texts live.
const TABLES_OF_PERSONA: [&str; 2] = ["persona_versions", "safety_checks"];
const TABLES_OF_RULES: [&str; 5] = [
    "reply_config_changes",
    "reply_configs",
    "rules",
    "safety_checks",
    "prompts_in_use",
];

fn faults() -> Vec<Option<AiFault>> {
    let faults = [
        AiFault::CutConnection,
        AiFault::Unauthorized,
        AiFault::ServerError { http_status: 500 },
        AiFault::NotJson,
        AiFault::ErrorBehindOk { code: 400 },
        AiFault::OddError {
            shape: ErrorShape::Detail,
        },
        AiFault::Overflow {
            shape: OverflowShape::LlamaCpp,
        },
        AiFault::Truncated,
        AiFault::ThinkFirst,
        AiFault::UnclosedThink,
        AiFault::MissingMembers,
        AiFault::JsonSchemaIgnored { form: JsonForm::Prose },
        AiFault::TemperatureRefused,
    ];
    std::iter::once(None).chain(faults.into_iter().map(Some)).collect()
}

fn intent_rule() -> RuleDraft {
    RuleDraft {
        label: "Intent".into(),
        matcher: Matcher::Prompt(IntentMatcher {
            description: format!("asks about the {INTENT}"),
            examples: vec![format!("where is the {INTENT}")],
            ..IntentMatcher::default()
        }),
        response: Response::AiPrompt(format!("Tell where the {PROMPT} is.")),
        enabled: true,
        leave_to_person: false,
    }
}

impl World {
    /// Intents by the provider's embedding model, over HTTP.
    fn provider_intents(&self) -> Intents {
        let client = self.engine.ai().unwrap().clone();
        let embedder = AiEmbedder::new(client, self.database.handle(), self.shared_clock()).unwrap();
        let settings = IntentsSettings::Provider(Arc::new(embedder));
        Intents::new(&self.database, &self.shared_clock(), settings)
    }

    /// The next calls of one kind meet this.
    fn meets(&self, call: AiCall, fault: Option<AiFault>) {
        self.ai().clear_faults();
        if let Some(fault) = fault {
            self.ai().fault(AiFaultSpec::from(fault).on(call).times(1));
        }
    }

    /// The owner's texts are saved and checked by the pretend judge, which fails in every way first.
    async fn texts_are_judged(&self) {
        self.save_persona(&format!("We sell the {PERSONA}. Bouquets from 25 euros."))
            .await;
        self.ai_default_reply(&format!("Say what the {PROMPT} costs.")).await;
        self.add_rule(&intent_rule()).await;
        for fault in faults().into_iter().rev() {
            self.meets(AiCall::Judge, fault);
            self.engine.safety().unwrap().run_due().await.unwrap();
            self.pass(days(1));
        }
        let unchecked = "safety_checks WHERE tenant_id = $1 AND status <> 'approved'";
        assert_eq!(self.count(unchecked).await, 0);
        assert!(!self.ai().requests_for(AiCall::Judge).is_empty());
    }

    /// Vectors of the rule and of messages, by a provider that fails in every way; what it said about it.
    async fn messages_are_embedded(&self) {
        let intents = self.provider_intents();
        let config = engine::rules::load_reply_config(self.database.reader(), self.account).await;
        let config = config.unwrap().unwrap();
        for fault in faults().into_iter().rev() {
            self.meets(AiCall::Embedding, fault);
            let message = Content::new(format!("where is the {ASKED}?"));
            let scored = intents.scores(self.tenant, self.account, &config, &message).await;
            scored.unwrap();
        }
        assert_eq!(self.count("intent_vectors WHERE tenant_id = $1").await, 1);
    }

    /// The owner tries the persona; what the errors say.
    async fn persona_is_tried(&self) -> String {
        let mut errors = String::new();
        for fault in faults() {
            self.meets(AiCall::Reply, fault);
            self.ai_says(&format!("Bouquets from 25 euros, {TRIED}."));
            let message = format!("How much is the {TRIED}?");
            if let Err(error) = self.engine.pipeline().try_persona(self.tenant, &message).await {
                errors.push_str(&format!("{error} {error:?}\n"));
            }
        }
        assert!(errors.lines().count() > 4);
        errors
    }

    /// Customers ask, and are answered, at the second try or never.
    async fn customers_are_answered(&self) {
        for (number, fault) in faults().into_iter().enumerate() {
            self.pass(minutes(11));
            self.meets(AiCall::Reply, fault);
            self.ai_says(&format!("{HELD} costs 99 euros."));
            self.ai_says(&format!("Bouquets from 25 euros, {COMPOSED}."));
            self.customer_writes_as(&format!("guest {}", number / 2), &format!("{ASKED}?"));
            self.deliver().await;
            self.work().await;
            self.wait_in_steps(minutes(3), seconds(20)).await;
        }
        assert!(self.replies().iter().any(|text| text.contains(COMPOSED)));
    }

    /// The tables with this word are among `expected`, and it is in one of them if any is expected.
    async fn stands_only_in(&self, word: &str, expected: &[&str]) {
        let found = tables_with(self, word).await;
        let known = |table: &String| expected.iter().any(|expected| table.contains(expected));
        assert!(found.iter().all(known), "{word}: {found:?}");
        assert_eq!(found.is_empty(), expected.is_empty(), "{word}");
    }
}

fn with_memory() -> Setup {
    let mut setup = Setup::default();
    with_ai(&mut setup);
    setup
}

#[tokio::test]
async fn every_word_stands_where_it_belongs_and_in_no_log_metric_or_error() {
    let listener = &Listener::new().await;
    for_each_database(|database| async move {
        // Its end is not audited: the account is deleted.
        let world = World::open(database, with_memory()).await;
        world.grant_credits(1_000).await;
        world.switch_memory(true).await;
        listener.listen(true);
        world.texts_are_judged().await;
        world.messages_are_embedded().await;
        let vectors = world.count("intent_vectors").await + world.count("intent_backgrounds").await;
        let errors = world.persona_is_tried().await;
        world.customers_are_answered().await;
        listener.listen(false);

        assert!(world.remembered().await > 2, "words are there, sealed");
        for word in [ASKED, COMPOSED, HELD, TRIED] {
            world.stands_only_in(word, &[]).await;
            assert!(!files_hold(&world.database, word), "{word}");
        }
        world.stands_only_in(PERSONA, &TABLES_OF_PERSONA).await;
        world.stands_only_in(PROMPT, &TABLES_OF_RULES).await;
        world.stands_only_in(INTENT, &TABLES_OF_RULES).await;
        let now = world.count("intent_vectors").await + world.count("intent_backgrounds").await;
        assert_eq!(now, vectors, "a message has no vector");
        for word in ALL {
            assert_eq!(
                listener.lines_with(word),
                Vec::<String>::new(),
                "{word} was logged or measured"
            );
            assert!(!errors.contains(word), "{word}: {errors}");
        }
        for heard in ["ai.call{", "safety.check{", "reqwest", "hyper", "held_by="] {
            assert!(listener.log().contains(heard), "{heard} was really heard");
        }

        let connections = world.engine.connections();
        let ended = connections.disconnect(world.tenant, world.account, AccountData::Delete, Actor::Command);
        ended.await.unwrap();
        world.pass(days(31));
        purge_checks(&world.database, world.now()).await.unwrap();
        for word in [PROMPT, INTENT, ASKED, COMPOSED, HELD, TRIED] {
            world.stands_only_in(word, &[]).await;
        }
        world.stands_only_in(PERSONA, &TABLES_OF_PERSONA).await;
        assert_eq!(world.count("intent_vectors WHERE tenant_id = $1").await, 0);
    })
    .await;
}

/// How a conversation with the AI can end.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Retention,
    TakenBack,
    TakenBackWhileTheAiIsAsked,
    Disconnected,
    Deleted,
}

impl World {
    /// Adds the sealed values that exist now.
    async fn note(&self, seen: &mut HashSet<Vec<u8>>) {
        seen.extend(sealed_now(&self.database).await);
    }

    async fn converse(&self, end: End, seen: &mut HashSet<Vec<u8>>) {
        let mut mids = Vec::new();
        for guest in 0..5 {
            self.ai_says("Bouquets from 25 euros.");
            let words = format!("how much is it? {}", "please ".repeat(1 + guest * 9));
            mids.push(self.customer_writes_as(&format!("guest {end:?} {guest}"), &words));
        }
        self.deliver().await;
        self.note(seen).await;
        if end == End::TakenBackWhileTheAiIsAsked {
            let (asked, slow) = (self.ai().calls(), AiFault::Slow { ms: 200 });
            self.ai().fault(AiFaultSpec::from(slow).times(5));
            let work = self.work_meanwhile();
            self.asked(asked + 1).await;
            self.note(seen).await;
            self.take_back(&mids).await;
            work.await.unwrap();
            self.ai().clear_faults();
        }
        self.work().await;
        self.note(seen).await;
        let connections = self.engine.connections();
        let disconnect = |data| connections.disconnect(self.tenant, self.account, data, Actor::Command);
        match end {
            End::Retention => {
                self.wait_in_steps(days(1), hours(3)).await;
                memory::wipe_old(&self.database, self.now()).await.unwrap();
            }
            End::TakenBack => self.take_back(&mids).await,
            End::TakenBackWhileTheAiIsAsked => {}
            End::Disconnected => disconnect(AccountData::Keep).await.unwrap(),
            End::Deleted => disconnect(AccountData::Delete).await.unwrap(),
        }
    }

    async fn take_back(&self, mids: &[String]) {
        for mid in mids {
            self.meta().unsend(mid).unwrap();
        }
        self.deliver().await;
    }
}

#[tokio::test]
async fn nothing_of_a_conversation_with_the_ai_opens_after_its_end() {
    for_each_database(|database| async move {
        for end in [
            End::Retention,
            End::TakenBack,
            End::TakenBackWhileTheAiIsAsked,
            End::Disconnected,
            End::Deleted,
        ] {
            let database = match (end, database.is_postgres()) {
                (End::Retention, _) => database.clone(),
                (_, false) => crate::support::TestDatabases::sqlite().await,
                (_, true) => crate::support::TestDatabases::postgres().await.unwrap(),
            };
            let world = World::open(database.clone(), with_memory()).await;
            world.with_ai_default().await;
            world.switch_memory(true).await;
            world.grant_credits(100).await;
            world.channel.watch(&database);
            let tokens: HashSet<Vec<u8>> = sealed_now(&database).await.into_iter().collect();
            let mut seen = HashSet::new();
            world.converse(end, &mut seen).await;
            seen.extend(world.channel.seen());
            let gone = seen.difference(&tokens).cloned();
            let gone = Nonces::of(gone);
            assert!(gone.whole.len() >= 5, "{end:?}: {}", gone.whole.len());
            assert_eq!(world.sealed_content().await, 0, "{end:?}");
            erase(&database).await;
            assert_eq!(
                gone.found_in(&files_of(&database).await),
                0,
                "{end:?} {}",
                database.kind
            );
        }
    })
    .await;
}
