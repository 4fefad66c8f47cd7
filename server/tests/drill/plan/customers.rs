//! Who writes next, and what: somebody new, or somebody who wrote before and may still be answered automatically.

use rand::RngExt;
use rand::rngs::StdRng;

use super::{PlannedDm, RULES};

/// Below the limit of automatic replies per conversation, so that every DM must be answered.
const LONGEST_CONVERSATION: usize = 5;
/// With fewer open conversations somebody new writes.
const FEWEST_OPEN: usize = 3;
/// How many write for the first time.
const SHARE_OF_NEW: f64 = 0.2;
const SHARE_OF_NEW_IN_A_BURST: f64 = 0.7;

pub struct Customers {
    shops: usize,
    rules: usize,
    started: usize,
    open: Vec<Conversation>,
}

struct Conversation {
    shop: usize,
    customer: String,
    dms: usize,
}

impl Customers {
    /// Who write to so many shops, with the words of so many rules.
    pub fn new(shops: usize, rules: usize) -> Self {
        Self {
            shops,
            rules,
            started: 0,
            open: Vec::new(),
        }
    }

    pub fn write(&mut self, rng: &mut StdRng, number: usize, burst: bool) -> PlannedDm {
        let (shop, customer) = self.next(rng, if burst { SHARE_OF_NEW_IN_A_BURST } else { SHARE_OF_NEW });
        let rule = rng.random_range(0..self.rules);
        PlannedDm {
            shop,
            customer,
            rule,
            text: format!("Question {number}: {}?", RULES[rule].0),
            taken_back: false,
        }
    }

    fn next(&mut self, rng: &mut StdRng, share_of_new: f64) -> (usize, String) {
        let at = if self.open.len() < FEWEST_OPEN || rng.random_bool(share_of_new) {
            self.start(rng)
        } else {
            rng.random_range(0..self.open.len())
        };
        let conversation = &mut self.open[at];
        conversation.dms += 1;
        let next = (conversation.shop, conversation.customer.clone());
        if conversation.dms == LONGEST_CONVERSATION {
            self.open.swap_remove(at);
        }
        next
    }

    fn start(&mut self, rng: &mut StdRng) -> usize {
        self.open.push(Conversation {
            shop: rng.random_range(0..self.shops),
            customer: format!("customer.{}", self.started),
            dms: 0,
        });
        self.started += 1;
        self.open.len() - 1
    }
}
