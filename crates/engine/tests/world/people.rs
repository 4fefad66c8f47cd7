//! Who lives in a story: tenants, owners, neighbours.

use domain::ids::{TenantId, UserId};
use domain::roles::Role;
use engine::identity::{Actor, NewUser, SignIn, Tenants, Users};

use super::{World, account_of};

pub const PASSWORD: &str = "a long enough password";

impl World {
    pub(super) async fn create_tenant(&mut self) {
        self.tenant = self.tenants().create("story", "Story", "UTC").await.unwrap().id;
        (self.account, self.username) = self.connect(0, self.tenant).await;
        self.grant_credits(10).await;
    }

    /// The owner `owner@SLUG.example` of the tenant `SLUG` with the account `bloomandstem`.
    pub(super) async fn sign_up(&mut self, slug: &str, ig_id: &str) {
        let new = NewUser {
            email: format!("Owner@{slug}.example"),
            password: PASSWORD.into(),
            tenant_slug: slug.into(),
            tenant_name: Some("Bloom & Stem".into()),
            role: Role::Owner,
            is_operator: false,
        };
        let (user, tenant) = self.users().create(new).await.unwrap();
        let account = account_of(tenant, ig_id);
        let added = self.registry().add_instagram(&account, Actor::Command).await.unwrap();
        (self.owner, self.tenant, self.account) = (Some(user), tenant, added.account);
    }

    /// Another tenant with an owner and an account, in the same world.
    pub async fn neighbour(&self) -> Self {
        let mut neighbour = self.clone();
        neighbour.sign_up("noor", "2002").await;
        neighbour
    }

    pub async fn another_tenant(&self) -> TenantId {
        self.tenants().create("other", "Other", "UTC").await.unwrap().id
    }

    pub fn owner(&self) -> UserId {
        self.owner.expect("a story of an owner")
    }

    /// The owner, or a command where there is none.
    pub fn actor(&self) -> Actor {
        self.owner.map_or(Actor::Command, Actor::User)
    }

    pub fn users(&self) -> Users {
        Users::new(&self.database, self.shared_clock(), self.passwords.clone())
    }

    pub fn tenants(&self) -> Tenants {
        Tenants::new(&self.database, self.shared_clock())
    }

    pub fn sign_in(&self) -> SignIn {
        let vault = self.engine.vault().clone();
        SignIn::new(&self.database, self.shared_clock(), self.passwords.clone(), vault)
    }
}
