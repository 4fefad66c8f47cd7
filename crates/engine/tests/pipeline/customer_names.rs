//! Customers who are with a person are named as Meta names them, while somebody looks.

use domain::views::{AccountData, CustomerName};
use engine::accounts::AccountsError;
use engine::identity::Actor;
use sandbox::{Edge, FaultKind, FaultSpec};

use crate::world::{CUSTOMER, World, minutes, tables_with, tell};

impl World {
    async fn names(&self) -> Vec<CustomerName> {
        self.asks_for_names(self).await.unwrap()
    }

    /// Of the account of another story.
    async fn asks_for_names(&self, of: &World) -> Result<Vec<CustomerName>, AccountsError> {
        let (engine, accounts) = (&self.engine, self.accounts());
        let (channel, vault) = (engine.channel(), engine.vault());
        accounts
            .customer_names(of.account, channel, vault, engine.known_customers())
            .await
    }

    /// Somebody of the business writes to a customer in the Instagram app.
    fn person_writes_to(&self, customer: &str) {
        // The same words to many customers would be an automation's.
        let words = format!("Hello {customer}, it is me, Ana.");
        self.meta().human_reply(&self.username, customer, &words).unwrap();
    }

    fn profiles_asked_for(&self) -> usize {
        let calls = self.meta().calls();
        calls.iter().filter(|call| call.edge == Edge::Profile).count()
    }
}

#[tokio::test]
async fn a_customer_who_is_with_a_person_is_named_and_the_name_is_stored_nowhere() {
    tell(async |world| {
        assert_eq!(world.names().await, []);
        world.person_writes_to(CUSTOMER);
        world.deliver().await;
        let quiet = world.accounts().quiet_conversations(world.account).await.unwrap();
        let named = CustomerName {
            conversation: quiet[0].id,
            username: Some(CUSTOMER.into()),
            name: Some("mira k".into()),
        };
        assert_eq!(world.names().await, [named]);
        assert_eq!(world.profiles_asked_for(), 1);
        assert!(tables_with(world, CUSTOMER).await.is_empty());
        assert!(tables_with(world, "mira k").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn meta_that_refuses_or_is_down_leaves_the_end_of_the_id() {
    tell(async |world| {
        world.person_writes_to(CUSTOMER);
        world.deliver().await;
        for fault in [
            FaultKind::ServerError { http_status: 503 },
            FaultKind::PermissionMissing,
            FaultKind::TokenRevoked { subcode: 460 },
        ] {
            let fault = world.meta().fault(FaultSpec::from(fault).edge(Edge::Profile));
            let names = world.names().await;
            assert_eq!((names[0].username.as_deref(), names[0].name.as_deref()), (None, None));
            world.meta().clear_fault(fault);
            assert_eq!(world.names().await, names, "nobody is asked again at once");
            world.pass(minutes(1));
        }
        assert_eq!(world.profiles_asked_for(), 3);
        let connected = "accounts WHERE tenant_id = $1 AND status = 'connected'";
        assert_eq!(world.count(connected).await, 1, "nobody waits for a name");
        assert_eq!(world.names().await[0].username.as_deref(), Some(CUSTOMER));
    })
    .await;
}

#[tokio::test]
async fn looking_again_asks_only_for_who_is_new_until_ten_minutes_have_passed() {
    tell(async |world| {
        world.person_writes_to(CUSTOMER);
        world.deliver().await;
        let first = world.names().await;
        world.pass(minutes(9));
        assert_eq!(world.names().await, first);
        assert_eq!(world.profiles_asked_for(), 1);
        world.person_writes_to("guest");
        world.deliver().await;
        let names = world.names().await;
        assert_eq!((names.len(), world.profiles_asked_for()), (2, 2));
        world.pass(minutes(1));
        assert_eq!(world.names().await, names);
        assert_eq!(
            world.profiles_asked_for(),
            3,
            "the first is asked for again, the other one not"
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_is_named_where_nobody_can_be_asked() {
    tell(async |world| {
        world.person_writes_to(CUSTOMER);
        world.deliver().await;
        assert_eq!(world.names().await.len(), 1);
        let connections = world.engine.connections();
        let disconnected = connections.disconnect(world.tenant, world.account, AccountData::Keep, Actor::Command);
        disconnected.await.unwrap();
        let quiet = world.accounts().quiet_conversations(world.account).await.unwrap();
        assert_eq!((quiet.len(), world.names().await.len()), (1, 0));
        assert_eq!(world.profiles_asked_for(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_page_asks_for_ten_people_at_most() {
    tell(async |world| {
        for number in 0..12 {
            world.person_writes_to(&format!("guest_{number}"));
        }
        world.deliver().await;
        let names = world.names().await;
        assert!(names.iter().all(|name| name.username.is_some()));
        assert_eq!((names.len(), world.profiles_asked_for()), (10, 10));
    })
    .await;
}

#[tokio::test]
async fn customers_of_a_neighbour_are_not_asked_for() {
    tell(async |world| {
        world.person_writes_to(CUSTOMER);
        world.deliver().await;
        let theirs = world.neighbour().await;
        let refused = theirs.asks_for_names(world).await;
        assert!(matches!(refused, Err(AccountsError::NotFound)), "{refused:?}");
        assert_eq!(theirs.names().await, []);
        assert_eq!(world.profiles_asked_for(), 0);
    })
    .await;
}
