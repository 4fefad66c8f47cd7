//! What can go wrong with the pretend AI provider, as switches of the page.

use axum::extract::{Form, State};
use axum::response::Response;
use serde::Deserialize;

use super::forms::done;
use super::html::hidden;
use super::view::View;
use crate::ai::{AiFault, ErrorShape, JsonForm, JudgeMode, OverflowShape};
use crate::handle::SandboxHandle;

/// What a switch does.
enum Effect {
    Fault(AiFault),
    Judge(JudgeMode),
    ObeysCustomers,
}

/// One switch of the page.
struct AiSwitch {
    /// In the form and in element ids.
    id: &'static str,
    /// Its label.
    name: &'static str,
    effect: Effect,
}

const fn fault(id: &'static str, name: &'static str, fault: AiFault) -> AiSwitch {
    AiSwitch {
        id,
        name,
        effect: Effect::Fault(fault),
    }
}

const fn judge(id: &'static str, name: &'static str, mode: JudgeMode) -> AiSwitch {
    AiSwitch {
        id,
        name,
        effect: Effect::Judge(mode),
    }
}

/// In the order of the page.
static SWITCHES: [AiSwitch; 47] = [
    AiSwitch {
        id: "ai_obeys",
        name: "Obeys everything a customer writes",
        effect: Effect::ObeysCustomers,
    },
    judge("ai_weak", "The judge approves everything", JudgeMode::Weak),
    judge("ai_stubborn", "The judge rejects everything", JudgeMode::Stubborn),
    judge(
        "ai_contradictory",
        "The judge contradicts itself",
        JudgeMode::Contradictory,
    ),
    judge(
        "ai_wrong_hash",
        "The judge speaks of another text",
        JudgeMode::WrongHash,
    ),
    judge(
        "ai_misquoting",
        "The judge quotes what is not there",
        JudgeMode::Misquoting,
    ),
    judge("ai_canned", "The judge repeats a fake verdict", JudgeMode::Canned),
    judge(
        "ai_swayed",
        "The judge is swayed by the order",
        JudgeMode::SwayedByOrder,
    ),
    fault(
        "ai_server_error",
        "The AI is down (503)",
        AiFault::ServerError { http_status: 503 },
    ),
    fault(
        "ai_bad_gateway",
        "A broken server in between (502)",
        AiFault::ServerError { http_status: 502 },
    ),
    fault("ai_slow", "Answers take a minute", AiFault::Slow { ms: 60_000 }),
    fault("ai_cut", "The connection drops", AiFault::CutConnection),
    fault("ai_unauthorized", "The key is refused (401)", AiFault::Unauthorized),
    fault("ai_quota", "The quota is used up", AiFault::QuotaUsedUp),
    fault(
        "ai_rate",
        "Too many calls: 20 seconds",
        AiFault::RateLimited {
            seconds: 20,
            as_date: false,
        },
    ),
    fault(
        "ai_rate_date",
        "Too many calls: until a time",
        AiFault::RateLimited {
            seconds: 90,
            as_date: true,
        },
    ),
    fault("ai_unknown_model", "The model does not exist", AiFault::UnknownModel),
    fault(
        "ai_overflow",
        "Text too long, as OpenAI says it",
        AiFault::Overflow {
            shape: OverflowShape::OpenAi,
        },
    ),
    fault(
        "ai_overflow_llama",
        "Text too long, as llama.cpp says it",
        AiFault::Overflow {
            shape: OverflowShape::LlamaCpp,
        },
    ),
    fault(
        "ai_overflow_vllm",
        "Text too long, as vLLM says it",
        AiFault::Overflow {
            shape: OverflowShape::Vllm,
        },
    ),
    fault(
        "ai_cut_front",
        "The front of the text is cut off",
        AiFault::SilentTruncation { tokens: 100 },
    ),
    fault(
        "ai_filter_refused",
        "Content filter refuses (400)",
        AiFault::ContentFilterRefused,
    ),
    fault(
        "ai_filter_stopped",
        "Content filter stops the answer",
        AiFault::ContentFilterStopped,
    ),
    fault("ai_refusal", "The model refuses", AiFault::Refusal),
    fault("ai_empty", "The answer is empty", AiFault::EmptyContent),
    fault("ai_reasoning", "Only reasoning, no answer", AiFault::ReasoningOnly),
    fault("ai_think_only", "Only a think block", AiFault::ThinkOnly),
    fault(
        "ai_unclosed_think",
        "A think block without an end",
        AiFault::UnclosedThink,
    ),
    fault("ai_think_first", "A think block before the answer", AiFault::ThinkFirst),
    fault("ai_truncated", "Half an answer", AiFault::Truncated),
    fault(
        "ai_behind_ok",
        "An error behind a 200",
        AiFault::ErrorBehindOk { code: 502 },
    ),
    fault("ai_not_json", "A web page instead of JSON", AiFault::NotJson),
    fault(
        "ai_integer_code",
        "Error: a number as code",
        AiFault::OddError {
            shape: ErrorShape::IntegerCode,
        },
    ),
    fault(
        "ai_bare_string",
        "Error: a bare sentence",
        AiFault::OddError {
            shape: ErrorShape::BareString,
        },
    ),
    fault(
        "ai_detail",
        "Error: “detail”",
        AiFault::OddError {
            shape: ErrorShape::Detail,
        },
    ),
    fault(
        "ai_array",
        "Error: an array",
        AiFault::OddError {
            shape: ErrorShape::Array,
        },
    ),
    fault("ai_missing_usage", "No usage", AiFault::MissingUsage),
    fault("ai_missing_members", "No id, no finish reason", AiFault::MissingMembers),
    fault("ai_odd_members", "Odd finish reason and tier", AiFault::OddMembers),
    fault("ai_other_model", "Another model answers", AiFault::OtherModel),
    fault(
        "ai_new_limit",
        "max_completion_tokens is refused",
        AiFault::MaxCompletionTokensRefused,
    ),
    fault("ai_temperature", "temperature is refused", AiFault::TemperatureRefused),
    fault(
        "ai_schema_refused",
        "JSON schemas are refused",
        AiFault::JsonSchemaRefused { object_too: false },
    ),
    fault(
        "ai_prose",
        "Prose around the JSON",
        AiFault::JsonSchemaIgnored { form: JsonForm::Prose },
    ),
    fault(
        "ai_fence",
        "JSON in a Markdown fence",
        AiFault::JsonSchemaIgnored { form: JsonForm::Fence },
    ),
    fault(
        "ai_duplicate_keys",
        "JSON with a key twice",
        AiFault::JsonSchemaIgnored {
            form: JsonForm::DuplicateKeys,
        },
    ),
    fault("ai_no_embeddings", "No embeddings (501)", AiFault::NoEmbeddings),
];

