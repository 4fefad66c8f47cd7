//! Each gate alone, and each gate against every later one.

use super::*;

type Close = fn(&mut DecisionInput<'_>);

/// Every way a gate can hold, in the order of precedence, for a message whose winning answer is AI.
fn gates() -> Vec<(Outcome, Close)> {
    let wait = |reason, until| Outcome::Wait { reason, until };
    vec![
        (Outcome::Silence(Reason::AccountDisconnected), |i| {
            i.account.status = AccountStatus::Disconnected
        }),
        (Outcome::Silence(Reason::AccountDisabled), |i| i.account.enabled = false),
        (Outcome::Silence(Reason::AutoReplyOff), |i| i.account.auto_reply = false),
        (Outcome::Silence(Reason::UnsentByCustomer), |i| i.message.unsent = true),
        (Outcome::Silence(Reason::HumanAnswered), |i| {
            i.conversation.human_answered = true
        }),
        (Outcome::Silence(Reason::HumanActive), |i| {
            i.conversation.human_active_until = Some(NOW + HOUR)
        }),
        (Outcome::Silence(Reason::WindowClosed), |i| {
            i.conversation.window_until = NOW
        }),
        (Outcome::Silence(Reason::TooOld), |i| i.limits.max_age = HOUR / 2),
        (Outcome::Silence(Reason::ConversationLimit), |i| {
            i.conversation.replies_in_10_minutes = 6
        }),
        (wait(WaitReason::NeedsReconnect, None), |i| {
            i.account.status = AccountStatus::NeedsReconnect
        }),
        (wait(WaitReason::NeedsAttention, None), |i| {
            i.account.status = AccountStatus::NeedsAttention
        }),
        (wait(WaitReason::Paused, Some(NOW + HOUR)), |i| {
            i.account.status = AccountStatus::Paused { until: NOW + HOUR };
        }),
        (Outcome::Silence(Reason::DefaultReplySent), |i| {
            i.default_reply.frequency = DefaultReplyFrequency::OnceADay;
            i.default_reply.last_sent = Some(NOW - HOUR);
        }),
        (Outcome::Silence(Reason::AiOff), |i| i.ai.available = false),
        (Outcome::Silence(Reason::PersonaNotApproved), |i| {
            i.ai.persona_approved = false
        }),
        (Outcome::Silence(Reason::PromptNotApproved), |i| {
            i.prompts = no_default()
        }),
        (Outcome::Silence(Reason::NoCredits), |i| i.credits_available = false),
    ]
}

/// The prompt of the default reply is not approved.
fn no_default() -> &'static PromptApprovals {
    static NO_DEFAULT: std::sync::LazyLock<PromptApprovals> =
        std::sync::LazyLock::new(|| PromptApprovals::all_but([None]));
    &NO_DEFAULT
}

/// Gates on the account's status exclude each other: closing a later one would open the earlier one.
fn closes_status(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Silence(Reason::AccountDisconnected)
            | Outcome::Wait {
                reason: WaitReason::NeedsReconnect | WaitReason::NeedsAttention | WaitReason::Paused,
                ..
            }
    )
}

#[test]
fn each_gate_holds_alone_and_before_every_later_one() {
    let config = compiled(Vec::new(), ai("default"));
    let none = IntentScores::Unavailable;
    let gates = gates();
    for (position, (outcome, close)) in gates.iter().enumerate() {
        let mut alone = input(&config, &none, Some("hi"));
        close(&mut alone);
        let decision = decide(&alone);
        assert_eq!(&decision.outcome, outcome);
        assert!(matches!(decision.steps.last(), Some(Step::Gate { stopped: true, .. })));
        for (later, close_later) in &gates[position + 1..] {
            if closes_status(outcome) && closes_status(later) {
                continue;
            }
            let mut both = input(&config, &none, Some("hi"));
            close_later(&mut both);
            close(&mut both);
            assert_eq!(&decide(&both).outcome, outcome, "before {later:?}");
        }
    }
}

