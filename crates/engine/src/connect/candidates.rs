//! What a person's Pages mean for a tenant: which can be connected, and why the others cannot.

use domain::accounts::AccountStatusKind;
use domain::ids::TenantId;
use domain::views::{CandidateStanding, ConnectCandidate};

use super::Connections;
use super::sql::{KNOWN, KnownRow};
use crate::accounts::monogram;
use crate::channels::instagram::{LinkedInstagram, Page};
use crate::storage::{StorageError, sql};

/// Two ids each: far below what either database takes in one statement.
const PAGES_AT_ONCE: usize = 250;

/// A Page with what it means.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) page: Page,
    pub(super) standing: CandidateStanding,
    pub(super) sentence: String,
    /// It belongs to another workspace.
    pub(super) is_elsewhere: bool,
}

impl Candidate {
    /// The account to connect, unless it cannot be.
    pub(super) fn instagram(&self) -> Option<&LinkedInstagram> {
        let possible = self.standing != CandidateStanding::Impossible;
        self.page.instagram.as_ref().filter(|_| possible)
    }

    pub(super) fn view(&self) -> ConnectCandidate {
        let username = self.page.instagram.as_ref().map(|account| account.username.clone());
        ConnectCandidate {
            page_id: self.page.id.clone(),
            page_name: self.page.name.clone(),
            monogram: monogram(username.as_deref().unwrap_or(&self.page.name)),
            username,
            standing: self.standing,
            sentence: self.sentence.clone(),
        }
    }
}

/// What is connected under any of the ids, in whatever workspace, and what this one had before.
pub(super) struct Known(Vec<KnownRow>);

impl Known {
    fn of_instagram(&self, ig_id: &str, tenant: TenantId) -> Option<&KnownRow> {
        let own = |row: &&KnownRow| row.ig_id == ig_id && row.tenant_id == tenant;
        let own_rows = || self.0.iter().filter(own);
        own_rows().find(|row| row.connected).or_else(|| own_rows().next_back())
    }

    fn is_elsewhere(&self, page: &Page, ig_id: &str, tenant: TenantId) -> bool {
        self.0
            .iter()
            .any(|row| row.connected && row.tenant_id != tenant && (row.ig_id == ig_id || row.page_id == page.id))
    }
}

impl Connections {
    /// What is known about `pages`.
    pub(super) async fn known(&self, pages: &[Page], tenant: TenantId) -> Result<Known, StorageError> {
        let mut known = Known(Vec::new());
        for chunk in pages.chunks(PAGES_AT_ONCE) {
            known.0.extend(self.known_rows(chunk, tenant).await?);
        }
        Ok(known)
    }

    async fn known_rows(&self, pages: &[Page], tenant: TenantId) -> Result<Vec<KnownRow>, StorageError> {
        let accounts = pages.iter().filter_map(|page| page.instagram.as_ref());
        let ids = accounts
            .map(|account| &account.id)
            .chain(pages.iter().map(|page| &page.id));
        let (text, values) = sql::with_list(KNOWN, [tenant.into()], ids.map(String::as_str));
        sql::all(self.database.reader(), text, values).await
    }
}

/// `pages` with what each means for `tenant`; those that can be connected first.
pub(super) fn classify(pages: Vec<Page>, known: &Known, tenant: TenantId) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = pages.into_iter().map(|page| judge_one(page, known, tenant)).collect();
    candidates.sort_by_key(|candidate| candidate.standing == CandidateStanding::Impossible);
    candidates
}

fn judge_one(page: Page, known: &Known, tenant: TenantId) -> Candidate {
    let impossible = |page, sentence: &str, is_elsewhere| Candidate {
        page,
        standing: CandidateStanding::Impossible,
        sentence: sentence.into(),
        is_elsewhere,
    };
    let Some(account) = page.instagram.clone() else {
        let sentence = "No Instagram account is linked to this Page, or it is not a professional one. Link one in the Page’s settings, then look again.";
        return impossible(page, sentence, false);
    };
    if known.is_elsewhere(&page, &account.id, tenant) {
        let sentence = "This account is connected to another workspace. Ask the people there to disconnect it first.";
        return impossible(page, sentence, true);
    }
    if !page.can_message {
        let sentence =
            "You may not write messages for this Page. Ask one of its admins for the task “Messages”, then look again.";
        return impossible(page, sentence, false);
    }
    let (standing, sentence) = standing(&page, known.of_instagram(&account.id, tenant));
    Candidate {
        page,
        standing,
        sentence: sentence.into(),
        is_elsewhere: false,
    }
}

fn standing(page: &Page, known: Option<&KnownRow>) -> (CandidateStanding, &'static str) {
    match known {
        None => (CandidateStanding::New, "Starts with auto-reply off."),
        Some(row) if row.page_id != page.id => (
            CandidateStanding::Moved,
            "Linked to another Page than before. Rules, default reply and history move along.",
        ),
        Some(row) if row.connected && row.status == AccountStatusKind::Connected => (
            CandidateStanding::Connected,
            "Works. Connecting it again renews the connection and changes nothing else.",
        ),
        Some(_) => (
            CandidateStanding::Reconnect,
            "Rules, default reply and history are kept.",
        ),
    }
}
