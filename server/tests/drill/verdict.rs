//! What must be true in the end, compared between three witnesses: what customers wrote, what Meta accepted, what our tables say.

use std::collections::HashMap;
use std::process::ExitStatus;

use engine::storage::{Database, sql};
use sandbox::{AiRequest, SentMessage, Snapshot};
use sea_orm::FromQueryResult;

use crate::deployment::Shop;
use crate::traffic::Deserved;

#[derive(Debug, Clone, FromQueryResult)]
struct Row {
    mid: String,
    outcome: Option<String>,
    reason: Option<String>,
    reply_mid: Option<String>,
}

#[derive(FromQueryResult)]
struct Composed {
    attempts: i64,
}

#[derive(FromQueryResult)]
struct Balance {
    slug: String,
    balance: i64,
}

/// Every list holds sentences for people and should be empty.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// DMs with a final state.
    pub settled: usize,
    /// DMs whose customers have an answer.
    pub answered: usize,
    /// DMs without a final state.
    pub lost: Vec<String>,
    /// DMs that ended without an answer, although nothing stood in its way.
    pub unanswered: Vec<String>,
    /// Sends beyond what the customer's DMs deserve.
    pub double: Vec<String>,
    /// Sends and replies that do not belong together one to one.
    pub mismatched: Vec<String>,
    /// Credits gone that do not equal the sends.
    pub charges: Vec<String>,
    /// Calls to the AI that no crash explains.
    pub questions: Vec<String>,
    /// Replies that the AI wrote.
    pub composed: usize,
    /// Calls to the AI that were made again after a crash.
    pub asked_again: usize,
    /// What `concierge credits verify` complains about.
    pub ledger: Vec<String>,
}

impl Verdict {
    pub fn is_good(&self) -> bool {
        self.complaints().is_empty()
    }

    pub fn complaints(&self) -> Vec<&String> {
        let lists = [
            &self.lost,
            &self.unanswered,
            &self.double,
            &self.mismatched,
            &self.charges,
            &self.questions,
            &self.ledger,
        ];
        lists.into_iter().flatten().collect()
    }

    /// Each reply is asked for once, and once more for each kill that met it; a call has a commit of its own before it, so that
    /// there are never more calls than the replies count.
    pub async fn with_questions(mut self, database: &Database, asked: &[AiRequest], kills: usize) -> Self {
        let text = "SELECT compose_attempts AS attempts FROM replies WHERE compose_attempts > 0";
        let composed = sql::all::<Composed, _>(database.reader(), text, []).await;
        let composed = composed.expect("replies can be read");
        self.composed = composed.len();
        let attempts: i64 = composed.iter().map(|row| row.attempts).sum();
        let attempts = usize::try_from(attempts).expect("a small number");
        self.asked_again = attempts - self.composed;
        let mut times: HashMap<&str, usize> = HashMap::new();
        for question in asked {
            *times.entry(question.user()).or_default() += 1;
        }
        if times.values().sum::<usize>() > attempts {
            let calls = asked.len();
            self.questions
                .push(format!("{calls} calls to the AI, but {attempts} were begun"));
        }
        let often = times.into_iter().filter(|(_, times)| *times > 1 + kills);
        self.questions
            .extend(often.map(|(question, times)| format!("the AI was asked '{question}' {times} times")));
        self
    }

    pub fn with_ledger(mut self, (status, text): (ExitStatus, String)) -> Self {
        if !status.success() {
            self.ledger.push(format!("concierge credits verify: {status}: {text}"));
        }
        self
    }
}

pub async fn evaluate(
    database: &Database,
    shops: &[Shop],
    deserved: &HashMap<String, Deserved>,
    meta: &Snapshot,
) -> Verdict {
    let mut verdict = Verdict::default();
    let rows = rows(database).await;
    let by_mid: HashMap<&str, &Row> = rows.iter().map(|row| (row.mid.as_str(), row)).collect();
    for mid in deserved.keys() {
        judge(&mut verdict, mid, by_mid.get(mid.as_str()).copied());
    }
    verdict.double = double(deserved, &meta.sent);
    verdict.mismatched = mismatched(deserved, &rows, &meta.sent);
    verdict.charges = charges(database, shops, &meta.sent).await;
    verdict
}

