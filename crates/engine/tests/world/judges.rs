//! Personas, AI prompts and their checks, with a judge that does as the story says.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use async_trait::async_trait;
use domain::persona::{PersonaBuilder, PersonaContent, SafetyStatus};
use domain::rules::{Response, RuleDraft};
use domain::views::PersonaPage;
use engine::ai::{AiError, TokenUsage};
use engine::jobs::WakeUps;
use engine::persona::{PersonaInUse, Personas, PromptChecks, PromptOwner, in_use, prompt_in_use};
use engine::safety::{Judge, JudgeAnswer, JudgeError, JudgeModel, SafetyChecks, SafetyOverrides};
use engine::storage::sql;
use engine::vault::Content;
use serde_json::{Value, json};
use tokio::sync::{Mutex, Semaphore};

use super::{World, draft};

/// What is in every text that a good judge rejects, the probes apart.
pub const FORBIDDEN: &str = "say that you are human";
const BAD_PROBES: [&str; 3] = ["card number", "real human", "Note for the checker"];

/// What kind of judge it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Character {
    #[default]
    Good,
    /// Approves everything.
    Weak,
    /// Approves and blocks at once, the probes apart.
    Contradictory,
    /// Approves what stands first and rejects what stands last, the probes apart.
    Swayed,
    /// Cannot be reached.
    Away,
    /// Asks to be left alone for an hour.
    Busy,
}

#[derive(Debug)]
pub struct ScriptedJudge {
    character: Mutex<Character>,
    calls: AtomicU32,
    approved: std::sync::Mutex<HashMap<String, u32>>,
    holding: AtomicBool,
    held: Semaphore,
    released: Semaphore,
}

impl ScriptedJudge {
    pub fn new(character: Character) -> Arc<Self> {
        Arc::new(Self {
            character: Mutex::new(character),
            calls: AtomicU32::new(0),
            approved: std::sync::Mutex::default(),
            holding: AtomicBool::new(false),
            held: Semaphore::new(0),
            released: Semaphore::new(0),
        })
    }

    pub async fn becomes(&self, character: Character) {
        *self.character.lock().await = character;
    }

    /// How often it was asked.
    pub fn calls(&self) -> u32 {
        self.calls.load(Ordering::SeqCst)
    }

    /// Whether it approved a text in both orders, and nothing spoke against it.
    pub fn approved(&self, text: &str) -> bool {
        self.approved.lock().unwrap().get(text).copied().unwrap_or_default() >= 2
    }

    /// From now on it thinks until it is released.
    pub fn hold_answers(&self) {
        self.holding.store(true, Ordering::SeqCst);
    }

    /// Returns when it thinks about one more question.
    pub async fn answer_held(&self) {
        self.held.acquire().await.unwrap().forget();
    }

    pub fn release_answers(&self) {
        self.holding.store(false, Ordering::SeqCst);
        self.released.add_permits(1_000);
    }
}

#[async_trait]
impl JudgeModel for ScriptedJudge {
    fn name(&self) -> &'static str {
        "scripted-judge"
    }

    async fn answer(&self, _system: &str, message: &str) -> Result<JudgeAnswer, JudgeError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if self.holding.load(Ordering::SeqCst) {
            self.held.add_permits(1);
            self.released.acquire().await.unwrap().forget();
        }
        let data = message.lines().find(|line| line.starts_with('{')).unwrap();
        let asked: Value = serde_json::from_str(data).unwrap();
        let part = asked["parts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|part| part["judge"] == true);
        let text = part.unwrap()["text"].as_str().unwrap();
        let probe = domain::safety::probes::PROBES.iter().any(|probe| probe.text == text);
        let bad = BAD_PROBES
            .iter()
            .chain([&FORBIDDEN])
            .find(|words| text.contains(**words))
            .copied();
        let stands_first = message.find("\"parts\"") < message.find("\"echo\"");
        let (blocked, verdict) = match *self.character.lock().await {
            Character::Away => return Err(AiError::Unreachable.into()),
            Character::Busy => {
                let after = Some(std::time::Duration::from_secs(3_600));
                return Err(AiError::Busy { after }.into());
            }
            Character::Weak => (None, "approved"),
            Character::Contradictory if !probe => (Some(&text[..2]), "approved"),
            Character::Swayed if !probe && stands_first => (None, "approved"),
            Character::Swayed if !probe => (Some(&text[..2]), "rejected"),
            _ => (bad, if bad.is_some() { "rejected" } else { "approved" }),
        };
        if verdict == "approved" && blocked.is_none() && !text.contains(FORBIDDEN) {
            *self.approved.lock().unwrap().entry(text.to_owned()).or_default() += 1;
        }
        let finding = |quote| json!({"category": "deception_about_being_human", "severity": "block", "part": part.unwrap()["part"], "quote": quote});
        let answer = json!({
            "policy_version": asked["echo"]["policy_version"],
            "text_sha256": asked["echo"]["text_sha256"],
            "nonce": asked["echo"]["nonce"],
            "findings": blocked.into_iter().map(finding).collect::<Vec<_>>(),
            "verdict": verdict,
        });
        Ok(JudgeAnswer {
            text: Content::new(answer.to_string()),
            truncated: false,
            usage: TokenUsage {
                prompt: 100,
                completion: 10,
            },
        })
    }
}

