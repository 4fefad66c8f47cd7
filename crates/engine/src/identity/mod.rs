//! Tenants, people, their passwords and sessions, and who did what.

mod actor;
mod audit;
mod devices;
mod flashes;
mod password_queue;
mod passwords;
mod sessions;
mod set_up;
mod sign_in;
pub(crate) mod sql;
mod store;
mod tenant_time;
mod tenants;
mod throttle;
mod users;
mod viewers;

pub use actor::Actor;
pub use audit::Entry;
pub(crate) use audit::record;
pub use devices::{DEVICE_LIFETIME, Device};
pub use flashes::{FLASH_LIFETIME, Flashes, LARGEST_FLASH};
pub use passwords::Passwords;
pub use sessions::{LONGEST_SESSION, SessionRows};
pub use set_up::{FirstOwner, SetUp, SetUpError};
pub use sign_in::{AuthenticatedUser, SignIn, SignInError};
pub use sql::LastChange;
pub(crate) use sql::{last_change, lock_tenant};
pub use tenant_time::TenantTime;
pub use tenants::{Tenant, Tenants, TenantsError};
pub use users::{NewUser, Users, UsersError};
pub use viewers::{authenticated_user, settings_page, viewer};
