//! Replies of unknown outcome whose conversation could not be read: Meta is away, or the connection is broken.
//!
//! One of each account, the scout, asks again soon; the others keep to the timetable. As soon as Meta answers anything for the account, the
//! others are read too, one after the other. Kept by this process alone: after a restart the timetable holds.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::ids::{AccountId, ReplyId};
use domain::time::Timestamp;

/// Beyond so many of an account the timetable holds.
const MOST_REPLIES: usize = 1_000;
/// How long a scout may be late before another takes its place: its reply was settled by an echo.
const SCOUT_IS_GONE: Duration = Duration::from_secs(60);

/// What could not be read, by account. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct UnreadConversations(Arc<Mutex<HashMap<AccountId, Unread>>>);

#[derive(Debug)]
struct Unread {
    replies: BTreeSet<ReplyId>,
    scout: ReplyId,
    scout_asks_at: Timestamp,
}

impl UnreadConversations {
    /// Meta gave no answer about `reply`. When it is the scout of its account, it asks again at `soon`; else none.
    pub(super) fn failed(
        &self,
        account: AccountId,
        reply: ReplyId,
        now: Timestamp,
        soon: Timestamp,
    ) -> Option<Timestamp> {
        let mut accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let unread = accounts.entry(account).or_insert_with(|| Unread {
            replies: BTreeSet::new(),
            scout: reply,
            scout_asks_at: soon,
        });
        if unread.replies.len() < MOST_REPLIES {
            unread.replies.insert(reply);
        }
        if unread.scout != reply && now <= unread.scout_asks_at + SCOUT_IS_GONE {
            return None;
        }
        unread.scout = reply;
        unread.scout_asks_at = soon;
        Some(soon)
    }

    /// Meta answers for the account: a reply to read about now, if one is left. `read` was read just now.
    pub(super) fn answered(&self, account: AccountId, read: Option<ReplyId>) -> Option<ReplyId> {
        let mut accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let unread = accounts.get_mut(&account)?;
        if let Some(read) = read {
            unread.replies.remove(&read);
        }
        let next = unread.replies.pop_first();
        if unread.replies.is_empty() {
            accounts.remove(&account);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_348_800_000);
    const MINUTE: Duration = Duration::from_secs(60);

    fn reply(number: u128) -> ReplyId {
        ReplyId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn one_of_an_account_asks_soon_and_all_are_read_one_by_one_once_meta_answers() {
        let (unread, account) = (UnreadConversations::default(), AccountId::from_uuid(Uuid::nil()));
        let soon = NOW + MINUTE;
        assert_eq!(unread.failed(account, reply(1), NOW, soon), Some(soon));
        assert_eq!(unread.failed(account, reply(2), NOW, soon), None);
        assert_eq!(unread.failed(account, reply(3), NOW, soon), None);
        assert_eq!(
            unread.failed(account, reply(1), soon, soon + MINUTE),
            Some(soon + MINUTE)
        );

        assert_eq!(unread.answered(account, Some(reply(1))), Some(reply(2)));
        assert_eq!(unread.answered(account, Some(reply(2))), Some(reply(3)));
        assert_eq!(unread.answered(account, Some(reply(3))), None);
        let other = AccountId::from_uuid(Uuid::from_u128(9));
        assert_eq!(unread.answered(other, None), None);
    }

    #[test]
    fn a_scout_that_does_not_come_back_is_replaced() {
        let (unread, account) = (UnreadConversations::default(), AccountId::from_uuid(Uuid::nil()));
        assert!(unread.failed(account, reply(1), NOW, NOW + MINUTE).is_some());
        assert_eq!(
            unread.failed(account, reply(2), NOW + MINUTE * 2, NOW + MINUTE * 3),
            None
        );
        let late = NOW + MINUTE * 2 + Duration::from_secs(1);
        assert!(unread.failed(account, reply(2), late, late + MINUTE).is_some());
        assert_eq!(unread.failed(account, reply(1), late, late + MINUTE), None);
    }
}
