//! Decides, charges and starts any number of replies in one transaction. One reply is a group of one.
//!
//! Each member goes its own way: most are answered and begin to be sent; the others ask the AI, wait, or end. What they have in common
//! is written once: facts, credits, claims, seals, and the ends for one reason.

use std::collections::BTreeMap;

use domain::decide::Outcome;
use domain::ids::ReplyId;
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::time::Timestamp;
use tracing::{Instrument, Span};

use super::applying::{apply_outcome, end_with, wait_for_scores};
use super::composing::{Begun, Claimed, Instead, begin};
use super::context::PipelineContext;
use super::deciding::{Decided, decide_now, resume};
use super::facts::Facts;
use super::outcome::WorkError;
use super::prepare::Prepared;
use super::scoring::Scoring;
use super::starting::{Starting, start_all};
use crate::credits::{Purse, Reservation};
use crate::replies::{OpenReply, Transition, claim, settle_all_not_sent};
use crate::storage::{StorageError, Transaction};

/// A reply that is decided together with others.
pub(super) struct Member {
    pub(super) claimed: Claimed,
    /// Whether its claim is committed; else the row is locked.
    pub(super) is_claimed: bool,
    /// Of the work on it: lines about it belong there.
    pub(super) span: Span,
}

/// What is to be done about a member; [`WorkError::Conflict`] when somebody else changed it.
pub(super) type Answer = Result<Prepared, WorkError>;

/// The answers come in the order of the members.
pub(super) async fn decide_group(
    context: &PipelineContext,
    transaction: &Transaction,
    members: Vec<Member>,
) -> Result<Vec<Answer>, WorkError> {
    let now = context.clock.now();
    let group = Group {
        context,
        transaction,
        now,
    };
    let mut decided = group.decide(members).await?;
    let purse = group.take_credits(&mut decided).await?;
    let changed = group.claim_odd(&mut decided).await?;
    group.carry_out(decided, &changed, purse).await
}

/// Decides a reply anew whose claim is committed.
pub(super) async fn decide_again(
    context: &PipelineContext,
    transaction: &Transaction,
    claimed: Claimed,
) -> Result<Prepared, WorkError> {
    let member = Member {
        claimed,
        is_claimed: true,
        span: Span::current(),
    };
    let mut answers = decide_group(context, transaction, vec![member]).await?;
    answers.pop().unwrap_or(Err(WorkError::Conflict))
}

struct DecidedMember {
    member: Member,
    facts: Facts,
    decided: Decided,
}

impl DecidedMember {
    const fn reply(&self) -> &OpenReply {
        &self.member.claimed.reply
    }

    const fn costs_a_credit(&self) -> bool {
        matches!(self.decided, Decided::Reply(_) | Decided::Ask(_)) && !self.reply().state.holds_credit()
    }

    /// Those that are sent are claimed on the way.
    const fn must_be_claimed(&self) -> bool {
        !self.member.is_claimed && !matches!(self.decided, Decided::Reply(_))
    }
}

struct Group<'a> {
    context: &'a PipelineContext,
    transaction: &'a Transaction,
    now: Timestamp,
}