impl AiSwitch {
    fn is_on(&self, handle: &SandboxHandle) -> bool {
        let ai = handle.ai();
        match &self.effect {
            Effect::Fault(fault) => ai.faults().iter().any(|active| active.spec.kind == *fault),
            Effect::Judge(mode) => ai.judge() == *mode,
            Effect::ObeysCustomers => ai.obeys_customers(),
        }
    }

    fn set(&self, handle: &SandboxHandle, on: bool) {
        let ai = handle.ai();
        match &self.effect {
            Effect::Fault(fault) if on => {
                ai.fault(fault.clone());
            }
            Effect::Fault(fault) => ai.clear_fault_kind(fault),
            Effect::Judge(mode) => ai.set_judge(if on { *mode } else { JudgeMode::Fair }),
            Effect::ObeysCustomers => ai.set_obeys_customers(on),
        }
    }
}

/// The card as HTML.
pub fn render(handle: &SandboxHandle, view: &View) -> String {
    let rows: String = SWITCHES
        .iter()
        .map(|switch| row(view, switch, switch.is_on(handle)))
        .collect();
    let on = SWITCHES.iter().filter(|switch| switch.is_on(handle)).count();
    let state = match on {
        0 => "All well".to_owned(),
        count => format!("{count} on"),
    };
    let open = if on > 0 { " open" } else { "" };
    format!(
        "<details class=\"card\"{open}><summary class=\"card__head\"><h2 class=\"card__title\">The pretend AI</h2>\
         <span class=\"setting__help\" id=\"ai-count\">{state}</span></summary><div id=\"ai-tricks\">{rows}</div></details>"
    )
}

fn row(view: &View, switch: &AiSwitch, on: bool) -> String {
    let (id, word) = (switch.id, if on { "On" } else { "Off" });
    format!(
        "<form class=\"setting\" method=\"post\" action=\"/chat/ai\" data-live>{}{}{}{}\
         <div><p class=\"setting__name\" id=\"n-{id}\">{}</p></div>\
         <button class=\"switch\" role=\"switch\" aria-checked=\"{on}\" aria-labelledby=\"n-{id}\">\
         <span class=\"switch__track\" aria-hidden=\"true\"></span>\
         <span class=\"switch__word\" aria-hidden=\"true\">{word}</span></button></form>",
        hidden("to", &view.account.username),
        hidden("as", &view.customer),
        hidden("trick", id),
        hidden("on", if on { "false" } else { "true" }),
        switch.name,
    )
}

/// A switch and its new position.
#[derive(Deserialize)]
pub struct AiSwitchForm {
    to: String,
    #[serde(rename = "as")]
    customer: String,
    trick: String,
    on: bool,
}

/// Moves a switch.
pub async fn set(State(handle): State<SandboxHandle>, Form(form): Form<AiSwitchForm>) -> Response {
    if let Some(switch) = SWITCHES.iter().find(|switch| switch.id == form.trick) {
        switch.set(&handle, form.on);
    }
    done(Ok(()), &form.to, &form.customer)
}
