//! Whether the first words of a prompt as long as Concierge may send are still read. Some servers cut the front off, where the
//! instructions stand, and say nothing.

use super::told;
use super::words::{MAX_TOKENS, customer, says_code_word};
use crate::ai::{AiClient, AnswerFormat, CompletionRequest, ModelRole, estimate_tokens};

const FIRST: &str = "The code word is Heron. Remember it: at the end you are asked for it.\n";
const FILLER: &str =
    "The shop sells cups, plates and bowls, and every one of them is made by hand in a small workshop.\n";
/// Room for the question and for what the model thinks.
const REST: u32 = 1_200;

pub(super) async fn probe(client: &AiClient, role: ModelRole) -> Result<String, String> {
    let context = client.settings().context_tokens;
    let filler = context.saturating_sub(REST + MAX_TOKENS + estimate_tokens(FIRST));
    let repeats = (filler / estimate_tokens(FILLER)).max(1);
    let system = format!("{FIRST}{}", FILLER.repeat(repeats as usize));
    let turns = [customer(
        "Which code word stands at the beginning? Answer with that word alone.",
    )];
    let request = CompletionRequest {
        role,
        system: &system,
        turns: &turns,
        max_tokens: MAX_TOKENS,
        format: AnswerFormat::Text,
    };
    let completion = client.complete(&request).await.map_err(|error| told(&error))?;
    if says_code_word(completion.text.expose()) {
        Ok(format!(
            "is read from its first word, {} tokens of it",
            completion.usage.prompt
        ))
    } else {
        Err(format!(
            "its first words are lost: the server reads less than {context} tokens, and the instructions stand in front. Start it with a larger \
             context, or lower CONCIERGE_AI_CONTEXT_TOKENS"
        ))
    }
}
