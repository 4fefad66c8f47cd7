//! Reads what the judge says, strictly. A verdict counts only when all of it fits together; everything else leaves the text
//! unchecked.

use serde::Deserialize;

use super::{Category, Finding, JudgeQuestion, POLICY_VERSION, Severity};
use crate::names::named_enum;
use crate::persona::CheckedText;

/// What a verdict comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    /// The text may be used; what is found is worth a second look.
    Approved(Vec<Finding>),
    /// The text must not be used: at least one finding blocks.
    Rejected(Vec<Finding>),
    /// The answer does not count.
    Contradiction(Contradiction),
}

named_enum! {
    /// Why an answer of the judge does not count.
    pub enum Contradiction {
        /// It is not one JSON object of the right form: a fence, prose, thoughts, a refusal, a cut-off end, a key twice.
        Unreadable = "unreadable",
        /// It is about another text.
        OtherText = "other_text",
        /// It answers another question.
        OtherQuestion = "other_question",
        /// It is by another policy.
        OtherPolicy = "other_policy",
        /// It approves and blocks.
        ApprovedWithBlock = "approved_with_block",
        /// It rejects, and nothing that it names blocks.
        RejectedWithoutReason = "rejected_without_reason",
        /// It quotes what the text does not say.
        QuoteNotThere = "quote_not_there",
        /// It rejects for another text than the one it was asked about.
        BlamesContext = "blames_context",
        /// Neither approved nor rejected.
        UnknownVerdict = "unknown_verdict",
        /// Asked twice, it said two things.
        RunsDisagree = "runs_disagree",
    }
}

impl Contradiction {
    /// For the operator.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Unreadable => "The judge's answer is not the JSON that was asked for.",
            Self::OtherText => "The judge's answer names another text.",
            Self::OtherQuestion => "The judge's answer belongs to another question.",
            Self::OtherPolicy => "The judge's answer names another version of the policy.",
            Self::ApprovedWithBlock => "The judge approved a text that it also blocks.",
            Self::RejectedWithoutReason => "The judge rejected the text without a reason.",
            Self::QuoteNotThere => "The judge quoted words that the text does not hold.",
            Self::BlamesContext => "The judge rejected another text than the one it was asked about.",
            Self::UnknownVerdict => "The judge neither approved nor rejected the text.",
            Self::RunsDisagree => "The judge was asked twice and said two things.",
        }
    }
}

/// The form of an answer. Unknown keys are passed over; a known key that stands there twice is an error of serde's.
#[derive(Deserialize)]
struct Answer {
    policy_version: u64,
    text_sha256: String,
    nonce: String,
    findings: Vec<Found>,
    verdict: String,
}

#[derive(Deserialize)]
struct Found {
    category: String,
    severity: String,
    part: String,
    quote: String,
}

impl JudgeQuestion<'_> {
    /// What the judge's answer comes to.
    #[must_use]
    pub fn read(&self, answer: &str) -> Judged {
        match self.try_read(answer) {
            Ok(judged) => judged,
            Err(contradiction) => Judged::Contradiction(contradiction),
        }
    }

    fn try_read(&self, answer: &str) -> Result<Judged, Contradiction> {
        let answer: Answer = serde_json::from_str(answer).map_err(|_| Contradiction::Unreadable)?;
        self.check_echo(&answer)?;
        let findings = answer.findings.iter().map(|found| self.finding(found));
        let findings: Vec<(CheckedText, Finding)> = findings.collect::<Result<_, _>>()?;
        let (own, context): (Vec<_>, Vec<_>) = findings.into_iter().partition(|(part, _)| *part == self.kind);
        let blocks = |found: &[(CheckedText, Finding)]| found.iter().any(|(_, finding)| finding.blocks());
        let (own_blocks, context_blocks) = (blocks(&own), blocks(&context));
        let own = own.into_iter().map(|(_, finding)| finding).collect();
        match answer.verdict.as_str() {
            "approved" if own_blocks || context_blocks => Err(Contradiction::ApprovedWithBlock),
            "approved" => Ok(Judged::Approved(own)),
            "rejected" if own_blocks => Ok(Judged::Rejected(own)),
            "rejected" if context_blocks => Err(Contradiction::BlamesContext),
            "rejected" => Err(Contradiction::RejectedWithoutReason),
            _ => Err(Contradiction::UnknownVerdict),
        }
    }

    fn check_echo(&self, answer: &Answer) -> Result<(), Contradiction> {
        if answer.text_sha256 != self.text_sha256 {
            Err(Contradiction::OtherText)
        } else if answer.nonce != self.nonce {
            Err(Contradiction::OtherQuestion)
        } else if answer.policy_version != u64::from(POLICY_VERSION) {
            Err(Contradiction::OtherPolicy)
        } else {
            Ok(())
        }
    }

    /// An unknown category or severity counts as the worst.
    fn finding(&self, found: &Found) -> Result<(CheckedText, Finding), Contradiction> {
        let part = found.part.parse().unwrap_or(self.kind);
        let text = if part == self.kind {
            Some(self.text)
        } else {
            self.persona
        };
        if !text.is_some_and(|text| occurs(&found.quote, text)) {
            return Err(Contradiction::QuoteNotThere);
        }
        let known = found
            .category
            .parse()
            .ok()
            .filter(|known| Category::of_the_judge().any(|one| one == *known));
        let finding = match (known, found.severity.parse()) {
            (Some(category), Ok(Severity::Warn)) => Finding::warn(category, &found.quote),
            (category, _) => Finding::block(category.unwrap_or(Category::Other), &found.quote),
        };
        Ok((part, finding))
    }
}

/// Whether `quote` has words and stands in `text`; how many spaces and line ends stand between them does not matter.
fn occurs(quote: &str, text: &str) -> bool {
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = on_one_line(quote);
    !quote.is_empty() && on_one_line(text).contains(&quote)
}
