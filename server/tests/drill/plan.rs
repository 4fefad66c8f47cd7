//! What a drill does, drawn from its seed before it starts: which DMs in which order, and how their delivery goes wrong.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

/// The words customers use, and what the rules answer. Few, so that neighbours in a conversation often get the same words.
pub const RULES: [(&str, &str); 4] = [
    ("price", "It costs 20 euros."),
    ("hours", "We are open from 9 to 6."),
    ("ship", "We ship within two days."),
    ("wrap", "Thanks for writing! We wrap presents. (pretend AI)"),
];
/// The rule that the AI answers: what it says then, the sandbox's AI says too.
pub const AI_RULE: usize = 3;
/// The persona and the prompt of that rule.
pub const PERSONA: &str = "We wrap presents.";
pub const PROMPT: &str = "Answer in one sentence.";
/// Below the limit of automatic replies per conversation, so that every DM must be answered.
const LONGEST_CONVERSATION: usize = 5;
const LARGEST_WAVE: usize = 6;
/// In hundredths; together 30 % and a little more.
const REORDERED_SHARE: usize = 17;
const DUPLICATED_SHARE: usize = 15;

/// How big a drill is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub kills: usize,
    pub dms: usize,
}

/// A DM to send.
#[derive(Debug, Clone)]
pub struct PlannedDm {
    pub shop: usize,
    pub customer: String,
    pub rule: usize,
    pub text: String,
    pub twice: bool,
}

/// DMs that are sent together.
#[derive(Debug, Clone, Default)]
pub struct Wave {
    pub dms: Vec<PlannedDm>,
    /// Delivered newest first.
    pub reversed: bool,
}

impl Wave {
    /// In a reversed wave of odd length the middle one keeps its place.
    fn reordered(&self) -> usize {
        if self.reversed { self.dms.len() / 2 * 2 } else { 0 }
    }
}

/// The waves of a drill.
#[derive(Debug)]
pub struct Plan {
    pub waves: Vec<Wave>,
    pub duplicated: usize,
    pub reordered: usize,
}

impl Plan {
    pub fn draw(seed: u64, size: Size, shops: usize) -> Self {
        Self::draw_from(seed, size, shops, RULES.len())
    }

    /// Without the AI.
    pub fn draw_canned(seed: u64, size: Size, shops: usize) -> Self {
        Self::draw_from(seed, size, shops, AI_RULE)
    }

    fn draw_from(seed: u64, size: Size, shops: usize, rules: usize) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut waves = waves(&mut rng, size.dms, shops, rules);
        reverse_some(&mut rng, &mut waves, size.dms * REORDERED_SHARE / 100);
        duplicate_some(&mut rng, &mut waves, size.dms * DUPLICATED_SHARE / 100);
        let duplicated = waves.iter().flat_map(|wave| &wave.dms).filter(|dm| dm.twice).count();
        let reordered = waves.iter().map(Wave::reordered).sum();
        Self {
            waves,
            duplicated,
            reordered,
        }
    }
}

fn waves(rng: &mut StdRng, dms: usize, shops: usize, rules: usize) -> Vec<Wave> {
    let mut conversations: Vec<(usize, String, usize)> = Vec::new();
    let mut waves = vec![Wave::default()];
    let mut room = rng.random_range(1..=LARGEST_WAVE);
    for number in 0..dms {
        let open: Vec<usize> = (0..conversations.len())
            .filter(|at| conversations[*at].2 < LONGEST_CONVERSATION)
            .collect();
        let at = if open.len() < 3 || rng.random_bool(0.2) {
            conversations.push((rng.random_range(0..shops), format!("customer.{number}"), 0));
            conversations.len() - 1
        } else {
            open[rng.random_range(0..open.len())]
        };
        conversations[at].2 += 1;
        if room == 0 {
            waves.push(Wave::default());
            room = rng.random_range(1..=LARGEST_WAVE);
        }
        room -= 1;
        let rule = rng.random_range(0..rules);
        let (shop, customer) = (conversations[at].0, conversations[at].1.clone());
        let text = format!("Question {number}: {}?", RULES[rule].0);
        let wave = waves.last_mut().expect("there is always one");
        wave.dms.push(PlannedDm {
            shop,
            customer,
            rule,
            text,
            twice: false,
        });
    }
    waves
}

fn reverse_some(rng: &mut StdRng, waves: &mut [Wave], wanted: usize) {
    let mut candidates: Vec<usize> = (0..waves.len()).filter(|at| waves[*at].dms.len() > 1).collect();
    candidates.shuffle(rng);
    let mut reordered = 0;
    for at in candidates {
        if reordered >= wanted {
            break;
        }
        waves[at].reversed = true;
        reordered += waves[at].reordered();
    }
}

fn duplicate_some(rng: &mut StdRng, waves: &mut [Wave], wanted: usize) {
    let mut candidates: Vec<&mut PlannedDm> = waves
        .iter_mut()
        .filter(|wave| !wave.reversed)
        .flat_map(|wave| &mut wave.dms)
        .collect();
    candidates.shuffle(rng);
    candidates.into_iter().take(wanted).for_each(|dm| dm.twice = true);
}
