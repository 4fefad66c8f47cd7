//! All Pages of a user: Meta's list to its end, then what was ticked and is missing there.

use std::collections::HashSet;

use futures::StreamExt;

use super::connect_accounts::FacebookUser;
use super::{AT_ONCE, Connections};
use crate::channels::instagram::Page;
use crate::channels::refusal::SendError;

/// Pages that are asked for one by one.
const MOST_SINGLE_LOOKS: usize = 100;

impl Connections {
    /// The Pages that `person` ticked.
    pub(super) async fn list_pages(&self, user: &FacebookUser) -> Result<Vec<Page>, SendError> {
        let mut pages = self.meta.pages(&user.token).await?;
        let listed: HashSet<String> = pages.iter().map(|page| page.id.clone()).collect();
        let unlisted = user.inspection.pages.iter().filter(|id| !listed.contains(*id));
        let looks: Vec<_> = unlisted
            .take(MOST_SINGLE_LOOKS)
            .map(|id| self.meta.page(&user.token, id))
            .collect();
        let mut found = futures::stream::iter(looks).buffered(AT_ONCE);
        while let Some(page) = found.next().await {
            match page {
                Ok(page) => pages.push(page),
                // One Page that cannot be read is no reason to show none.
                Err(SendError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(pages)
    }
}
