//! Every state of the persona with every state of the prompt, with and without credit, with everything a provider does: what becomes
//! of the reply, of the credit, what the customer gets, and what the owner reads about it.

use std::fmt::Debug;

use domain::ai_fallback::AiFallback;
use domain::answer_checks::HeldBy;
use domain::reasons::{OutcomeKind, Reason};
use domain::views::{Cursor, Direction, MessageFilter};
use sandbox::{AiFault, JsonForm, OverflowShape};

use crate::support::for_each_database;
use crate::world::{ANSWER, PERSONA, PROMPT, Setup, World, hours, minutes, with_ai};

const WRONG: &str = "That will be 99 euros.";
const FALLBACK: &str = "A colleague will write to you.";
const EARLIER: &str = "Say what a bouquet costs, and that we are a florist.";

#[derive(Debug, Clone, Copy, PartialEq)]
enum Text {
    Missing,
    Pending,
    Unchecked,
    Rejected,
    Approved,
    /// A newer one waits for its check.
    ApprovedEarlier,
}

impl Text {
    const PERSONAS: [Self; 6] = [
        Self::Missing,
        Self::Pending,
        Self::Unchecked,
        Self::Rejected,
        Self::Approved,
        Self::ApprovedEarlier,
    ];
    const PROMPTS: [Self; 5] = [
        Self::Pending,
        Self::Unchecked,
        Self::Rejected,
        Self::Approved,
        Self::ApprovedEarlier,
    ];

    const fn may_be_used(self) -> bool {
        matches!(self, Self::Approved | Self::ApprovedEarlier)
    }

    /// The verdict on the newest text.
    const fn verdict(self) -> &'static str {
        match self {
            Self::Missing | Self::Pending | Self::ApprovedEarlier => "pending",
            Self::Unchecked => "unchecked",
            Self::Rejected => "rejected",
            Self::Approved => "approved",
        }
    }
}

/// What a provider does about one reply.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Provider {
    Answers,
    AnswersSecondTime,
    HeldBack,
    HeldBackForText,
    HeldBackForPerson,
    HandsOverWithWords,
    HandsOver,
    Empty,
    Filtered,
    OtherForm,
    Down,
    WrongKey,
    NoQuota,
    Overflow,
}

const PROVIDERS: [Provider; 14] = [
    Provider::Answers,
    Provider::AnswersSecondTime,
    Provider::HeldBack,
    Provider::HeldBackForText,
    Provider::HeldBackForPerson,
    Provider::HandsOverWithWords,
    Provider::HandsOver,
    Provider::Empty,
    Provider::Filtered,
    Provider::OtherForm,
    Provider::Down,
    Provider::WrongKey,
    Provider::NoQuota,
    Provider::Overflow,
];

/// What is to come of it: the words that are sent, or why none are.
type Expected = Result<&'static str, Reason>;

impl Provider {
    const fn expected(self) -> Expected {
        match self {
            Self::Answers | Self::AnswersSecondTime | Self::HandsOverWithWords => Ok(ANSWER),
            Self::HeldBackForText => Ok(FALLBACK),
            Self::HeldBack | Self::HeldBackForPerson | Self::Filtered => Err(Reason::AiHeld),
            Self::HandsOver => Err(Reason::HandedOver),
            Self::Empty => Err(Reason::EmptyReply),
            Self::OtherForm | Self::Down => Err(Reason::AiUnavailable),
            Self::WrongKey | Self::NoQuota | Self::Overflow => Err(Reason::AiMisconfigured),
        }
    }

    /// Calls that are made at least and at most.
    const fn calls(self) -> (usize, usize) {
        match self {
            Self::Answers | Self::HandsOverWithWords | Self::HandsOver | Self::Filtered | Self::Overflow => (1, 1),
            Self::AnswersSecondTime
            | Self::HeldBack
            | Self::HeldBackForText
            | Self::HeldBackForPerson
            | Self::Empty => (2, 2),
            Self::OtherForm | Self::Down | Self::WrongKey | Self::NoQuota => (6, 40),
        }
    }

    /// It waits for the provider before it ends.
    const fn waits(self) -> bool {
        matches!(self, Self::OtherForm | Self::Down | Self::WrongKey | Self::NoQuota)
    }

    const fn leaves_to_person(self) -> bool {
        matches!(
            self,
            Self::HandsOver | Self::HandsOverWithWords | Self::HeldBackForPerson
        )
    }

    /// The check that holds the last answer back.
    const fn held_by(self) -> Option<HeldBy> {
        match self {
            Self::HeldBack | Self::HeldBackForText | Self::HeldBackForPerson => Some(HeldBy::Number),
            Self::Empty => Some(HeldBy::Empty),
            Self::Filtered => Some(HeldBy::Filtered),
            _ => None,
        }
    }

