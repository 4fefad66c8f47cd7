use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const PLACES: usize = 32;

fn due(tenant: u8, account: u8, conversation: u16, reply: u32) -> DueReply {
    let id = |kind: u128, parts: [u32; 3]| {
        let parts = parts.iter().fold(kind, |id, part| (id << 32) | u128::from(*part));
        Uuid::from_u128(parts)
    };
    let (tenant, account, conversation) = (u32::from(tenant), u32::from(account), u32::from(conversation));
    DueReply {
        reply: ReplyId::from_uuid(id(4, [0, 0, reply])),
        conversation: ConversationId::from_uuid(id(3, [tenant, account, conversation])),
        account: AccountId::from_uuid(id(2, [0, tenant, account])),
        tenant: TenantId::from_uuid(id(1, [0, 0, tenant])),
    }
}

/// Storms: many conversations of one account.
fn storm(queue: &mut FairQueue, tenant: u8, account: u8, conversations: u16) {
    for conversation in 0..conversations {
        let reply = (u32::from(tenant) << 24) | (u32::from(account) << 16) | u32::from(conversation);
        assert!(queue.add(due(tenant, account, conversation, reply)));
    }
}

fn start_all(queue: &mut FairQueue) -> Vec<ConversationId> {
    std::iter::from_fn(|| queue.start_next()).collect()
}

#[test]
fn one_shop_alone_takes_nearly_all_places() {
    let mut queue = FairQueue::new(PLACES);
    storm(&mut queue, 1, 1, 100);
    assert_eq!(start_all(&mut queue).len(), PLACES - PLACES / KEPT);
}

#[test]
fn who_comes_during_a_storm_starts_at_once() {
    let mut queue = FairQueue::new(PLACES);
    storm(&mut queue, 1, 1, 100);
    start_all(&mut queue);
    let newcomer = due(2, 1, 1, 1);
    queue.add(newcomer);
    assert_eq!(queue.start_next(), Some(newcomer.conversation));
}

#[test]
fn another_account_of_the_same_tenant_starts_at_once_too() {
    let mut queue = FairQueue::new(PLACES);
    storm(&mut queue, 1, 1, 100);
    start_all(&mut queue);
    let newcomer = due(1, 2, 1, 1);
    queue.add(newcomer);
    assert_eq!(queue.start_next(), Some(newcomer.conversation));
}

#[test]
fn two_storms_end_up_with_half_of_the_places_each() {
    let mut queue = FairQueue::new(PLACES);
    storm(&mut queue, 1, 1, 200);
    let mut first: VecDeque<ConversationId> = start_all(&mut queue).into();
    storm(&mut queue, 2, 1, 200);
    let second = due(2, 1, 0, 0).conversation.as_uuid().as_u128() >> 64;
    for _ in 0..40 {
        let done = first.pop_front().expect("something is in work");
        queue.finish(done);
        first.extend(start_all(&mut queue));
    }
    let of_second = first.iter().filter(|id| id.as_uuid().as_u128() >> 64 == second).count();
    assert!(
        of_second.abs_diff(first.len() / 2) <= 1,
        "{of_second} of {}",
        first.len()
    );
}

#[test]
fn a_conversation_is_in_work_once_and_comes_again_for_what_was_added_meanwhile() {
    let mut queue = FairQueue::new(PLACES);
    queue.add(due(1, 1, 1, 1));
    queue.add(due(1, 1, 1, 2));
    let conversation = due(1, 1, 1, 1).conversation;
    assert_eq!(start_all(&mut queue), [conversation]);
    queue.add(due(1, 1, 1, 3));
    assert_eq!(queue.start_next(), None);
    queue.finish(conversation);
    assert_eq!(start_all(&mut queue), [conversation]);
    queue.finish(conversation);
    assert_eq!((queue.start_next(), queue.holds(due(1, 1, 1, 3).reply)), (None, false));
}

#[test]
fn beyond_its_room_it_takes_no_further_conversation() {
    let mut queue = FairQueue::new(PLACES);
    for conversation in 0..MOST_CONVERSATIONS {
        let conversation = u16::try_from(conversation).expect("few enough");
        assert!(queue.add(due(1, 1, conversation, u32::from(conversation))));
    }
    assert!(!queue.add(due(2, 1, 1, 1_000_000)));
    assert!(queue.add(due(1, 1, 1, 1_000_001)), "a known conversation has its place");
}

#[derive(Debug, Clone)]
enum Step {
    Add(u8, u8, u16),
    Start,
    Finish(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..4u8, 0..3u8, 0..20u16).prop_map(|(tenant, account, conversation)| Step::Add(tenant, account, conversation)),
        3 => Just(Step::Start),
        2 => any::<usize>().prop_map(Step::Finish),
    ];
    vec(step, 0..400)
}

proptest! {
    /// Nothing is lost, nothing is in work twice, places are never exceeded, and whatever waits starts in the end.
    #[test]
    fn everything_added_is_worked_on(steps in steps(), places in 1..40usize) {
        let mut queue = FairQueue::new(places);
        let mut in_work = Vec::new();
        let mut owed = HashSet::new();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Add(tenant, account, conversation) => {
                    let due = due(tenant, account, conversation, u32::try_from(number).unwrap_or_default());
                    prop_assert!(queue.add(due));
                    prop_assert!(queue.holds(due.reply));
                    owed.insert(due.conversation);
                }
                Step::Start => {
                    if let Some(started) = queue.start_next() {
                        prop_assert!(!in_work.contains(&started));
                        owed.remove(&started);
                        in_work.push(started);
                    } else {
                        prop_assert!(queue.conversations.len() == in_work.len() || !in_work.is_empty(), "somebody waits for nobody");
                    }
                }
                Step::Finish(which) if !in_work.is_empty() => {
                    let done = in_work.swap_remove(which % in_work.len());
                    queue.finish(done);
                }
                Step::Finish(_) => {}
            }
            prop_assert!(in_work.len() <= places);
        }
        while let Some(done) = in_work.pop() {
            queue.finish(done);
            for started in start_all(&mut queue) {
                owed.remove(&started);
                in_work.push(started);
            }
            if in_work.is_empty() {
                in_work.extend(start_all(&mut queue).into_iter().inspect(|started| { owed.remove(started); }));
            }
        }
        for started in start_all(&mut queue) {
            owed.remove(&started);
            queue.finish(started);
            while let Some(next) = queue.start_next() {
                owed.remove(&next);
                queue.finish(next);
            }
        }
        prop_assert!(owed.is_empty(), "{owed:?}");
        prop_assert!(queue.replies.is_empty() && queue.tenants.is_empty() && queue.turns.is_empty());
    }
}