async fn rows(database: &Database) -> Vec<Row> {
    let text = "SELECT m.platform_message_id AS mid, m.outcome, m.reason, r.platform_message_id AS reply_mid
        FROM messages m LEFT JOIN replies r ON r.message_id = m.id WHERE m.direction = 'inbound'";
    sql::all::<Row, _>(database.reader(), text, [])
        .await
        .expect("the log can be read")
}

fn judge(verdict: &mut Verdict, mid: &str, row: Option<&Row>) {
    match row.map(|row| (row.outcome.as_deref(), row.reason.as_deref())) {
        None => verdict.lost.push(format!("{mid} was never recorded")),
        Some((None, _)) => verdict.lost.push(format!("{mid} has no final state")),
        Some((Some("sent"), _)) => {
            verdict.settled += 1;
            verdict.answered += 1;
        }
        Some((Some(outcome), reason)) => {
            verdict.settled += 1;
            verdict
                .unanswered
                .push(format!("{mid} ended as {outcome}: {}", reason.unwrap_or("no reason")));
        }
    }
}

/// By conversation and words, so that neighbours with the same answer count together.
pub fn double(deserved: &HashMap<String, Deserved>, sent: &[SentMessage]) -> Vec<String> {
    let mut open: HashMap<Deserved, i64> = HashMap::new();
    for one in deserved.values() {
        *open.entry(one.clone()).or_default() += 1;
    }
    let mut double = Vec::new();
    for send in sent {
        let left = open.entry(answer(send)).or_default();
        *left -= 1;
        if *left < 0 {
            double.push(format!(
                "{} got '{}' once too often, as {}",
                send.recipient, send.text, send.mid
            ));
        }
    }
    double
}

fn answer(send: &SentMessage) -> Deserved {
    Deserved {
        ig_id: send.ig_id.clone(),
        recipient: send.recipient.clone(),
        text: send.text.clone(),
    }
}

/// Each send belongs to exactly one reply, and that reply to a DM that deserves these words.
fn mismatched(deserved: &HashMap<String, Deserved>, rows: &[Row], sent: &[SentMessage]) -> Vec<String> {
    let mut sends: HashMap<&str, &SentMessage> = sent.iter().map(|send| (send.mid.as_str(), send)).collect();
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| row.outcome.as_deref() == Some("sent")) {
        match row.reply_mid.as_deref().and_then(|mid| sends.remove(mid)) {
            None => wrong.push(format!(
                "{} counts as answered by {:?}, which Meta does not know",
                row.mid, row.reply_mid
            )),
            Some(send) if deserved.get(&row.mid) != Some(&answer(send)) => {
                wrong.push(format!("{} was answered with the words of another", row.mid));
            }
            Some(_) => {}
        }
    }
    wrong.extend(
        sends
            .keys()
            .map(|mid| format!("Meta accepted {mid}, which belongs to no reply")),
    );
    wrong
}

async fn charges(database: &Database, shops: &[Shop], sent: &[SentMessage]) -> Vec<String> {
    let text = "SELECT t.slug, b.balance FROM credit_balances b JOIN tenants t ON t.id = b.tenant_id";
    let balances = sql::all::<Balance, _>(database.reader(), text, [])
        .await
        .expect("balances can be read");
    let mut wrong = Vec::new();
    for shop in shops {
        let accepted = sent.iter().filter(|send| send.page_id == shop.page.page_id).count();
        let expected = shop.granted - i64::try_from(accepted).expect("a small number");
        let balance = balances
            .iter()
            .find(|row| row.slug == shop.tenant)
            .map(|row| row.balance);
        if balance != Some(expected) {
            wrong.push(format!(
                "{} has {balance:?} credits after {accepted} sends, not {expected}",
                shop.tenant
            ));
        }
    }
    wrong
}