    const fn fault(self) -> Option<AiFault> {
        Some(match self {
            Self::Empty => AiFault::EmptyContent,
            Self::Filtered => AiFault::ContentFilterStopped,
            Self::Down => AiFault::CutConnection,
            Self::WrongKey => AiFault::Unauthorized,
            Self::NoQuota => AiFault::QuotaUsedUp,
            Self::OtherForm => AiFault::JsonSchemaIgnored {
                form: JsonForm::DuplicateKeys,
            },
            Self::Overflow => AiFault::Overflow {
                shape: OverflowShape::Vllm,
            },
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    persona: Text,
    prompt: Text,
    paid_for: bool,
    provider: Provider,
}

impl Cell {
    const fn reaches_the_provider(&self) -> bool {
        self.persona.may_be_used() && self.prompt.may_be_used() && self.paid_for
    }

    const fn expected(&self) -> Expected {
        if !self.persona.may_be_used() {
            Err(Reason::PersonaNotApproved)
        } else if !self.prompt.may_be_used() {
            Err(Reason::PromptNotApproved)
        } else if !self.paid_for {
            Err(Reason::NoCredits)
        } else {
            self.provider.expected()
        }
    }
}

impl World {
    async fn set_up(&self, persona: Text, prompt: Text) {
        if persona == Text::ApprovedEarlier {
            self.save_persona(PERSONA).await;
            self.judge_texts("approved").await;
            self.save_persona("We do not answer that any more.").await;
        } else if persona != Text::Missing {
            self.save_persona(PERSONA).await;
        }
        self.judge_texts(persona.verdict()).await;
        if persona == Text::ApprovedEarlier {
            self.judge_again(PERSONA, "approved").await;
        }
        if prompt == Text::ApprovedEarlier {
            self.ai_default_reply(EARLIER).await;
            self.judge_again(EARLIER, "approved").await;
            let used = "INSERT INTO prompts_in_use (owner_id, tenant_id, account_id, text, approved_at)
                VALUES ($1, $2, $1, $3, 0)";
            let values = [self.account.into(), self.tenant.into(), EARLIER.into()];
            self.execute(used, values).await;
        }
        self.ai_default_reply(PROMPT).await;
        self.judge_again(PROMPT, prompt.verdict()).await;
    }

    async fn balance_for(&self, cell: &Cell) {
        match (self.balance().await, cell.paid_for) {
            (0, true) => self.grant_credits(1).await,
            (left, false) => self.use_up_credits(usize::try_from(left).unwrap()).await,
            (_, true) => {}
        }
    }

    async fn script(&self, provider: Provider) {
        self.choose_fallback(match provider {
            Provider::HeldBackForText => AiFallback::Canned(FALLBACK.into()),
            Provider::HeldBackForPerson => AiFallback::HandOver,
            _ => AiFallback::Silence,
        })
        .await;
        match provider {
            Provider::Answers => self.ai_says(ANSWER),
            Provider::AnswersSecondTime => {
                self.ai_says(WRONG);
                self.ai_says(ANSWER);
            }
            Provider::HeldBack | Provider::HeldBackForText | Provider::HeldBackForPerson => {
                self.ai_says(WRONG);
                self.ai_says(WRONG);
            }
            Provider::HandsOverWithWords => self.ai_says_with(ANSWER, "hand_over"),
            Provider::HandsOver => self.ai_says_with("", "hand_over"),
            _ => {
                self.ai().fault(provider.fault().unwrap());
            }
        }
    }

    /// Plays one cell with a customer of its own.
    async fn play(&self, cell: Cell, customer: &str) {
        self.pass(minutes(1));
        self.balance_for(&cell).await;
        self.ai().clear_faults();
        self.ai().forget_requests();
        if cell.reaches_the_provider() {
            self.script(cell.provider).await;
        }
        let (sent, balance) = (self.replies().len(), self.balance().await);
        self.customer_writes_as(customer, "How much is a bouquet?");
        self.deliver().await;
        self.work().await;
        if cell.reaches_the_provider() && cell.provider.waits() {
            let row = self.reply_rows().await.pop().unwrap();
            assert_eq!(
                (row.state.as_str(), row.wait_reason.as_deref()),
                ("reserved", Some("ai_unavailable")),
                "{cell:?}"
            );
            assert_eq!(self.balance().await, balance - 1, "{cell:?} holds its credit");
            self.wait_in_steps(hours(3), minutes(11)).await;
        }
        self.check(&cell, sent, balance).await;
    }

    async fn check(&self, cell: &Cell, sent: usize, balance: i64) {
        let row = self.reply_rows().await.pop().unwrap();
        let news = self.replies().split_off(sent);
        let calls = self.questions().len();
        match cell.expected() {
            Ok(words) => {
                assert_eq!(row.state, "sent", "{cell:?}");
                assert_eq!(
                    (news, self.balance().await),
                    (vec![words.to_owned()], balance - 1),
                    "{cell:?}"
                );
            }
            Err(reason) => {
                let ended = (row.state.as_str(), row.reason.as_deref());
                assert_eq!(
                    ended,
                    (reason.outcome_kind().as_str(), Some(reason.as_str())),
                    "{cell:?}"
                );
                assert_eq!((news, self.balance().await), (Vec::new(), balance), "{cell:?}");
            }
        }
        let expected = match (cell.reaches_the_provider(), cell.expected()) {
            (false, _) => 0,
            (true, Ok(_)) => 1,
            (true, Err(_)) => 2,
        };
        assert_eq!(self.entries(&row.id).await, expected, "{cell:?}");
        let (least, most) = match cell.reaches_the_provider() {
            true => cell.provider.calls(),
            false => (0, 0),
        };
        assert!((least..=most).contains(&calls), "{cell:?}: {calls} calls");
        let left = "conversations WHERE tenant_id = $1 AND left_to_person_at IS NOT NULL";
        let leaves = cell.reaches_the_provider() && cell.provider.leaves_to_person();
        assert_eq!(self.count(left).await, i64::from(leaves), "{cell:?}");
        self.execute("UPDATE conversations SET left_to_person_at = NULL", [])
            .await;
        self.check_notice(cell).await;
        for question in self.questions() {
            assert!(question.system().contains(PERSONA), "{cell:?}");
            let prompt = if cell.prompt == Text::ApprovedEarlier {
                EARLIER
            } else {
                PROMPT
            };
            assert!(question.system().contains(prompt), "{cell:?}");
        }
    }

    /// What the owner reads in the log: the outcome, why, what to do, and what was wrong with an answer that was held back.
    async fn check_notice(&self, cell: &Cell) {
        let inbound = MessageFilter {
            direction: Some(Direction::Inbound),
            ..MessageFilter::default()
        };
        let page = self.messages().page(&inbound, &Cursor::Newest).await.unwrap();
        let row = &page.rows[0];
        let (label, why, advice) = match cell.expected() {
            Ok(_) => ("Sent", "default reply", None),
            Err(reason) => match reason.outcome_kind() {
                OutcomeKind::Failed => ("Failed", reason.sentence(), reason.next_step()),
                OutcomeKind::Skipped => ("Not answered", reason.sentence(), reason.next_step()),
            },
        };
        assert_eq!(row.pill.label, label, "{cell:?}");
        let told = row.why.to_lowercase();
        let whole = why.to_lowercase();
        assert!(whole.ends_with(&told) || told.starts_with(&whole), "{cell:?}: {told}");
        let held_by = cell.provider.held_by().filter(|_| cell.reaches_the_provider());
        assert_eq!(row.held_by.as_deref(), held_by.map(HeldBy::text), "{cell:?}");
        match held_by {
            Some(held_by) => assert!(
                row.advice
                    .as_deref()
                    .is_some_and(|told| told.contains(held_by.next_step())),
                "{cell:?}"
            ),
            None => assert_eq!(row.advice.as_deref(), advice, "{cell:?}"),
        }
    }

    /// Rows of the ledger about a reply.
    async fn entries(&self, reply: &uuid::Uuid) -> i64 {
        let text = "SELECT COUNT(*) AS number FROM credit_ledger WHERE reply_id = $1";
        self.database.numbers(text, [(*reply).into()]).await[0]
    }
}

fn setup() -> Setup {
    let mut setup = Setup::default();
    with_ai(&mut setup);
    setup
}

/// All cells of these texts.
async fn play_all(world: &World, persona: Text, prompt: Text) -> usize {
    world.set_up(persona, prompt).await;
    let mut played = 0;
    for paid_for in [true, false] {
        for provider in PROVIDERS {
            let cell = Cell {
                persona,
                prompt,
                paid_for,
                provider,
            };
            world.play(cell, &format!("guest {played}")).await;
            played += 1;
        }
    }
    world.audit().await;
    played
}

#[tokio::test]
async fn every_cell_ends_as_it_should() {
    for_each_database(|database| async move {
        // PostgreSQL gets the cells that reach the provider, and one way of each kind that does not.
        let whole = !database.is_postgres();
        let mut first = Some(database);
        let mut played = 0;
        for persona in Text::PERSONAS {
            for prompt in Text::PROMPTS {
                let diagonal = persona == prompt || persona == Text::Missing && prompt == Text::Approved;
                if !whole && !diagonal {
                    continue;
                }
                let database = match first.take() {
                    Some(database) => database,
                    None if whole => crate::support::TestDatabases::sqlite().await,
                    None => crate::support::TestDatabases::postgres().await.unwrap(),
                };
                let world = World::open(database, setup()).await;
                played += play_all(&world, persona, prompt).await;
            }
        }
        let texts = if whole { 30 } else { 6 };
        assert_eq!(played, texts * 2 * PROVIDERS.len());
    })
    .await;
}
