//! Whose turn it is: conversations with due replies, shared out between tenants and between the accounts of each, so that the storm or
//! the slow Page of one shop never delays another.
//!
//! - Turns go round: a tenant after the other, of a tenant an account after the other, of an account in the order of arrival.
//! - A tenant alone may take nearly all places; when others come, it gets no more until it is down to its share.
//! - One place in sixteen is kept for tenants and accounts that have (nearly) none, so that whoever comes need not wait for a call of
//!   somebody else; half of those for tenants, however many accounts another one has.

use std::collections::{HashMap, HashSet, VecDeque};

use domain::ids::{AccountId, ConversationId, ReplyId, TenantId};

use crate::replies::DueReply;

/// Conversations that wait or are in work, at most. What comes beyond stays in its row, where the sweeper finds it.
const MOST_CONVERSATIONS: usize = 20_000;
/// The share of the places that is kept for those with nearly none: one in so many.
const KEPT: usize = 16;
/// How many places are nearly none.
const NEARLY_NONE: usize = 2;

/// The conversations of one process that have something to do. It holds ids only; the rows say what is to be done.
#[derive(Debug)]
pub(super) struct FairQueue {
    places: usize,
    in_work: usize,
    conversations: HashMap<ConversationId, Known>,
    replies: HashSet<ReplyId>,
    tenants: HashMap<TenantId, Tenant>,
    /// Tenants with something that waits, the next one first.
    turns: VecDeque<TenantId>,
}

#[derive(Debug)]
struct Known {
    tenant: TenantId,
    account: AccountId,
    replies: Vec<ReplyId>,
    is_in_work: bool,
    /// Something was added while it was in work.
    again: bool,
}

#[derive(Debug, Default)]
struct Tenant {
    in_work: usize,
    accounts: HashMap<AccountId, Account>,
    /// Accounts with something that waits, the next one first.
    turns: VecDeque<AccountId>,
}

#[derive(Debug, Default)]
struct Account {
    in_work: usize,
    waiting: VecDeque<ConversationId>,
}

impl FairQueue {
    /// At most `places` conversations are in work at a time.
    pub(super) fn new(places: usize) -> Self {
        Self {
            places: places.max(1),
            in_work: 0,
            conversations: HashMap::new(),
            replies: HashSet::new(),
            tenants: HashMap::new(),
            turns: VecDeque::new(),
        }
    }

    /// Adds a reply; `false` when there is no room for its conversation. A conversation waits once, however many of its replies are due.
    pub(super) fn add(&mut self, due: DueReply) -> bool {
        if let Some(known) = self.conversations.get_mut(&due.conversation) {
            if self.replies.insert(due.reply) {
                known.replies.push(due.reply);
            }
            known.again |= known.is_in_work;
            return true;
        }
        if self.conversations.len() >= MOST_CONVERSATIONS {
            return false;
        }
        self.replies.insert(due.reply);
        let known = Known {
            tenant: due.tenant,
            account: due.account,
            replies: vec![due.reply],
            is_in_work: false,
            again: false,
        };
        self.conversations.insert(due.conversation, known);
        self.wait(due.tenant, due.account, due.conversation);
        true
    }

    /// Whether this reply waits here or is in work.
    pub(super) fn holds(&self, reply: ReplyId) -> bool {
        self.replies.contains(&reply)
    }

    /// The conversation whose turn it is, which is in work until [`finish`](Self::finish).
    pub(super) fn start_next(&mut self) -> Option<ConversationId> {
        let (share, free, kept) = (self.share(), self.places - self.in_work, self.kept());
        for _ in 0..self.turns.len() {
            let id = self.turns.pop_front()?;
            let tenant = self.tenants.get_mut(&id)?;
            let may_share = free > kept && tenant.in_work < share;
            let may_use_kept = match tenant.in_work < NEARLY_NONE {
                true => free > 0,
                false => free > kept / 2,
            };
            let started = tenant.start_next(may_share.then_some(share), may_use_kept);
            if !tenant.turns.is_empty() {
                self.turns.push_back(id);
            }
            if let Some(conversation) = started {
                self.in_work += 1;
                if let Some(known) = self.conversations.get_mut(&conversation) {
                    known.is_in_work = true;
                }
                return Some(conversation);
            }
        }
        None
    }

    /// The work on a conversation has ended. It waits again when something was added meanwhile.
    pub(super) fn finish(&mut self, conversation: ConversationId) {
        let Some(mut known) = self.conversations.remove(&conversation) else {
            return;
        };
        self.in_work -= 1;
        let (id, account) = (known.tenant, known.account);
        if let Some(tenant) = self.tenants.get_mut(&id) {
            tenant.finish(account);
            if tenant.is_idle() {
                self.tenants.remove(&id);
            }
        }
        if std::mem::take(&mut known.again) {
            known.is_in_work = false;
            self.conversations.insert(conversation, known);
            self.wait(id, account, conversation);
        } else {
            for reply in &known.replies {
                self.replies.remove(reply);
            }
        }
    }

    fn wait(&mut self, tenant: TenantId, account: AccountId, conversation: ConversationId) {
        let of_tenant = self.tenants.entry(tenant).or_default();
        if of_tenant.turns.is_empty() {
            self.turns.push_back(tenant);
        }
        of_tenant.wait(account, conversation);
    }

    fn kept(&self) -> usize {
        self.places / KEPT
    }

    /// How many places a tenant may take now.
    fn share(&self) -> usize {
        ((self.places - self.kept()) / self.tenants.len().max(1)).max(1)
    }
}

impl Tenant {
    /// `share`: how many places its accounts may take together, `None` when it has no more for now.
    fn start_next(&mut self, share: Option<usize>, may_use_kept: bool) -> Option<ConversationId> {
        let each = share.map(|share| (share / self.accounts.len().max(1)).max(1));
        for _ in 0..self.turns.len() {
            let id = self.turns.pop_front()?;
            let account = self.accounts.get_mut(&id)?;
            let may =
                each.is_some_and(|each| account.in_work < each) || (may_use_kept && account.in_work < NEARLY_NONE);
            let started = may.then(|| account.waiting.pop_front()).flatten();
            if started.is_some() {
                account.in_work += 1;
                self.in_work += 1;
            }
            if !account.waiting.is_empty() {
                self.turns.push_back(id);
            }
            if started.is_some() {
                return started;
            }
        }
        None
    }

    fn wait(&mut self, account: AccountId, conversation: ConversationId) {
        let of_account = self.accounts.entry(account).or_default();
        if of_account.waiting.is_empty() {
            self.turns.push_back(account);
        }
        of_account.waiting.push_back(conversation);
    }

    fn finish(&mut self, account: AccountId) {
        self.in_work -= 1;
        if let Some(of_account) = self.accounts.get_mut(&account) {
            of_account.in_work -= 1;
            if of_account.in_work == 0 && of_account.waiting.is_empty() {
                self.accounts.remove(&account);
            }
        }
    }

    fn is_idle(&self) -> bool {
        self.accounts.is_empty()
    }
}

#[cfg(test)]
mod tests;
