//! All Pages of a person: Meta's list to its end, then what was ticked and is missing there.

use std::collections::HashSet;

use super::Connections;
use super::adopt::Person;
use crate::channels::instagram::Page;
use crate::channels::refusal::SendError;

/// Pages that are asked for one by one.
const MOST_SINGLE_LOOKS: usize = 100;

impl Connections {
    /// The Pages that `person` ticked.
    pub(super) async fn discover(&self, person: &Person) -> Result<Vec<Page>, SendError> {
        let mut pages = self.meta.pages(&person.token).await?;
        let listed: HashSet<String> = pages.iter().map(|page| page.id.clone()).collect();
        let unlisted = person.inspection.pages.iter().filter(|id| !listed.contains(*id));
        for id in unlisted.take(MOST_SINGLE_LOOKS) {
            match self.meta.page(&person.token, id).await {
                Ok(page) => pages.push(page),
                // One Page that cannot be read is no reason to show none.
                Err(SendError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(pages)
    }
}