impl Group<'_> {
    async fn decide(&self, members: Vec<Member>) -> Result<Vec<DecidedMember>, WorkError> {
        let replies: Vec<&OpenReply> = members.iter().map(|member| &member.claimed.reply).collect();
        let mut facts = Facts::load_all(self.context, self.transaction, &replies, self.now).await?;
        let decide = |member: Member| {
            let facts = facts.remove(&member.claimed.reply.id);
            let facts = facts.ok_or(StorageError::Corrupt("account of a reply"))?;
            let decided = member.span.in_scope(|| self.decide_one(&member.claimed, &facts));
            Ok(DecidedMember { member, facts, decided })
        };
        members.into_iter().map(decide).collect()
    }

    fn decide_one(&self, claimed: &Claimed, facts: &Facts) -> Decided {
        let decided = match claimed.reply.state {
            ReplyState::Composed => resume(self.context, &claimed.reply, facts, self.now),
            _ => decide_now(self.context, claimed, facts, self.now),
        };
        self.wait_while_refused(decided)
    }

    /// While Meta refuses the deployment nothing is asked, charged or sent; what is rightly not answered ends as ever.
    fn wait_while_refused(&self, decided: Decided) -> Decided {
        if matches!(decided, Decided::Outcome(_)) {
            return decided;
        }
        let is_last_step = matches!(decided, Decided::Reply(_) | Decided::Ask(_));
        match self.context.breaker.waits_until(is_last_step, self.now) {
            None => decided,
            Some(until) => Decided::Outcome(Outcome::Wait {
                reason: WaitReason::DeploymentRefused,
                until: Some(until),
            }),
        }
    }

    /// From here to the commit the tenants' balances are locked for their other replies. Whoever finds none left is not answered.
    async fn take_credits(&self, members: &mut [DecidedMember]) -> Result<Purse, StorageError> {
        let tenants = members.iter().filter(|member| member.costs_a_credit());
        let tenants: Vec<_> = tenants.map(|member| member.reply().tenant).collect();
        let mut purse = Purse::open(self.transaction, tenants, self.now).await?;
        for member in members.iter_mut().filter(|member| member.costs_a_credit()) {
            let reply = member.reply();
            if purse.take(reply.tenant, reply.id)? == Reservation::NoCredits {
                member.decided = Decided::Outcome(Outcome::Silence(Reason::NoCredits));
            }
        }
        Ok(purse)
    }

    /// Returns those that somebody else changed.
    async fn claim_odd(&self, members: &mut [DecidedMember]) -> Result<Vec<ReplyId>, StorageError> {
        let odd = members.iter_mut().filter(|member| member.must_be_claimed());
        let mut odd: Vec<&mut OpenReply> = odd.map(|member| &mut member.member.claimed.reply).collect();
        if odd.is_empty() {
            return Ok(Vec::new());
        }
        let (claimant, clock) = (&self.context.claimant, self.context.clock.as_ref());
        let claimed = claim(
            self.transaction,
            odd.iter_mut().map(|reply| &mut **reply),
            claimant,
            clock,
        )
        .await?;
        let ids = odd.iter().map(|reply| reply.id);
        Ok(ids.filter(|id| !claimed.contains(id)).collect())
    }

    async fn carry_out(
        &self,
        members: Vec<DecidedMember>,
        changed: &[ReplyId],
        purse: Purse,
    ) -> Result<Vec<Answer>, WorkError> {
        let mut carried_out = CarriedOut::new(members.len(), purse);
        for (place, member) in members.into_iter().enumerate() {
            let reply = member.reply().id;
            if changed.contains(&reply) {
                carried_out.answer(place, reply, Err(WorkError::Conflict));
                continue;
            }
            let span = member.member.span.clone();
            match self.carry_out_one(member).instrument(span.clone()).await {
                Ok(Next::Start(starting)) => carried_out.starting.push((place, span, *starting)),
                Ok(Next::End(reason, reply)) => carried_out.end(place, reason, *reply),
                Ok(Next::Answered(prepared)) => carried_out.answer(place, reply, Ok(*prepared)),
                Err(WorkError::Conflict) => carried_out.answer(place, reply, Err(WorkError::Conflict)),
                Err(error) => return Err(error),
            }
        }
        carried_out.write(self).await
    }

    async fn carry_out_one(&self, member: DecidedMember) -> Result<Next, WorkError> {
        let (context, transaction) = (self.context, self.transaction);
        let DecidedMember { member, facts, decided } = member;
        let mut claimed = member.claimed;
        let prepared = match decided {
            Decided::Reply(composed) => {
                let reply = claimed.reply;
                return Ok(Next::Start(Box::new(Starting { reply, facts, composed })));
            }
            Decided::Ask(winner) => {
                match begin(context, transaction, claimed.clone(), &facts, winner, self.now).await? {
                    Begun::Asking(composing) => Prepared::Compose(composing),
                    Begun::Instead(instead) => return Ok(self.in_place_of_the_ai(claimed.reply, facts, instead)),
                }
            }
            Decided::Score(message) => {
                let config = facts.config;
                Prepared::Score(Scoring {
                    claimed,
                    message,
                    config,
                })
            }
            Decided::ScoresMissing => wait_for_scores(context, transaction, &mut claimed.reply).await?,
            Decided::Outcome(Outcome::Silence(reason)) => {
                let reason = end_with(transaction, &claimed.reply, reason).await?;
                return Ok(Next::End(reason, Box::new(claimed.reply)));
            }
            Decided::Outcome(outcome) => {
                apply_outcome(context, transaction, &mut claimed.reply, outcome, facts.window_until).await?
            }
        };
        Ok(Next::Answered(Box::new(prepared)))
    }

    fn in_place_of_the_ai(&self, mut reply: OpenReply, facts: Facts, instead: Instead) -> Next {
        match instead {
            Instead::Send(composed) => {
                let composed = facts.with_disclosure(composed, self.now);
                Next::Start(Box::new(Starting { reply, facts, composed }))
            }
            Instead::Skip(skip) => {
                skip.note(&mut reply);
                Next::End(skip.reason, Box::new(reply))
            }
        }
    }
}