#[test]
fn before_sending_the_gates_that_stand_before_the_answer_are_checked_again() {
    let config = compiled(Vec::new(), ai("default"));
    let none = IntentScores::Unavailable;
    assert_eq!(recheck_before_send(&input(&config, &none, Some("hi")), None), None);
    for (position, (outcome, close)) in gates().into_iter().enumerate() {
        let mut input = input(&config, &none, Some("hi"));
        close(&mut input);
        let expected = (position < 13).then_some(outcome);
        assert_eq!(recheck_before_send(&input, None), expected);
    }
}

/// Beyond the limit.
fn asks_for_a_person<'a>(config: &'a CompiledConfig, intents: &'a IntentScores) -> DecisionInput<'a> {
    let mut input = input(config, intents, Some("a human, now"));
    input.conversation.replies_in_10_minutes = 6;
    input
}

#[test]
fn beyond_the_limit_a_customer_can_still_ask_for_a_person() {
    let mut person = rule(1, keywords(&["human"]), canned("Somebody will write to you."));
    person.leave_to_person = true;
    let config = compiled(vec![person], canned("default"));
    let none = IntentScores::Unavailable;
    let asked = asks_for_a_person(&config, &none);
    let decision = decide(&asked);
    assert_eq!(decision.outcome, reply(Some(1), canned("Somebody will write to you.")));
    let looked_at = decision.steps.iter().filter(|step| matches!(step, Step::Rule { .. }));
    assert_eq!(looked_at.count(), 1, "the explanation names each rule once");
    let limit = Step::Gate {
        gate: Gate::Silence(Reason::ConversationLimit),
        stopped: false,
    };
    assert!(decision.steps.contains(&limit));
    assert_eq!(recheck_before_send(&asked, Some(id(1))), None);
    let limit = Some(Outcome::Silence(Reason::ConversationLimit));
    assert_eq!(recheck_before_send(&asked, None), limit, "the default reply");
    assert_eq!(
        recheck_before_send(&asked, Some(id(2))),
        limit,
        "a rule that was deleted"
    );

    let mut waits = asked.clone();
    waits.account.status = AccountStatus::NeedsReconnect;
    let reason = WaitReason::NeedsReconnect;
    let later = Outcome::Wait { reason, until: None };
    assert_eq!(decide(&waits).outcome, later, "it goes out after a reconnect");
    let mut quiet = asked.clone();
    quiet.conversation.human_active_until = Some(NOW + HOUR);
    assert_eq!(decide(&quiet).outcome, Outcome::Silence(Reason::HumanActive));
    let mut unpaid = asked;
    unpaid.credits_available = false;
    assert_eq!(decide(&unpaid).outcome, Outcome::Silence(Reason::NoCredits));
}

#[test]
fn beyond_the_limit_a_score_is_asked_for_only_where_a_person_can_be() {
    let none = IntentScores::Unavailable;
    let mut person = rule(1, intent(), canned("Somebody will write to you."));
    let outcome = |rule: &ReplyRule| {
        let config = compiled(vec![rule.clone()], canned("default"));
        decide(&asks_for_a_person(&config, &none))
    };
    let silent = Outcome::Silence(Reason::ConversationLimit);
    assert_eq!(outcome(&person).outcome, silent);
    person.leave_to_person = true;
    let decision = outcome(&person);
    let reason = WaitReason::AiUnavailable;
    assert_eq!(decision.outcome, Outcome::Wait { reason, until: None });
    let verdict = RuleVerdict::IntentUnavailable;
    assert_eq!(decision.steps.last(), Some(&Step::Rule { rule: id(1), verdict }));
    person.enabled = false;
    assert_eq!(outcome(&person).outcome, silent);
}

#[test]
fn beyond_the_limit_no_score_is_waited_for_that_could_not_lead_to_a_person() {
    let mut by_keyword = rule(1, keywords(&["agent"]), canned("Somebody will write to you."));
    by_keyword.leave_to_person = true;
    let booking = rule(2, intent(), canned("Which day?"));
    let none = IntentScores::Unavailable;
    let outcome = |rules: &[&ReplyRule]| {
        let config = compiled(rules.iter().copied().cloned().collect(), canned("default"));
        decide(&asks_for_a_person(&config, &none)).outcome
    };
    let reason = WaitReason::AiUnavailable;
    assert_eq!(
        outcome(&[&by_keyword, &booking]),
        Outcome::Silence(Reason::ConversationLimit),
        "the walk is past the rule that leaves to a person"
    );
    assert_eq!(outcome(&[&booking, &by_keyword]), Outcome::Wait { reason, until: None });
}

