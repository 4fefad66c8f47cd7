//! A program and a person at the same rules: positions stay dense, no text is lost, and a repeat changes nothing.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use domain::ids::RuleId;
use engine::identity::Actor;
use engine::rules::Rules;
use http::Method;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::client::{Program, rule, rules_of};
use crate::shared::{TestDatabase, for_each_database};
use crate::support::{Answer, World};

/// One step of either; numbers name a rule by its place, cut to how many there are.
#[derive(Debug, Clone)]
enum Step {
    Add { place: u32 },
    Move { by_page: bool, from: usize, to: u32 },
    StaleMove { from: usize, to: u32 },
    Edit { by_page: bool, at: usize },
    Delete { by_page: bool, at: usize },
    Restore { by_page: bool },
    Duplicate { by_page: bool, at: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let (at, place) = (0..6_usize, 1..8_u32);
    prop_oneof![
        5 => place.clone().prop_map(|place| Step::Add { place }),
        2 => (any::<bool>(), at.clone(), place.clone()).prop_map(|(by_page, from, to)| Step::Move { by_page, from, to }),
        1 => (at.clone(), place).prop_map(|(from, to)| Step::StaleMove { from, to }),
        2 => (any::<bool>(), at.clone()).prop_map(|(by_page, at)| Step::Edit { by_page, at }),
        1 => (any::<bool>(), at.clone()).prop_map(|(by_page, at)| Step::Delete { by_page, at }),
        1 => any::<bool>().prop_map(|by_page| Step::Restore { by_page }),
        1 => (any::<bool>(), at).prop_map(|(by_page, at)| Step::Duplicate { by_page, at }),
    ]
}

struct Story<'a> {
    world: &'a World,
    program: Program,
    page: Rules,
    path: String,
    count: usize,
    writes: usize,
    /// Names and answers of rules that were written and not deleted since.
    written: BTreeMap<String, String>,
    /// Ids, names and answers.
    deleted: Vec<(String, String, String)>,
}

/// What a rule of this name answers when it is written.
fn answer_of(name: &str) -> String {
    format!("The answer of {name}.")
}

fn named(name: &str, keyword: &str) -> Value {
    let mut rule = rule(name, keyword);
    rule["response"]["text"] = json!(answer_of(name));
    rule
}