/// How a member goes on.
enum Next {
    Start(Box<Starting>),
    End(Reason, Box<OpenReply>),
    Answered(Box<Prepared>),
}

/// What is still to be written for all, and the answers that are known.
struct CarriedOut {
    answers: Vec<Option<Answer>>,
    starting: Vec<(usize, Span, Starting)>,
    ending: BTreeMap<Reason, Vec<(usize, OpenReply)>>,
    purse: Purse,
}

impl CarriedOut {
    fn new(members: usize, purse: Purse) -> Self {
        Self {
            answers: std::iter::repeat_with(|| None).take(members).collect(),
            starting: Vec::new(),
            ending: BTreeMap::new(),
            purse,
        }
    }

    fn end(&mut self, place: usize, reason: Reason, reply: OpenReply) {
        self.purse.put_back(reply.id);
        self.ending.entry(reason).or_default().push((place, reply));
    }

    /// Nothing is charged for a reply that does not go on.
    fn answer(&mut self, place: usize, reply: ReplyId, answer: Answer) {
        let goes_on = matches!(
            answer,
            Ok(Prepared::Compose(_) | Prepared::Send(_) | Prepared::Unsendable(_))
        );
        if !goes_on {
            self.purse.put_back(reply);
        }
        self.answers[place] = Some(answer);
    }

    async fn write(mut self, group: &Group<'_>) -> Result<Vec<Answer>, WorkError> {
        self.start(group).await?;
        // Before the ends, which give credits back: each ledger row says the balance that it left.
        std::mem::take(&mut self.purse)
            .write(group.transaction, group.now)
            .await?;
        self.settle(group).await?;
        let answered = |answer: Option<Answer>| answer.unwrap_or(Err(WorkError::Conflict));
        Ok(self.answers.into_iter().map(answered).collect())
    }

    async fn start(&mut self, group: &Group<'_>) -> Result<(), WorkError> {
        if self.starting.is_empty() {
            return Ok(());
        }
        let mut places = Vec::with_capacity(self.starting.len());
        let mut replies = Vec::with_capacity(self.starting.len());
        for (place, span, starting) in std::mem::take(&mut self.starting) {
            places.push((place, span, starting.reply.id));
            replies.push(starting);
        }
        let answers = start_all(group.context, group.transaction, replies).await?;
        for ((place, span, reply), answer) in places.into_iter().zip(answers) {
            self.answer(place, reply, answer);
            if self.purse.holds(reply) {
                span.in_scope(|| tracing::debug!("the reply is charged"));
            }
        }
        Ok(())
    }

    async fn settle(&mut self, group: &Group<'_>) -> Result<(), WorkError> {
        for (reason, ending) in std::mem::take(&mut self.ending) {
            let (places, replies): (Vec<usize>, Vec<OpenReply>) = ending.into_iter().unzip();
            let transitions = settle_all_not_sent(group.transaction, replies, reason, group.now).await?;
            for (place, transition) in places.into_iter().zip(transitions) {
                self.answers[place] = Some(match transition {
                    Transition::Applied => Ok(Prepared::Done),
                    Transition::Conflict => Err(WorkError::Conflict),
                });
            }
        }
        Ok(())
    }
}
