//! What must be true in the end, compared between three witnesses: what customers wrote, what Meta accepted, what our tables say.

mod credits;
mod ends;
mod sends;

use std::collections::HashMap;
use std::process::ExitStatus;

use engine::storage::{Database, sql};
use sandbox::{AiRequest, SentMessage};
use sea_orm::FromQueryResult;

use crate::deployment::Shop;
use crate::traffic::Written;

pub use sends::double;

#[derive(FromQueryResult)]
struct Composed {
    attempts: i64,
}

/// Every list holds sentences for people and should be empty.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// DMs with a final state.
    pub settled: usize,
    /// DMs whose customers have an answer.
    pub answered: usize,
    /// DMs without an answer because their customers took them back.
    pub taken_back: usize,
    /// DMs without an answer because their shop had no credits left.
    pub without_credits: usize,
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
    written: &HashMap<String, Written>,
    sent: &[SentMessage],
) -> Verdict {
    let mut verdict = Verdict::default();
    let rows = ends::rows(database).await;
    let mut funds = credits::funds(database, shops, written, sent).await;
    ends::judge(&mut verdict, written, &rows, &mut funds);
    verdict.double = sends::double(written, sent);
    verdict.mismatched = sends::mismatched(written, &rows, sent);
    verdict.charges = funds.iter().flat_map(credits::Funds::complaints).collect();
    verdict
}
