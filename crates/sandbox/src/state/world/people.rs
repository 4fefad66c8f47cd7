//! Customers by handle and id.

use super::World;
use crate::state::ids;
use crate::state::people::Person;

impl World {
    /// The id of `customer` towards `ig_id`, made on first use. `customer` is a handle, the user name
    /// of another account, or an id (digits) that is taken as it is.
    pub fn igsid(&mut self, ig_id: &str, customer: &str) -> String {
        let business = self
            .page(customer)
            .and_then(|page| page.ig.clone())
            .filter(|other| other.ig_id != ig_id);
        let handle = business.as_ref().map_or(customer, |ig| &ig.username);
        let is_id = business.is_none() && customer.len() >= 8 && customer.bytes().all(|byte| byte.is_ascii_digit());
        let igsid = if is_id {
            customer.to_owned()
        } else {
            ids::igsid(handle, ig_id)
        };
        if !self.quiet && !self.people.contains_key(&igsid) {
            let handle = if is_id {
                format!("guest.{}", &igsid[igsid.len() - 4..])
            } else {
                handle.to_owned()
            };
            let person = Person {
                handle,
                ig_id: ig_id.to_owned(),
                business: business.map(|ig| ig.ig_id),
            };
            self.people.insert(igsid.clone(), person);
        }
        igsid
    }

    /// The handle behind an IGSID; an unknown one stands for itself.
    pub fn handle_of(&self, igsid: &str) -> String {
        self.people
            .get(igsid)
            .map_or_else(|| igsid.to_owned(), |person| person.handle.clone())
    }
}
