//! AI replies of a story: approved texts, what the AI says next, and what an account wants in its place.

use domain::ai_fallback::AiFallback;
use domain::rules::Response;
use engine::identity::Actor;
use sandbox::{AiCall, AiHandle, AiRequest};
use serde_json::json;

use super::{World, seconds};

pub const PERSONA: &str = "We are a florist in Amsterdam. Bouquets from 25 euros. We are open from 9:00 to 18:00.";
pub const PROMPT: &str = "Say what a bouquet costs.";
/// An answer that every check lets through.
pub const ANSWER: &str = "Bouquets from 25 euros.";

impl World {
    pub fn ai(&self) -> AiHandle {
        self.meta().ai()
    }

    /// An approved persona, and an AI prompt as the default reply.
    pub async fn with_ai_default(&self) {
        self.save_persona(PERSONA).await;
        self.ai_default_reply(PROMPT).await;
        self.judge_texts("approved").await;
    }

    /// The default reply becomes this AI prompt, not yet checked.
    pub async fn ai_default_reply(&self, prompt: &str) {
        let accounts = self.accounts();
        let page = accounts.page(self.account).await.unwrap();
        let reply = Response::AiPrompt(prompt.into());
        let edited = accounts.edit_default_reply(self.account, page.default_version, &reply, Actor::Command);
        edited.await.unwrap();
    }

    /// Every text that waits for its check gets this verdict.
    pub async fn judge_texts(&self, verdict: &str) {
        let text = "UPDATE safety_checks SET status = $1 WHERE status = 'pending'";
        self.execute(text, [verdict.into()]).await;
    }

    /// The verdict on a persona or a prompt is another one now.
    pub async fn judge_again(&self, text: &str, verdict: &str) {
        let statement = "UPDATE safety_checks SET status = $1 WHERE text = $2";
        self.execute(statement, [verdict.into(), text.into()]).await;
    }

    /// The AI's next answer.
    pub fn ai_says(&self, reply: &str) {
        self.ai_says_with(reply, "none");
    }

    /// The same, with what is to be done.
    pub fn ai_says_with(&self, reply: &str, action: &str) {
        self.ai()
            .answer_next(json!({ "reply": reply, "action": action }).to_string());
    }

    /// The questions for replies that the AI got, the oldest first.
    pub fn questions(&self) -> Vec<AiRequest> {
        self.ai().requests_for(AiCall::Reply)
    }

    /// Returns when the AI has been asked so often.
    pub async fn asked(&self, times: u64) {
        assert!(
            self.ai().wait_for_calls(times, seconds(10)).await,
            "{} calls",
            self.ai().calls()
        );
    }

    pub async fn choose_fallback(&self, choice: AiFallback) {
        let accounts = self.accounts();
        let chosen = accounts.set_ai_fallback(self.account, &choice, Actor::Command);
        chosen.await.unwrap();
    }

    pub async fn switch_memory(&self, on: bool) {
        let accounts = self.accounts();
        let switched = accounts.set_ai_memory(self.account, on, Actor::Command);
        switched.await.unwrap();
    }

    /// Turns that are remembered, with their words.
    pub async fn remembered(&self) -> i64 {
        self.count("conversation_turns t JOIN sealed_values s ON s.owner_id = t.id WHERE t.tenant_id = $1")
            .await
    }
}
