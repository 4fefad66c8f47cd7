//! Who looks at the page.

use serde::{Deserialize, Serialize};

use crate::ids::{TenantId, UserId};
use crate::roles::Role;

/// The signed-in person and the tenant they work for. Also the actor that the audit log names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The person.
    pub user_id: UserId,
    /// How they sign in, in lower case.
    pub email: String,
    /// The tenant whose pages they see.
    pub tenant_id: TenantId,
    /// The tenant's name as people write it.
    pub tenant_name: String,
    /// IANA name, for example `Europe/Amsterdam`.
    pub time_zone: String,
    /// What they may do in this tenant.
    pub role: Role,
    /// Looks after the whole deployment.
    pub is_operator: bool,
}
