//! Whether a question is answered at all.

use super::{habits, told};
use crate::ai::{AiClient, AnswerFormat, ChatTurn, CompletionRequest, ModelRole, TurnAuthor};

/// An ordinary word that no instruction holds by chance.
pub(super) const CODE_WORD: &str = "Heron";
pub(super) const MAX_TOKENS: u32 = 60;

pub(super) async fn probe(client: &AiClient, role: ModelRole) -> Result<String, String> {
    let turns = [customer("The code word is Heron. Which code word did I tell you?")];
    let request = CompletionRequest {
        role,
        system: "Answer with one word and nothing else.",
        turns: &turns,
        max_tokens: MAX_TOKENS,
        format: AnswerFormat::Text,
    };
    let completion = client.complete(&request).await.map_err(|error| told(&error))?;
    if !says_code_word(completion.text.expose()) {
        return Err("it answers, but cannot repeat one word. Use a larger model.".into());
    }
    let asked = client.settings().model(role);
    let mut seen = vec!["answers".to_owned()];
    if completion.model != asked {
        seen.push(format!("as {}", completion.model));
    }
    let habits = habits(client.capabilities(asked));
    if !habits.is_empty() {
        seen.push(habits);
    }
    Ok(seen.join(", "))
}

pub(super) fn says_code_word(answer: &str) -> bool {
    answer.to_lowercase().contains(&CODE_WORD.to_lowercase())
}

pub(super) fn customer(text: &str) -> ChatTurn<'_> {
    ChatTurn {
        author: TurnAuthor::Customer,
        text,
    }
}
