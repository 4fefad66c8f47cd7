//! What every handler of the API stands on. Use cases are made for the caller's tenant here, and nowhere else.

use domain::ids::TenantId;
use engine::Engine;
use engine::accounts::Accounts;
use engine::api_keys::{ApiCaller, Idempotency};
use engine::health::HealthPages;
use engine::messages::Messages;
use engine::overview::{Credits, OverviewPages};
use engine::persona::Personas;
use engine::rules::Rules;
use engine::safety::SafetyChecks;
use tokio_util::sync::CancellationToken;

use super::proven_keys::ProvenKeys;
use super::rates::KeyRates;
use super::resources::events::KeyStreams;
use crate::http::edge::bodies::Bodies;

/// The API's own.
#[derive(Debug, Clone)]
pub struct ApiState {
    /// The use cases.
    pub engine: Engine,
    /// How much one key may ask for.
    pub rates: KeyRates,
    /// Keys that proved themselves lately.
    pub(super) proven: ProvenKeys,
    /// Room for bodies.
    pub bodies: Bodies,
    /// Writes that may be repeated.
    pub idempotency: Idempotency,
    /// Event streams that are open.
    pub streams: KeyStreams,
    /// A stopping server ends them.
    pub stop: CancellationToken,
}

impl ApiState {
    pub(super) fn accounts(&self, caller: &ApiCaller) -> Accounts {
        Accounts::for_tenant(self.engine.database(), self.engine.clock().clone(), caller.tenant)
    }

    pub(super) fn rules(&self, caller: &ApiCaller) -> Rules {
        Rules::for_tenant(self.engine.database(), self.engine.clock().clone(), caller.tenant)
    }

    pub(super) fn messages(&self, caller: &ApiCaller) -> Messages {
        Messages::for_tenant(self.engine.database(), self.engine.clock().clone(), caller.tenant)
    }

    pub(super) fn credits(&self, caller: &ApiCaller) -> Credits {
        Credits::for_tenant(self.engine.database(), self.engine.clock().clone(), caller.tenant)
    }

    pub(super) fn overview(&self, caller: &ApiCaller) -> OverviewPages {
        OverviewPages::for_tenant(self.engine.database(), self.engine.clock().clone(), caller.tenant)
    }

    pub(super) fn health(&self, caller: &ApiCaller) -> HealthPages {
        let (engine, tenant) = (&self.engine, caller.tenant);
        let pages = HealthPages::for_tenant(engine.database(), engine.clock().clone(), engine.connections(), tenant);
        pages
            .judged_by(engine.safety().map(SafetyChecks::judge))
            .understood_by(engine.intents())
    }

    pub(super) fn personas(&self, caller: &ApiCaller) -> Personas {
        self.engine.personas(tenant(caller))
    }
}

const fn tenant(caller: &ApiCaller) -> TenantId {
    caller.tenant
}
