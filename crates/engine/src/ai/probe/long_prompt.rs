//! Whether the first words of a prompt as long as Concierge may send are still read. Some servers cut the front off, where the
//! instructions stand, and say nothing.

use super::told;
use super::words::{MAX_TOKENS, customer, says_code_word};
use crate::ai::{AiClient, AnswerFormat, Completion, CompletionRequest, ModelRole, estimate_tokens};

const FIRST: &str = "The code word is Heron. Remember it: at the end you are asked for it.\n";
const FILLER: &str =
    "The shop sells cups, plates and bowls, and every one of them is made by hand in a small workshop.\n";
/// Room for the question and for what the model thinks.
const REST: u32 = 1_200;

pub(super) async fn probe(client: &AiClient, role: ModelRole) -> Result<String, String> {
    let context = client.settings().context_tokens;
    let filler = context.saturating_sub(REST + MAX_TOKENS + estimate_tokens(FIRST));
    let repeats = (filler / estimate_tokens(FILLER)).max(2);
    let completion = ask(client, role, repeats).await?;
    let read = completion.usage.prompt;
    if says_code_word(completion.text.expose()) {
        return Ok(format!("is read from its first word, {read} tokens of it"));
    }
    let half = ask(client, role, repeats / 2).await;
    let read_whole =
        half.is_ok_and(|half| completion.is_counted && half.is_counted && is_whole(read, half.usage.prompt));
    Err(if read_whole {
        format!(
            "all {read} tokens of it are read, but the model does not find their first words again, where the instructions stand. Use a larger model"
        )
    } else {
        format!(
            "its first words are lost: the server reads less than {context} tokens, and the instructions stand in front. Start it with a larger \
             context, or lower CONCIERGE_AI_CONTEXT_TOKENS"
        )
    })
}

async fn ask(client: &AiClient, role: ModelRole, repeats: u32) -> Result<Completion, String> {
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
    client.complete(&request).await.map_err(|error| told(&error))
}

/// Whether a prompt of `read` tokens was read whole, where one half as long has `half`: what is cut off is not counted.
const fn is_whole(read: u32, half: u32) -> bool {
    read as u64 * 10 >= half as u64 * 17
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn a_prompt_that_grows_with_what_is_sent_is_read_whole() {
        assert!(is_whole(3_000, 1_530));
        assert!(!is_whole(2_048, 1_530));
        assert!(!is_whole(0, 1));
    }
}