#[test]
fn who_had_the_default_reply_today_gets_a_rule_but_not_the_default_again() {
    let config = compiled(
        vec![rule(1, keywords(&["price"]), canned("It costs 3."))],
        canned("default"),
    );
    let none = IntentScores::Unavailable;
    let with = |text, default_reply| DecisionInput {
        default_reply,
        ..input(&config, &none, Some(text))
    };
    let sent = |frequency, ago| DefaultReplyFacts {
        frequency,
        last_sent: Some(NOW - ago),
    };
    let once = DefaultReplyFrequency::OnceADay;
    let silent = Outcome::Silence(Reason::DefaultReplySent);
    assert_eq!(decide(&with("zzz", sent(once, HOUR))).outcome, silent);
    assert_eq!(
        decide(&with("price", sent(once, HOUR))).outcome,
        reply(Some(1), canned("It costs 3."))
    );
    let default = reply(None, canned("default"));
    assert_eq!(decide(&with("zzz", sent(once, DAY))).outcome, default, "a day later");
    let never = DefaultReplyFacts {
        frequency: once,
        last_sent: None,
    };
    assert_eq!(decide(&with("zzz", never)).outcome, default);
    let every_time = sent(DefaultReplyFrequency::EveryTime, HOUR);
    assert_eq!(decide(&with("zzz", every_time)).outcome, default);
    let had_it = with("price", sent(once, HOUR));
    assert_eq!(recheck_before_send(&had_it, Some(id(1))), None);
    assert_eq!(recheck_before_send(&had_it, None), Some(silent));
}

#[test]
fn canned_answers_need_no_ai_and_reserved_ones_no_second_credit() {
    let config = compiled(Vec::new(), canned("default"));
    let none = IntentScores::Unavailable;
    let mut input = input(&config, &none, Some("hi"));
    input.ai = AiFacts {
        available: false,
        persona_approved: false,
    };
    assert_eq!(decide(&input).outcome, reply(None, canned("default")));
    input.credits_available = false;
    assert_eq!(decide(&input).outcome, Outcome::Silence(Reason::NoCredits));
    input.already_reserved = true;
    assert_eq!(decide(&input).outcome, reply(None, canned("default")));
}

#[test]
fn the_edges_of_time_and_number() {
    let config = compiled(Vec::new(), canned("default"));
    let none = IntentScores::Unavailable;
    let open = input(&config, &none, Some("hi"));
    let outcome = |change: Close| {
        let mut input = open.clone();
        change(&mut input);
        decide(&input).outcome
    };
    let answered = reply(None, canned("default"));
    assert_eq!(
        outcome(|i| i.conversation.window_until = NOW + Duration::from_millis(1)),
        answered
    );
    assert_eq!(outcome(|i| i.message.occurred_at = NOW - DAY), answered);
    assert_eq!(outcome(|i| i.message.occurred_at = NOW + DAY), answered);
    let too_old = outcome(|i| i.message.occurred_at = NOW - DAY - Duration::from_millis(1));
    assert_eq!(too_old, Outcome::Silence(Reason::TooOld));
    assert_eq!(outcome(|i| i.conversation.human_active_until = Some(NOW)), answered);
    assert_eq!(
        outcome(|i| i.account.status = AccountStatus::Paused { until: NOW }),
        answered
    );
    let limit = Outcome::Silence(Reason::ConversationLimit);
    assert_eq!(outcome(|i| i.conversation.replies_in_10_minutes = 5), answered);
    assert_eq!(outcome(|i| i.conversation.replies_in_24_hours = 29), answered);
    assert_eq!(outcome(|i| i.conversation.replies_in_24_hours = 30), limit);
}
