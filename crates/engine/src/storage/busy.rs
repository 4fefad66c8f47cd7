//! Repeats a change that lost against others who were changing the same rows.

use std::time::Duration;

use super::StorageError;

/// Before the second and each later try. A deadlock needs only one that waits.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(10),
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(1_000),
];

/// Makes a change, a whole transaction or one statement, again while the database is busy with the same rows; in the end what it
/// answers.
pub(crate) async fn repeat_while_busy<T, Change>(mut change: impl FnMut() -> Change + Send) -> Result<T, StorageError>
where
    Change: Future<Output = Result<T, StorageError>> + Send,
{
    for pause in PAUSES {
        match change().await {
            Err(StorageError::Busy(_)) => tokio::time::sleep(pause).await,
            answer => return answer,
        }
    }
    change().await
}

#[cfg(test)]
mod tests {
    use sea_orm::DbErr;

    use super::*;

    /// What comes of a change that meets these errors, one after the other, and in how many tries.
    async fn tried(errors: Vec<fn(DbErr) -> StorageError>) -> (bool, usize) {
        let mut tries = 0;
        let changed = repeat_while_busy(|| {
            let error = errors.get(tries);
            tries += 1;
            let answer = error.map_or(Ok(()), |error| Err(error(DbErr::RecordNotUpdated)));
            std::future::ready(answer)
        });
        let is_changed = changed.await.is_ok();
        (is_changed, tries)
    }

    #[tokio::test]
    async fn a_change_is_repeated_while_others_are_in_its_way_and_for_no_other_error() {
        assert_eq!(tried(vec![]).await, (true, 1));
        assert_eq!(tried(vec![StorageError::Busy; 3]).await, (true, 4));
        assert_eq!(tried(vec![StorageError::Busy; 9]).await, (false, 5), "not for ever");
        assert_eq!(tried(vec![StorageError::Unavailable]).await, (false, 1));
        assert_eq!(tried(vec![StorageError::Busy, StorageError::Refused]).await, (false, 2));
    }
}
