//! The bodies of requests: how much of them is in memory at once, and reading one.
//!
//! What has arrived is counted, not what was announced: announcing costs a caller nothing. Where there is no room, the body that has
//! taken most of it for longest gives way, so that small and quick ones get through beside large and slow ones. The table keeps the bytes
//! themselves: what gives way is free at once, however long its task waits for its turn.

mod blocks;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use self::blocks::Blocks;
use super::limits::{BODY_PAUSE, RETRY_AFTER_SECONDS, SIGNED_IN_BODIES, STRANGERS_BODIES};

/// The two rooms: strangers leave that of people who are signed in alone.
#[derive(Debug, Clone)]
pub struct Bodies {
    /// Of callers who have proven nothing yet.
    pub strangers: BodyBudget,
    /// Of people who are signed in.
    pub signed_in: BodyBudget,
}

impl Default for Bodies {
    fn default() -> Self {
        Self {
            strangers: BodyBudget::new(STRANGERS_BODIES),
            signed_in: BodyBudget::new(SIGNED_IN_BODIES),
        }
    }
}

/// Room for so many bytes.
#[derive(Debug, Clone)]
pub struct BodyBudget {
    most: usize,
    pause: Duration,
    table: Arc<Mutex<Table>>,
}

#[derive(Debug, Default)]
struct Table {
    next: u64,
    held: usize,
    rows: HashMap<u64, Row>,
}

#[derive(Debug)]
struct Row {
    /// Empty when the body is whole and given to its reader.
    blocks: Blocks,
    bytes: usize,
    since: Instant,
    whole: bool,
    gives_way: CancellationToken,
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// Longer than its route takes.
    TooLarge,
    /// There is no room for now.
    NoRoom,
    /// Nothing arrived for a while.
    TooSlow,
    /// The caller went away, or broke the protocol.
    Broken,
}

impl BodyError {
    /// The answer for programs.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoRoom => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
        }
    }

    /// Says when to come again, where that helps.
    pub fn add_retry_after(self, headers: &mut HeaderMap) {
        if self == Self::NoRoom {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS.into());
        }
    }
}

impl IntoResponse for BodyError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        self.add_retry_after(response.headers_mut());
        response
    }
}

/// A body that is there, and its share of the room until it is dropped.
#[derive(Debug)]
pub struct ReceivedBody {
    /// All of it.
    pub bytes: Bytes,
    /// To be kept for as long as the bytes are.
    pub share: Share,
}

/// A share of the room.
#[derive(Debug)]
pub struct Share {
    id: u64,
    budget: BodyBudget,
    gives_way: CancellationToken,
}

impl BodyBudget {
    /// Room for `most` bytes.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            most,
            pause: BODY_PAUSE,
            table: Arc::default(),
        }
    }

    /// Reads a body of `most` bytes at most; `each` sees every piece as it arrives.
    pub async fn read(
        &self,
        headers: &HeaderMap,
        mut body: Body,
        most: usize,
        mut each: impl FnMut(&[u8]),
    ) -> Result<ReceivedBody, BodyError> {
        if announced(headers).is_some_and(|bytes| bytes > most as u64) {
            return Err(BodyError::TooLarge);
        }
        let share = self.share();
        let mut length = 0;
        loop {
            let frame = tokio::select! {
                biased;
                () = share.gives_way.cancelled() => return Err(BodyError::NoRoom),
                frame = timeout(self.pause, body.frame()) => frame.map_err(|_| BodyError::TooSlow)?,
            };
            let Some(frame) = frame else { break };
            let Ok(piece) = frame.map_err(|_| BodyError::Broken)?.into_data() else {
                continue;
            };
            length += piece.len();
            if length > most {
                return Err(BodyError::TooLarge);
            }
            share.grow(&piece)?;
            each(&piece);
        }
        let bytes = share.take_whole()?.join();
        Ok(ReceivedBody { bytes, share })
    }

    fn share(&self) -> Share {
        let mut table = self.table();
        let (id, gives_way) = (table.next, CancellationToken::new());
        table.next += 1;
        let row = Row {
            blocks: Blocks::default(),
            bytes: 0,
            since: Instant::now(),
            whole: false,
            gives_way: gives_way.clone(),
        };
        table.rows.insert(id, row);
        drop(table);
        Share {
            id,
            budget: self.clone(),
            gives_way,
        }
    }

    /// The bytes that are in memory.
    #[must_use]
    pub fn held(&self) -> usize {
        self.table().held
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    fn grow(&self, piece: &[u8]) -> Result<(), BodyError> {
        let mut table = self.budget.table();
        let row = table.rows.get_mut(&self.id).ok_or(BodyError::NoRoom)?;
        let taken = row.blocks.push(piece);
        row.bytes += taken;
        table.held += taken;
        while table.held > self.budget.most {
            let largest = table.largest().ok_or(BodyError::NoRoom)?;
            table.give_way(largest);
            if largest == self.id {
                return Err(BodyError::NoRoom);
            }
        }
        Ok(())
    }

    /// It is being worked on, and gives way no more.
    fn take_whole(&self) -> Result<Blocks, BodyError> {
        let mut table = self.budget.table();
        let row = table.rows.get_mut(&self.id).ok_or(BodyError::NoRoom)?;
        row.whole = true;
        Ok(std::mem::take(&mut row.blocks))
    }
}

impl Table {
    /// The one with the most bytes for the longest time, of those that are not whole.
    fn largest(&self) -> Option<u64> {
        let cost = |row: &Row| row.bytes as u128 * (row.since.elapsed().as_millis() + 1);
        let open = self.rows.iter().filter(|(_, row)| !row.whole && row.bytes > 0);
        open.max_by_key(|(_, row)| cost(row)).map(|(id, _)| *id)
    }

    fn give_way(&mut self, id: u64) {
        if let Some(row) = self.rows.remove(&id) {
            self.held = self.held.saturating_sub(row.bytes);
            row.gives_way.cancel();
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.table().give_way(self.id);
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests;
