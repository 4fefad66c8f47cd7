//! The log as CSV, read and written in pieces so that a year of messages needs no more memory than a page.

use domain::views::MessageFilter;

use super::conditions::Conditions;
use super::cursor::{Key, Seek};
use super::sql::LogRow;
use super::view::Names;
use super::{Messages, MessagesError, row_text};
use crate::accounts::usernames;
use crate::identity::TenantTime;
use crate::storage::StorageError;

const CHUNK: i64 = 500;
const HEADER: &str = "time,account,direction,by,message,outcome,why,credits,took_ms\r\n";

/// An export that is under way. Holds metadata only, as the log does.
#[derive(Debug)]
pub struct CsvExport {
    messages: Messages,
    conditions: Conditions,
    names: Names,
    time: TenantTime,
    next: Next,
}

#[derive(Debug, Clone, Copy)]
enum Next {
    Header,
    Rows(Option<Key>),
    Done,
}

impl Messages {
    /// Everything `filter` finds, as CSV in pieces.
    ///
    /// # Errors
    /// [`MessagesError::Invalid`] under `from` or `to`.
    pub async fn export(&self, filter: &MessageFilter) -> Result<CsvExport, MessagesError> {
        let time = self.time().await?;
        let conditions = Conditions::of(self.tenant, filter, &time)?;
        let names = usernames(self.database.reader(), self.tenant, None).await?;
        Ok(CsvExport {
            messages: self.clone(),
            conditions,
            names,
            time,
            next: Next::Header,
        })
    }
}

impl CsvExport {
    /// The next piece; none at the end.
    pub async fn next_piece(&mut self) -> Result<Option<String>, StorageError> {
        let after = match self.next {
            Next::Done => return Ok(None),
            Next::Header => {
                self.next = Next::Rows(None);
                return Ok(Some(HEADER.into()));
            }
            Next::Rows(after) => after,
        };
        let seek = after.map_or(Seek::Newest, Seek::OlderThan);
        let rows = self.messages.read(self.conditions.clone(), seek, CHUNK).await?;
        self.next = rows.last().map_or(Next::Done, |row| Next::Rows(Some(row.key())));
        let lines: String = rows.iter().map(|row| self.line(row)).collect();
        Ok((!lines.is_empty()).then_some(lines))
    }

    fn line(&self, row: &LogRow) -> String {
        let account = self.names.get(&row.account_id).map_or("", String::as_str);
        let credits = if row.holds_credit() { -1 } else { -row.credits.abs() };
        let fields = [
            self.time.moment(row.created_at).iso,
            account.to_owned(),
            row.direction.to_string(),
            row.author.to_string(),
            row_text::message(row),
            row_text::pill(row).label,
            row_text::why(row, &self.time),
        ];
        let texts: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        let took = row.latency_ms.map(|ms| ms.to_string()).unwrap_or_default();
        format!("{},{credits},{took}\r\n", texts.join(","))
    }
}

/// In quotes; a text that a spreadsheet would run as a formula gets an apostrophe.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests;