impl Story<'_> {
    async fn list(&self) -> Value {
        self.program.get(&self.path).await.json()
    }

    /// Id and name of the rule at a place.
    async fn rule_at(&self, at: usize) -> Option<(String, String)> {
        let list = self.list().await;
        let items = list["items"].as_array().unwrap();
        let item = items.get(at % items.len().max(1))?;
        Some((
            item["id"].as_str().unwrap().to_owned(),
            item["label"].as_str().unwrap().to_owned(),
        ))
    }

    fn new_name(&mut self) -> String {
        self.count += 1;
        format!("Rule number {}", self.count)
    }

    /// A write of the program, and the same once more with the same key: that one is answered alike and changes nothing.
    async fn write(&mut self, method: Method, path: &str, version: Option<&str>, body: Option<Value>) -> Answer {
        self.writes += 1;
        let key = format!("write-{}", self.writes);
        let key = Some(("idempotency-key", key.as_str()));
        let headers: Vec<_> = key
            .into_iter()
            .chain(version.map(|version| ("if-match", version)))
            .collect();
        let answer = self.program.send(method.clone(), path, &headers, body.clone()).await;
        let after = self.list().await;
        let again = self.program.send(method, path, &headers, body).await;
        assert_eq!(again.header("idempotency-replayed"), "true", "{again:?}");
        assert_eq!((again.status, &again.body), (answer.status, &answer.body));
        assert_eq!(again.header("etag"), answer.header("etag"));
        assert_eq!(self.list().await, after, "a repeat changes nothing");
        answer
    }

    fn delete(&mut self, id: String, label: String) {
        let answer = self.written.remove(&label).unwrap();
        self.deleted.push((id, label, answer));
    }

    async fn take(&mut self, step: Step) {
        match step {
            Step::Add { place } => {
                let name = self.new_name();
                let mut body = named(&name, "word");
                body["position"] = json!(place);
                let path = self.path.clone();
                let added = self.write(Method::POST, &path, None, Some(body)).await;
                assert_eq!(added.status, 201, "{added:?}");
                self.written.insert(name.clone(), answer_of(&name));
            }
            Step::Move { by_page, from, to } => {
                let Some((id, _)) = self.rule_at(from).await else {
                    return;
                };
                if by_page {
                    let page = self.page.page(self.world.account).await.unwrap();
                    let moved = self
                        .page
                        .move_to(parse(&id), to, page.list_version, Actor::Command)
                        .await;
                    moved.unwrap();
                } else {
                    let version = self.program.get(&self.path).await.header("etag").to_owned();
                    assert_eq!(self.send_move(&id, to, &version).await, 200);
                }
            }
            Step::StaleMove { from, to } => {
                let Some((id, label)) = self.rule_at(from).await else {
                    return;
                };
                let stale = self.program.get(&self.path).await.header("etag").to_owned();
                self.edit_by_page(&id, &label).await;
                let before = self.list().await;
                assert_eq!(self.send_move(&id, to, &stale).await, 412);
                assert_eq!(self.list().await, before);
            }
            Step::Edit { by_page, at } => {
                let Some((id, label)) = self.rule_at(at).await else {
                    return;
                };
                if by_page {
                    self.edit_by_page(&id, &label).await;
                } else {
                    let name = self.new_name();
                    let one = format!("{}/{id}", self.path);
                    let version = self.program.get(&one).await.header("etag").to_owned();
                    let text = Some(named(&name, "other"));
                    let edited = self.write(Method::PUT, &one, Some(&version), text).await;
                    assert_eq!(edited.status, 200, "{edited:?}");
                    let lost = Some(named("Lost", "lost"));
                    let late = self.write(Method::PUT, &one, Some(&version), lost).await;
                    assert_eq!(late.status, 412);
                    self.written.remove(&label);
                    self.written.insert(name.clone(), answer_of(&name));
                }
            }
            Step::Delete { by_page, at } => {
                let Some((id, label)) = self.rule_at(at).await else {
                    return;
                };
                if by_page {
                    self.page.delete(parse(&id), Actor::Command).await.unwrap();
                } else {
                    let path = format!("{}/{id}", self.path);
                    let deleted = self.write(Method::DELETE, &path, None, None).await;
                    assert_eq!(deleted.status, 204);
                }
                self.delete(id, label);
            }
            Step::Restore { by_page } => {
                let Some((id, label, answer)) = self.deleted.pop() else {
                    return;
                };
                if by_page {
                    self.page.restore(parse(&id), Actor::Command).await.unwrap();
                } else {
                    let path = format!("{}/{id}/restore", self.path);
                    for _ in 0..2 {
                        assert_eq!(self.write(Method::POST, &path, None, None).await.status, 200);
                    }
                }
                self.written.insert(label, answer);
            }
            Step::Duplicate { by_page, at } => {
                let Some((id, label)) = self.rule_at(at).await else {
                    return;
                };
                // A copy of a copy has a name that is there already.
                let copy = format!("{label} (copy)");
                if self.written.contains_key(&copy) || self.deleted.iter().any(|(_, deleted, _)| *deleted == copy) {
                    return;
                }
                if by_page {
                    self.page.duplicate(parse(&id), Actor::Command).await.unwrap();
                } else {
                    let path = format!("{}/{id}/duplicate", self.path);
                    assert_eq!(self.write(Method::POST, &path, None, None).await.status, 201);
                }
                let answer = self.written[&label].clone();
                self.written.insert(copy, answer);
            }
        }
    }

    async fn send_move(&mut self, id: &str, to: u32, version: &str) -> u16 {
        let path = format!("{}/{id}/move", self.path);
        let body = Some(json!({ "position": to }));
        let moved = self.write(Method::POST, &path, Some(version), body).await;
        moved.status.as_u16()
    }

    async fn edit_by_page(&mut self, id: &str, label: &str) {
        let page = self.page.page(self.world.account).await.unwrap();
        let row = page.rules.into_iter().find(|row| row.rule.id == parse(id)).unwrap();
        let name = self.new_name();
        let mut draft = row.rule.draft();
        draft.label.clone_from(&name);
        self.page
            .edit(parse(id), row.rule.version, &draft, Actor::Command)
            .await
            .unwrap();
        let answer = self.written.remove(label).unwrap();
        self.written.insert(name, answer);
    }

    async fn check(&self) {
        let list = self.list().await;
        let items = list["items"].as_array().unwrap();
        let places: Vec<u64> = items.iter().map(|item| item["position"].as_u64().unwrap()).collect();
        assert_eq!(
            places,
            (1..=items.len() as u64).collect::<Vec<_>>(),
            "positions are dense"
        );
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let texts: BTreeMap<String, String> = items
            .iter()
            .map(|item| (text(&item["label"]), text(&item["response"]["text"])))
            .collect();
        assert_eq!(texts, self.written, "no text is lost");
        assert_eq!(texts.len(), items.len(), "nothing is there twice");
    }
}

fn parse(id: &str) -> RuleId {
    id.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_and_a_person_lose_nothing_of_each_other() {
    for_each_database(async |database: TestDatabase| {
        let world = World::with(&database, |server| {
            server.limits.key = (NonZeroU32::MAX, NonZeroU32::MAX);
        })
        .await;
        let runtime = tokio::runtime::Handle::current();
        let mut runner = TestRunner::new(Config::with_cases(12));
        let steps = proptest::collection::vec(step(), 1..14);
        let world = &world;
        tokio::task::block_in_place(|| {
            let outcome = runner.run(&steps, |steps| {
                runtime.block_on(tell(world, steps));
                Ok(())
            });
            outcome.unwrap();
        });
    })
    .await;
}

async fn tell(world: &World, steps: Vec<Step>) {
    let page = Rules::for_tenant(
        world.engine.database(),
        world.engine.clock().clone(),
        world.owner.tenant,
    );
    // Each run begins with an empty list, and with keys that were not used before.
    for row in page.page(world.account).await.unwrap().rules {
        page.delete(row.rule.id, Actor::Command).await.unwrap();
    }
    let program = Program::of(world).await;
    let key = program.id.unwrap();
    let mut story = Story {
        world,
        program,
        page,
        path: rules_of(world),
        count: 0,
        writes: 0,
        written: BTreeMap::new(),
        deleted: Vec::new(),
    };
    for step in steps {
        story.take(step).await;
        story.check().await;
    }
    super::client::keys(world, world.owner.tenant)
        .revoke(key, Actor::Command)
        .await
        .unwrap();
}
