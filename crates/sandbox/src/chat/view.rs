//! What the page shows, taken out of the world in one look.

use std::collections::{HashMap, HashSet};

use crate::config::Explanation;
use crate::state::accounts::IgAccount;
use crate::state::seed::CUSTOMERS;
use crate::state::thread::{Author, Message};
use crate::state::world::World;
use crate::webhooks::log::{DeliveryRecord, DeliveryState};

/// Older messages stay in the sandbox but not on the page.
const NEWEST: usize = 80;
const MOST_PEOPLE: usize = 14;

/// One thread with everything around it.
pub struct View {
    /// The account that is written to.
    pub account: IgAccount,
    /// What else can be chosen.
    pub accounts: Vec<IgAccount>,
    /// The handle of the writer.
    pub customer: String,
    /// Who else can write.
    pub people: Vec<PersonRow>,
    /// Oldest first.
    pub bubbles: Vec<Bubble>,
    /// Names of the faults that are on for this account.
    pub faults: HashSet<&'static str>,
    /// Webhooks are delivered twice.
    pub twice: bool,
}

/// A line of the left column.
pub struct PersonRow {
    /// The user name.
    pub handle: String,
    /// What tells people apart.
    pub note: String,
}

/// A message with what became of it.
pub struct Bubble {
    /// The message.
    pub message: Message,
    /// Its webhook; `None` for messages of the account.
    pub delivery: Option<Delivery>,
    /// What Concierge did with it.
    pub explanation: Option<Explanation>,
}

/// How the webhook of a message fared.
#[derive(Clone, Copy)]
pub struct Delivery {
    /// Deliveries that carried it.
    pub posts: usize,
    /// Attempts of the last of them.
    pub tries: usize,
    /// Time until the webhook answered.
    pub took_ms: Option<u64>,
    /// How far it is.
    pub state: DeliveryState,
}

impl View {
    /// `None` when no account has Instagram.
    pub fn of(world: &mut World, to: Option<&str>, customer: Option<&str>) -> Option<Self> {
        let accounts: Vec<IgAccount> = world.pages.iter().filter_map(|page| page.ig.clone()).collect();
        let chosen = accounts.iter().find(|ig| Some(ig.username.as_str()) == to);
        let account = chosen.or_else(|| accounts.first())?.clone();
        let page_id = world.page(&account.ig_id)?.page_id.clone();
        let people = people(world, &account, &accounts);
        let known = people.iter().find(|row| Some(row.handle.as_str()) == customer);
        let customer = known.or_else(|| people.first())?.handle.clone();
        let igsid = world.igsid(&account.ig_id, &customer);
        let faults = world.faults.all().iter();
        let faults = faults
            .filter(|fault| fault.spec.page.as_ref().is_none_or(|page| *page == page_id))
            .map(|fault| fault.spec.kind.name())
            .collect();
        let bubbles = bubbles(world, &account.ig_id, &igsid);
        let twice = world.mode.twice;
        Some(Self {
            account,
            accounts,
            customer,
            people,
            bubbles,
            faults,
            twice,
        })
    }
}

fn people(world: &World, account: &IgAccount, accounts: &[IgAccount]) -> Vec<PersonRow> {
    let mut rows: Vec<PersonRow> = CUSTOMERS
        .iter()
        .map(|(handle, language)| {
            let igsid = crate::state::ids::igsid(handle, &account.ig_id);
            let note = format!("Customer ··{} · {language}", &igsid[igsid.len() - 4..]);
            PersonRow {
                handle: (*handle).to_owned(),
                note,
            }
        })
        .collect();
    let others = accounts.iter().filter(|other| other.ig_id != account.ig_id);
    rows.extend(others.map(|other| PersonRow {
        handle: other.username.clone(),
        note: "Another business here".to_owned(),
    }));
    let shown: HashSet<String> = rows.iter().map(|row| row.handle.clone()).collect();
    let mut guests: Vec<(i64, PersonRow)> = world
        .threads
        .iter()
        .filter(|((ig_id, _), _)| *ig_id == account.ig_id)
        .filter_map(|((_, igsid), thread)| {
            let handle = world.handle_of(igsid);
            let at = thread.messages.back()?.at_ms;
            let note = format!("Customer ··{}", &igsid[igsid.len().saturating_sub(4)..]);
            (!shown.contains(&handle)).then_some((at, PersonRow { handle, note }))
        })
        .collect();
    guests.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    rows.extend(guests.into_iter().map(|(_, row)| row));
    rows.truncate(MOST_PEOPLE);
    rows
}

fn bubbles(world: &World, ig_id: &str, igsid: &str) -> Vec<Bubble> {
    let Some(thread) = world.thread(ig_id, igsid) else {
        return Vec::new();
    };
    let skip = thread.messages.len().saturating_sub(NEWEST);
    let messages: Vec<&Message> = thread.messages.iter().skip(skip).collect();
    let wanted: HashSet<&str> = messages
        .iter()
        .filter(|message| message.author == Author::Customer)
        .map(|message| message.mid.as_str())
        .collect();
    let mut deliveries: HashMap<&str, Delivery> = HashMap::new();
    for (mid, record) in world.deliveries.of_messages(&wanted) {
        let posts = deliveries.get(mid).map_or(0, |known| known.posts);
        deliveries.insert(mid, Delivery::of(record, posts + 1));
    }
    messages
        .into_iter()
        .map(|message| Bubble {
            delivery: deliveries.get(message.mid.as_str()).copied(),
            explanation: world.explanations.get(&message.mid).cloned(),
            message: message.clone(),
        })
        .collect()
}

impl Delivery {
    fn of(record: &DeliveryRecord, posts: usize) -> Self {
        let took_ms = record.attempts.last().map(|attempt| attempt.took_ms);
        Self {
            posts,
            tries: record.attempts.len(),
            took_ms,
            state: record.state,
        }
    }
}
