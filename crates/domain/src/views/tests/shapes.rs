//! Numbers and pages as both sides of the wire see them: what the server of one version writes, the page of another reads.

use std::fmt::Debug;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use uuid::Uuid;

use super::super::*;
use crate::ids::{AccountId, RuleId};
use crate::matching::{CompiledConfig, FoldedMessage};
use crate::reasons::Reason;
use crate::rules::{KeywordMatcher, MatchMode, Matcher, ReplyRule, Response};
use crate::time::Timestamp;

fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> serde_json::Value {
    let json = serde_json::to_value(value).expect("json");
    assert_eq!(
        &serde_json::from_value::<T>(json.clone()).expect("the same shape"),
        value
    );
    json
}

fn moment(clock: &str) -> Moment {
    Moment {
        at: Timestamp::from_millis(1_795_340_525_000),
        iso: format!("2026-11-22T{clock}:05+01:00"),
        exact: format!("Sunday 22 November 2026, {clock}:05 (Europe/Amsterdam)"),
        short: clock.into(),
        clock: clock.into(),
        day: "Today, Sunday 22 November".into(),
    }
}

fn row(position: u32, keyword: &str, enabled: bool) -> RuleRow {
    RuleRow {
        position,
        rule: ReplyRule {
            id: RuleId::from_uuid(Uuid::from_u128(position.into())),
            label: format!("Rule {position}"),
            matcher: Matcher::Keywords(KeywordMatcher {
                keywords: vec![keyword.into()],
                mode: MatchMode::WholeWord,
            }),
            response: Response::Canned("yes".into()),
            enabled,
            leave_to_person: false,
            version: 3,
        },
        hits: 2,
        hits_30: 9,
        last_hit: Some(moment("10:42")),
    }
}

fn page(rules: Vec<RuleRow>) -> RulesPage {
    RulesPage {
        account: AccountBrief {
            id: AccountId::from_uuid(Uuid::from_u128(1)),
            username: "bloomandstem".into(),
            name: "Bloom & Stem".into(),
            monogram: "BS".into(),
            pill: Pill {
                tone: Tone::Ok,
                label: "On".into(),
            },
            last_reply: None,
        },
        status: StatusSentence {
            tone: Tone::Ok,
            lead: "On.".into(),
            rest: "2 rules.".into(),
            last_dm: Some(moment("10:40")),
        },
        list_version: 4,
        revision: 11,
        rules,
        default_reply: Response::AiPrompt("Be kind.".into()),
        default_share: DefaultShare {
            replies: 8,
            by_default: 3,
        },
        default_version: 2,
        saved: moment("09:00"),
        deleted: Vec::new(),
        others: Vec::new(),
    }
}

proptest! {
    #[test]
    fn a_count_is_grouped_whatever_it_is(value in prop_oneof![0..20_000_u32, any::<u32>()], capped in any::<bool>()) {
        let text = Count { value, capped }.to_string();
        prop_assert_eq!(text.ends_with('+'), capped);
        let digits = text.trim_end_matches('+');
        prop_assert_eq!(digits.replace(',', ""), value.to_string());
        let groups: Vec<&str> = digits.split(',').collect();
        prop_assert!((1..=3).contains(&groups[0].len()));
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3), "{}", text);
    }

    #[test]
    fn a_share_is_within_half_a_percent(replies in any::<u32>(), part in 0.0_f64..=1.0) {
        let by_default = (f64::from(replies) * part) as u32;
        let share = DefaultShare { replies, by_default };
        prop_assert_eq!(share.percent().is_none(), replies == 0);
        if let Some(percent) = share.percent() {
            prop_assert!(percent <= 100);
            let exact = f64::from(by_default) * 100.0 / f64::from(replies);
            prop_assert!((f64::from(percent) - exact).abs() <= 0.5);
        }
        let rest = DefaultShare { by_default: replies - by_default, ..share };
        let sum = share.percent().zip(rest.percent()).map(|(part, rest)| part + rest);
        prop_assert!(sum.is_none_or(|sum| (100..=101).contains(&sum)), "both halves are rounded: {:?}", sum);
    }

    #[test]
    fn cursors_are_opaque(text in any::<String>()) {
        survives(&Cursor::Older(text.clone()));
        survives(&Cursor::Newer(text));
    }
}

