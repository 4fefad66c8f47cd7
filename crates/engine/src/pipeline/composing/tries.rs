//! One try at a time for each tenant, so that trying leaves the turns of the AI to customers. A try goes on to its end when the request
//! that waits for it is given up: what was asked of the provider is charged.

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::ids::TenantId;
use domain::views::TryAnswer;
use tracing::Instrument;

use super::trying::TryError;
use crate::storage::StorageError;

/// A request waits no longer: the server ends one after 30 seconds, without a sentence.
const LONGEST: Duration = Duration::from_secs(27);

/// The tenants of this process that try something now.
#[derive(Clone, Debug, Default)]
pub(in crate::pipeline) struct Tries(Arc<Mutex<HashSet<TenantId>>>);

/// Ends with its value, after a panic too.
struct UnderWay {
    tries: Tries,
    tenant: TenantId,
}

impl Tries {
    /// Runs `work` to its end, unless the tenant tries something already.
    ///
    /// # Errors
    /// [`TryError::UnderWay`], [`TryError::Late`], and what `work` says.
    pub(super) async fn run(
        &self,
        tenant: TenantId,
        work: impl Future<Output = Result<TryAnswer, TryError>> + Send + 'static,
    ) -> Result<TryAnswer, TryError> {
        self.run_while_waiting(LONGEST, tenant, work).await
    }

    async fn run_while_waiting(
        &self,
        longest: Duration,
        tenant: TenantId,
        work: impl Future<Output = Result<TryAnswer, TryError>> + Send + 'static,
    ) -> Result<TryAnswer, TryError> {
        let under_way = self.begin(tenant).ok_or(TryError::UnderWay)?;
        let to_its_end = async move {
            let _under_way = under_way;
            work.await
        };
        match tokio::time::timeout(longest, tokio::spawn(to_its_end.in_current_span())).await {
            Ok(Ok(tried)) => tried,
            Ok(Err(error)) if error.is_panic() => resume_unwind(error.into_panic()),
            Ok(Err(_)) => Err(StorageError::Setup("the server is stopping".into()).into()),
            Err(_) => Err(TryError::Late),
        }
    }

    fn begin(&self, tenant: TenantId) -> Option<UnderWay> {
        let is_first = self.tenants().insert(tenant);
        is_first.then(|| UnderWay {
            tries: self.clone(),
            tenant,
        })
    }

    fn tenants(&self) -> MutexGuard<'_, HashSet<TenantId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.tries.tenants().remove(&self.tenant);
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::TenantId;
    use futures::FutureExt;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_try_that_panics_leaves_room_for_the_next() {
        let (tries, tenant) = (Tries::default(), TenantId::from_uuid(Uuid::nil()));
        let panics = tries.run(tenant, async { panic!("a fault") });
        assert!(std::panic::AssertUnwindSafe(panics).catch_unwind().await.is_err());
        let next = tries.run(tenant, async { Err(TryError::NotFound) }).await;
        assert!(matches!(next, Err(TryError::NotFound)), "{next:?}");
    }

    #[tokio::test]
    async fn a_request_is_told_of_a_late_answer_and_the_try_goes_on() {
        let (tries, tenant) = (Tries::default(), TenantId::from_uuid(Uuid::nil()));
        let late = tries.run_while_waiting(Duration::ZERO, tenant, std::future::pending());
        let late = late.await;
        assert!(matches!(late, Err(TryError::Late)), "{late:?}");
        let second = tries.run(tenant, async { Err(TryError::NotFound) }).await;
        assert!(matches!(second, Err(TryError::UnderWay)), "{second:?}");
    }
}
