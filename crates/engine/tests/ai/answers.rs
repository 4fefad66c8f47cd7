//! Answers of every kind, and what the client makes of them.

use engine::ai::{AiError, AnswerFormat, ChatTurn, FormatLevel, Reasoning, TurnAuthor};
use sandbox::{AiFault, AiFaultSpec, JsonForm};

use super::stage::{Stage, customer, request};

const ANSWER: &str = "{\"action\":\"none\",\"reply\":\"Thanks for writing! Cups from 18 euros. (pretend AI)\"}";

fn same_json(one: &str, other: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    read(one) == read(other)
}

#[tokio::test]
async fn an_answer_comes_with_its_words_model_and_usage() {
    let stage = Stage::new().await;
    let completion = stage.ask("How much is a cup?").await.ok().unwrap();
    assert!(same_json(completion.text.expose(), ANSWER));
    assert_eq!(completion.model, "pretend-reply");
    assert!(!completion.truncated);
    assert!(completion.usage.prompt > 20 && completion.usage.completion > 10);
    let sent = stage.last_request();
    assert_eq!(sent.key_header.as_deref(), Some("authorization"));
    assert_eq!(sent.body["stream"], false);
    assert_eq!(sent.body["response_format"]["json_schema"]["strict"], true);
    assert_eq!(
        sent.body["max_completion_tokens"],
        200 + 1_024,
        "with room for thoughts"
    );
    assert!(sent.body.get("provider").is_none());
}

#[tokio::test]
async fn words_alone_can_be_asked_for() {
    let stage = Stage::new().await;
    let turns = [customer("the code word is Heron, repeat it")];
    let mut request = request(&turns, AnswerFormat::Text);
    request.system = "Answer with one word.";
    assert!(stage.client.complete(&request).await.ok().unwrap().text.expose() == "Heron");
    assert!(stage.last_request().body.get("response_format").is_none());
}

#[tokio::test]
async fn members_that_are_missing_odd_or_new_do_not_matter() {
    let stage = Stage::new().await;
    for fault in [
        AiFault::MissingUsage,
        AiFault::MissingMembers,
        AiFault::OddMembers,
        AiFault::ContentParts,
        AiFault::ThinkFirst,
    ] {
        stage.provider.fault(AiFaultSpec::from(fault.clone()).times(1));
        let completion = stage.ask("How much is a cup?").await.ok().unwrap();
        assert!(same_json(completion.text.expose(), ANSWER), "{fault:?}");
        assert!(
            completion.usage.prompt > 20 && completion.usage.completion > 10,
            "{fault:?}"
        );
        assert!(!completion.truncated);
    }
}

#[tokio::test]
async fn an_answer_without_words_is_empty_and_thoughts_are_no_words() {
    let stage = Stage::new().await;
    for fault in [
        AiFault::EmptyContent,
        AiFault::ReasoningOnly,
        AiFault::ThinkOnly,
        AiFault::UnclosedThink,
    ] {
        stage.provider.fault(AiFaultSpec::from(fault.clone()).times(1));
        assert_eq!(stage.error().await, AiError::EmptyAnswer, "{fault:?}");
    }
}

#[tokio::test]
async fn a_model_that_thinks_is_asked_to_think_less() {
    let stage = Stage::new().await;
    assert_eq!(stage.client.capabilities("pretend-reply").reasoning, Reasoning::Unseen);
    stage.words().await;
    assert!(stage.last_request().body.get("reasoning_effort").is_none());
    stage.provider.fault(AiFaultSpec::from(AiFault::ThinkFirst).times(1));
    stage.words().await;
    stage.words().await;
    assert_eq!(stage.last_request().body["reasoning_effort"], "none");
    stage.provider.fault(AiFault::ReasoningEffortRefused);
    stage.words().await;
    assert_eq!(
        stage.client.capabilities("pretend-reply").reasoning,
        Reasoning::Uncontrolled
    );
    assert!(stage.last_request().body.get("reasoning_effort").is_none());
}

#[tokio::test]
async fn half_an_answer_says_that_it_is_half() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::Truncated);
    assert!(stage.ask("How much is a cup?").await.ok().unwrap().truncated);
    assert_eq!(
        stage.client.capabilities("pretend-reply").format,
        FormatLevel::Schema,
        "it may be good JSON when whole"
    );
}

#[tokio::test]
async fn the_model_that_answered_is_told() {
    let stage = Stage::new().await;
    stage.provider.fault(AiFault::OtherModel);
    assert_eq!(
        stage.ask("How much is a cup?").await.ok().unwrap().model,
        "pretend/another-model"
    );
}

#[tokio::test]
async fn a_schema_that_is_ignored_leads_to_plainer_requests() {
    let stage = Stage::new().await;
    for (form, level) in [
        (JsonForm::ExtraKeys, FormatLevel::Schema),
        (JsonForm::DuplicateKeys, FormatLevel::Schema),
        (JsonForm::Prose, FormatLevel::Object),
        (JsonForm::Fence, FormatLevel::Object),
    ] {
        stage.provider.clear_faults();
        stage.provider.fault(AiFault::JsonSchemaIgnored { form });
        stage.words().await;
        assert_eq!(stage.client.capabilities("pretend-reply").format, level, "{form:?}");
    }
    stage.words().await;
    assert_eq!(stage.last_request().body["response_format"]["type"], "json_object");
}

#[tokio::test]
async fn a_conversation_is_sent_by_turns_and_without_what_does_not_fit() {
    let stage = Stage::with(|settings| settings.context_tokens = 600).await;
    let long = "a very long story ".repeat(80);
    let we = |text| ChatTurn {
        author: TurnAuthor::Assistant,
        text,
    };
    let turns = [
        customer(&long),
        we("I see."),
        customer("Hello?"),
        customer("How much is a cup?"),
    ];
    stage.ask_turns(&turns).await.ok().unwrap();
    let sent = stage.last_request();
    assert!(!sent.contains("long story"));
    assert_eq!(sent.body["messages"].as_array().unwrap().len(), 2);
    assert_eq!(sent.user(), "Hello?\nHow much is a cup?");
    let before = stage.provider.calls();
    assert_eq!(stage.ask_turns(&[customer(&long)]).await.err(), Some(AiError::Overflow));
    assert_eq!(stage.provider.calls(), before, "nothing was sent");
}