#[test]
fn the_config_of_a_page_is_the_list_that_it_shows() {
    let page = page(vec![
        row(1, "price", false),
        row(2, "open", true),
        row(3, "price", true),
    ]);
    let config = page.config();
    assert_eq!(
        (config.revision, config.list_version, config.default_version),
        (11, 4, 2)
    );
    assert_eq!(config.default_reply, page.default_reply);
    for row in &page.rules {
        let place = config.place_of(row.rule.id).expect("on the page");
        assert_eq!((place.position, place.label), (row.position, row.rule.label.clone()));
    }
    let compiled = CompiledConfig::compile(&config);
    let hits = compiled.match_keywords(&FoldedMessage::new("the price?"));
    let first = hits.iter().next().map(|(rule, _)| rule);
    assert_eq!(first, Some(page.rules[2].rule.id), "the first that is on");
}

#[test]
fn a_page_reads_what_an_older_server_wrote() {
    let page = page(vec![row(1, "price", true)]);
    let mut json = survives(&page);
    json.as_object_mut().expect("a page").remove("default_share");
    let row = json["rules"][0].as_object_mut().expect("a row");
    row.remove("hits_30");
    row.remove("last_hit");
    row["rule"].as_object_mut().expect("a rule").remove("leave_to_person");
    let read: RulesPage = serde_json::from_value(json).expect("a page of an older server");
    assert_eq!((read.rules[0].hits_30, &read.rules[0].last_hit), (0, &None));
    assert_eq!(read.default_share.percent(), None);
    assert_eq!(read.rules[0].rule, page.rules[0].rule);
    assert_eq!(read.default_reply, page.default_reply);
}

#[test]
fn each_step_of_connecting_is_told_apart() {
    let done = ConnectStep::Done {
        accounts: vec![ConnectedAccount {
            id: AccountId::from_uuid(Uuid::from_u128(1)),
            username: "bloomandstem".into(),
            standing: CandidateStanding::Moved,
            sentence: "Connected again.".into(),
            problem: None,
        }],
        failed: Vec::new(),
        dropped: vec!["salon".into()],
    };
    let problem = ConnectStep::Problem {
        problem: ConnectProblem {
            kind: ConnectProblemKind::PermissionsMissing,
            lead: "A permission is missing.".into(),
            sentence: "Give it and come back.".into(),
            next_label: "Ask again".into(),
            next: ConnectNext::AskAgain,
            permissions: vec![PermissionLine {
                name: "instagram_manage_messages".into(),
                label: "Manage Instagram messages".into(),
                given: false,
            }],
            pages: Vec::new(),
        },
    };
    let start = ConnectStep::Start {
        connected: Vec::new(),
        warning: None,
    };
    let choose = ConnectStep::Choose {
        candidates: Vec::new(),
        dropped: Vec::new(),
    };
    let names = [start, problem, choose, done].map(|step| survives(&step)["step"].clone());
    assert_eq!(names, ["start", "problem", "choose", "done"].map(|name| json!(name)));
}

#[test]
fn places_lead_to_one_account_or_to_all() {
    let id = AccountId::from_uuid(Uuid::from_u128(1));
    let places = [
        (Place::Accounts, json!({"page": "accounts"})),
        (Place::Account { id }, json!({"page": "account", "id": id})),
        (Place::Rules { id }, json!({"page": "rules", "id": id})),
        (Place::Connect, json!({"page": "connect"})),
        (
            Place::Messages {
                account: Some(id),
                outcome: OutcomeFilter::Skipped,
                reason: Some(Reason::NoCredits),
            },
            json!({"page": "messages", "account": id, "outcome": "skipped", "reason": "no_credits"}),
        ),
        (Place::People { id }, json!({"page": "people", "id": id})),
        (Place::Health, json!({"page": "health"})),
    ];
    for (place, json) in places {
        assert_eq!(survives(&place), json);
    }
    assert!(
        serde_json::from_value::<Place>(json!({"page": "account"})).is_err(),
        "which account?"
    );
}

#[test]
fn a_filter_keeps_what_is_set_and_refuses_what_it_does_not_know() {
    let filter: MessageFilter =
        serde_json::from_value(json!({"direction": "inbound", "to": "2026-11-22"})).expect("a filter");
    assert_eq!(
        (filter.direction, filter.to.as_deref()),
        (Some(Direction::Inbound), Some("2026-11-22"))
    );
    assert_eq!(
        (filter.account, filter.outcome, filter.from.as_deref()),
        (None, None, None)
    );
    survives(&filter);
    assert!(serde_json::from_value::<MessageFilter>(json!({"outcome": "answered"})).is_err());
}
