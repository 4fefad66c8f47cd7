//! What a drill does, drawn from its seed before it starts: which DMs in which order, how their delivery goes wrong, which of them are
//! taken back, and what the shops can pay.

mod customers;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use customers::Customers;

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
const LARGEST_WAVE: usize = 6;
/// One wave in so many is a burst.
const BURST_EVERY: u32 = 8;
/// Most of those write for the first time, so that more than 64 conversations are due at once.
const LARGEST_BURST: usize = 128;
/// In hundredths; together 30 % and a little more.
const REORDERED_SHARE: usize = 17;
const DUPLICATED_SHARE: usize = 15;
const TAKEN_BACK_SHARE: f64 = 0.04;

/// How big a drill is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub kills: usize,
    pub dms: usize,
}

impl Size {
    /// How many DMs come in one delivery at most.
    pub fn largest_burst(self) -> usize {
        LARGEST_BURST.min(self.dms / 4).max(LARGEST_WAVE)
    }
}

/// A DM to send.
#[derive(Debug, Clone)]
pub struct PlannedDm {
    pub shop: usize,
    pub customer: String,
    pub rule: usize,
    pub text: String,
    /// Its customer takes it back when the wave is over.
    pub taken_back: bool,
}

/// DMs that are sent together.
#[derive(Debug, Clone, Default)]
pub struct Wave {
    pub dms: Vec<PlannedDm>,
    /// All in one delivery.
    pub burst: bool,
    /// Delivered newest first.
    pub reversed: bool,
    /// Delivered a second time.
    pub twice: bool,
}

impl Wave {
    /// In a reversed wave of odd length the middle one keeps its place.
    fn reordered(&self) -> usize {
        if self.reversed { self.dms.len() / 2 * 2 } else { 0 }
    }

    fn duplicated(&self) -> usize {
        if self.twice { self.dms.len() } else { 0 }
    }
}

/// Which waves there are.
#[derive(Debug, Clone, Copy)]
enum Waves {
    Small,
    /// And bursts of up to so many DMs.
    AndBursts(usize),
}

impl Waves {
    /// Whether the next one is a burst, and how many DMs it has.
    fn next(self, rng: &mut StdRng) -> (bool, usize) {
        match self {
            Self::AndBursts(largest) if rng.random_ratio(1, BURST_EVERY) => {
                (true, rng.random_range(largest * 3 / 4..=largest))
            }
            _ => (false, rng.random_range(1..=LARGEST_WAVE)),
        }
    }
}

/// The waves of a drill.
#[derive(Debug)]
pub struct Plan {
    pub waves: Vec<Wave>,
    shops: usize,
}

impl Plan {
    /// A few DMs at a time.
    pub fn draw(seed: u64, size: Size, shops: usize) -> Self {
        Self::draw_from(seed, size, shops, RULES.len(), Waves::Small)
    }

    /// Without the AI.
    pub fn draw_canned(seed: u64, size: Size, shops: usize) -> Self {
        Self::draw_from(seed, size, shops, AI_RULE, Waves::Small)
    }

    /// With bursts, and with customers who take a DM back.
    pub fn draw_with_bursts(seed: u64, size: Size, shops: usize) -> Self {
        let mut plan = Self::draw_from(seed, size, shops, RULES.len(), Waves::AndBursts(size.largest_burst()));
        let mut rng = StdRng::seed_from_u64(seed.wrapping_add(3));
        for dm in plan.waves.iter_mut().flat_map(|wave| &mut wave.dms) {
            dm.taken_back = rng.random_bool(TAKEN_BACK_SHARE);
        }
        plan
    }

    fn draw_from(seed: u64, size: Size, shops: usize, rules: usize, kind: Waves) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut waves = waves(&mut rng, size.dms, kind, &mut Customers::new(shops, rules));
        reverse_some(&mut rng, &mut waves, size.dms * REORDERED_SHARE / 100);
        duplicate_some(&mut rng, &mut waves, size.dms * DUPLICATED_SHARE / 100);
        Self { waves, shops }
    }

    /// What each shop is granted: each another sum, all more than enough, but the last has half of what its DMs take.
    pub fn grants(&self) -> Vec<usize> {
        let mut grants: Vec<usize> = (0..self.shops)
            .map(|shop| self.dms_of(shop) * 2 + 100 * (shop + 1))
            .collect();
        if let Some(last) = grants.last_mut() {
            *last = self.dms_of(self.shops - 1) / 2;
        }
        grants
    }

    fn dms_of(&self, shop: usize) -> usize {
        let dms = self.waves.iter().flat_map(|wave| &wave.dms);
        dms.filter(|dm| dm.shop == shop).count()
    }

    pub fn duplicated(&self) -> usize {
        self.waves.iter().map(Wave::duplicated).sum()
    }

    pub fn reordered(&self) -> usize {
        self.waves.iter().map(Wave::reordered).sum()
    }
}

fn waves(rng: &mut StdRng, dms: usize, kind: Waves, customers: &mut Customers) -> Vec<Wave> {
    let mut waves = Vec::new();
    let mut planned = 0;
    while planned < dms {
        let (burst, count) = kind.next(rng);
        let numbers = planned..dms.min(planned + count);
        planned = numbers.end;
        waves.push(Wave {
            dms: numbers.map(|number| customers.write(rng, number, burst)).collect(),
            burst,
            ..Wave::default()
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
    let mut candidates: Vec<&mut Wave> = waves.iter_mut().filter(|wave| !wave.reversed).collect();
    candidates.shuffle(rng);
    let mut duplicated = 0;
    for wave in candidates {
        if duplicated >= wanted {
            break;
        }
        wave.twice = true;
        duplicated += wave.dms.len();
    }
}

#[cfg(test)]
mod tests;
