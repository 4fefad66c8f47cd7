//! Pending edits are kept in order, applied to what the server answers, and given up as a whole.

use domain::ids::RuleId;
use domain::rules::STARTERS;
use domain::views::RuleRow;

use super::super::moves::{Cause, Move};
use super::{EditQueue, ListEdit, QueuedEdit};

fn rows() -> Vec<RuleRow> {
    let row = |(position, number): (u32, u128)| {
        let draft = STARTERS[0].draft();
        RuleRow {
            position,
            rule: domain::rules::ReplyRule {
                id: rule(number),
                label: format!("Rule {number}"),
                matcher: draft.matcher,
                response: draft.response,
                enabled: true,
                leave_to_person: false,
                version: 1,
            },
            hits: 0,
            hits_30: 0,
            last_hit: None,
        }
    };
    (1..).zip(1..=4).map(row).collect()
}

fn rule(number: u128) -> RuleId {
    RuleId::from_uuid(uuid::Uuid::from_u128(number))
}

fn to(number: u128, to: u32) -> ListEdit {
    ListEdit::Move(Move {
        rule: rule(number),
        to,
        cause: Cause::Step,
    })
}

fn wait(queue: &EditQueue, edit: ListEdit) -> bool {
    queue.push(QueuedEdit {
        edit,
        label: String::new(),
        from: 0,
        before: Vec::new(),
    })
}

fn order(rows: &[RuleRow]) -> Vec<RuleId> {
    rows.iter().map(|row| row.rule.id).collect()
}

#[test]
fn only_the_first_has_to_be_begun() {
    let queue = EditQueue::new();
    assert!(wait(&queue, to(1, 2)));
    assert!(!wait(&queue, ListEdit::Delete(rule(2))));
    queue.pop_front();
    assert_eq!(queue.front().map(|change| change.edit), Some(ListEdit::Delete(rule(2))));
    queue.pop_front();
    assert!(queue.front().is_none());
    assert!(wait(&queue, to(1, 3)));
}

#[test]
fn steps_that_wait_behind_each_other_are_one_move() {
    let queue = EditQueue::new();
    for place in [2, 3, 4] {
        wait(&queue, to(1, place));
    }
    wait(&queue, to(3, 1));
    let mut sent = Vec::new();
    while let Some(change) = queue.front() {
        sent.push(change.edit);
        queue.pop_front();
    }
    assert_eq!(sent, [to(1, 2), to(1, 4), to(3, 1)]);
}

#[test]
fn what_was_done_already_may_be_done_again() {
    let mut rows = rows();
    for edit in [to(1, 3), ListEdit::Delete(rule(2))] {
        edit.apply_to(&mut rows);
        let once = rows.clone();
        edit.apply_to(&mut rows);
        assert_eq!(rows, once);
    }
    assert_eq!(order(&rows), [rule(3), rule(1), rule(4)]);
    assert_eq!(rows.iter().map(|row| row.position).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn giving_up_names_where_the_rule_was_to_go_in_the_end() {
    let queue = EditQueue::new();
    for edit in [to(1, 2), to(1, 3), to(4, 1), to(1, 4), to(4, 2)] {
        wait(&queue, edit);
    }
    let request = queue.clear_failed().map(|request| (request.rule, request.to));
    assert_eq!(request, Some((rule(1), 4)));
    assert!(queue.front().is_none());
}

#[test]
fn an_older_version_is_no_news() {
    let queue = EditQueue::new();
    assert_eq!(queue.observe_version(7), 7);
    assert_eq!(queue.observe_version(5), 7);
}