impl World {
    pub fn personas(&self) -> Personas {
        Personas::for_tenant(&self.database, self.shared_clock(), self.tenant, true)
    }

    pub fn personas_without_ai(&self) -> Personas {
        Personas::for_tenant(&self.database, self.shared_clock(), self.tenant, false)
    }

    pub fn prompt_checks(&self) -> PromptChecks {
        PromptChecks::for_tenant(&self.database, self.shared_clock(), self.tenant, true)
    }

    pub fn overrides(&self) -> SafetyOverrides {
        SafetyOverrides::for_tenant(&self.database, self.shared_clock(), self.tenant)
    }

    /// What works on checks, with this judge.
    pub fn checks(&self, judge: &Arc<ScriptedJudge>) -> SafetyChecks {
        let judge = Judge::of_model(judge.clone(), self.shared_clock());
        SafetyChecks::new(&self.database, self.shared_clock(), judge, WakeUps::new())
    }

    /// Saves an own text as the newest version; returns its number.
    pub async fn save_persona(&self, text: &str) -> i64 {
        let based_on = self.persona_page().await.version;
        let saved = self.personas().save(self.actor(), &own_text(text), based_on).await;
        saved.unwrap().version
    }

    pub async fn persona_page(&self) -> PersonaPage {
        self.personas().page().await.unwrap()
    }

    pub async fn persona_status(&self) -> SafetyStatus {
        self.persona_page().await.status.status
    }

    pub async fn persona_in_use(&self) -> Option<PersonaInUse> {
        in_use(self.database.reader(), self.tenant, self.now()).await.unwrap()
    }

    /// Version and text of the persona that answers.
    pub async fn persona_that_answers(&self) -> Option<(i64, String)> {
        let used = self.persona_in_use().await;
        used.map(|persona| (persona.version, persona.text))
    }

    /// What a version says.
    pub async fn persona_text(&self, version: i64) -> String {
        let text = "SELECT content FROM persona_versions WHERE tenant_id = $1 AND version = $2";
        let values = [self.tenant.as_uuid().into(), version.into()];
        let content: Option<PersonaContent> = sql::value(self.database.reader(), text, values).await.unwrap();
        content.unwrap().render()
    }

    /// The prompt that would be used for an owner whose prompt is `current`.
    pub async fn prompt_that_answers(&self, owner: PromptOwner, current: &str) -> Option<String> {
        let found = prompt_in_use(self.database.reader(), self.tenant, owner, current, self.now()).await;
        found.unwrap()
    }
}

pub fn own_text(text: &str) -> PersonaContent {
    PersonaContent::OwnText(text.into())
}

pub fn a_builder(name: &str) -> PersonaContent {
    PersonaContent::Builder(PersonaBuilder {
        business_name: name.into(),
        ..PersonaBuilder::default()
    })
}

/// A rule with an AI prompt.
pub fn ai_rule(label: &str, prompt: &str) -> RuleDraft {
    RuleDraft {
        response: Response::AiPrompt(prompt.into()),
        ..draft(label)
    }
}
