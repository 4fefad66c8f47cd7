//! Users, tenants, and the set-up of the first owner.

use std::time::Duration;

use domain::roles::Role;
use engine::identity::{Actor, Passwords};
use engine::identity::{
    FirstOwner, NewUser, SetUp, SetUpError, TenantsError, Users, UsersError, authenticated_user, settings_page, viewer,
};
use secrecy::{ExposeSecret, SecretString};

use crate::support::{TestDatabase, for_each_database};
use crate::world::{NOON, PASSWORD, an_owner, tell_with};

#[tokio::test]
async fn a_viewer_is_a_person_in_their_first_tenant() {
    tell_with(an_owner, async |world| {
        let seen = viewer(&world.database, world.owner()).await.unwrap().unwrap();
        assert_eq!(
            (seen.email.as_str(), seen.role, seen.is_operator),
            ("owner@bloom.example", Role::Owner, false)
        );
        assert_eq!(
            (seen.tenant_id, seen.tenant_name.as_str()),
            (world.tenant, "Bloom & Stem")
        );
        assert_eq!(Actor::from(&seen), Actor::User(world.owner()));
        let settings = settings_page(&world.database, world.owner()).await.unwrap().unwrap();
        assert_eq!((settings.slug.as_str(), settings.role.as_str()), ("bloom", "Owner"));
        assert!(settings.time_zones.iter().any(|zone| zone == "Europe/Amsterdam"));
    })
    .await;
}

#[tokio::test]
async fn an_address_belongs_to_one_person_and_a_password_is_long_enough() {
    tell_with(an_owner, async |world| {
        let new = |email: &str, password: &str| NewUser {
            email: email.into(),
            password: password.into(),
            tenant_slug: "bloom".into(),
            tenant_name: None,
            role: Role::Viewer,
            is_operator: false,
        };
        let taken = world.users().create(new("OWNER@bloom.example", PASSWORD)).await;
        assert!(matches!(taken, Err(UsersError::EmailTaken)), "{taken:?}");
        let error = world.users().create(new("no address", "short")).await.unwrap_err();
        let UsersError::Invalid(fields) = error else {
            panic!("{error:?}")
        };
        assert_eq!(
            fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(),
            ["email", "password"]
        );
        let (_, tenant) = world
            .users()
            .create(new("second@bloom.example", PASSWORD))
            .await
            .unwrap();
        assert_eq!(tenant, world.tenant, "the tenant was there");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    tell_with(an_owner, async |world| {
        let before = authenticated_user(&world.database, world.owner())
            .await
            .unwrap()
            .unwrap();
        let change = async |present: &str, new: &str| {
            world
                .users()
                .change_password(world.owner(), world.tenant, &present.into(), &new.into())
                .await
        };
        assert!(matches!(
            change("wrong", "another long password").await,
            Err(UsersError::WrongPassword)
        ));
        assert!(matches!(change(PASSWORD, "short").await, Err(UsersError::Invalid(_))));
        change(PASSWORD, "another long password").await.unwrap();
        let after = authenticated_user(&world.database, world.owner())
            .await
            .unwrap()
            .unwrap();
        assert_ne!(before.password_fingerprint, after.password_fingerprint);
        let password = SecretString::from("another long password");
        world
            .sign_in()
            .attempt("owner@bloom.example", &password, "here")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn whoever_forgot_their_password_gets_a_new_one_from_the_operator() {
    tell_with(an_owner, async |world| {
        let before = authenticated_user(&world.database, world.owner())
            .await
            .unwrap()
            .unwrap();
        let set = async |email: &str, new: &str| world.users().set_password(email, &new.into()).await;
        assert!(matches!(
            set("nobody@bloom.example", "another long password").await,
            Err(UsersError::NotFound)
        ));
        assert!(matches!(
            set("owner@bloom.example", "short").await,
            Err(UsersError::Invalid(_))
        ));
        set("Owner@bloom.example ", "another long password").await.unwrap();
        let after = authenticated_user(&world.database, world.owner())
            .await
            .unwrap()
            .unwrap();
        assert_ne!(before.password_fingerprint, after.password_fingerprint, "sessions end");
        let password = SecretString::from("another long password");
        world
            .sign_in()
            .attempt("owner@bloom.example", &password, "here")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn tenants_have_one_slug_each_and_a_zone_that_exists() {
    tell_with(an_owner, async |world| {
        let tenants = world.tenants();
        assert!(matches!(
            tenants.create("bloom", "Bloom", "UTC").await,
            Err(TenantsError::SlugTaken)
        ));
        let error = tenants.create("No Slug", " ", "Mars/Olympus").await.unwrap_err();
        let TenantsError::Invalid(fields) = error else {
            panic!("{error:?}")
        };
        let fields: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["slug", "tenant_name", "time_zone"]);
        tenants
            .change(world.tenant, "Renamed", "Asia/Kathmandu", world.actor())
            .await
            .unwrap();
        let tenant = tenants.by_slug("bloom").await.unwrap().unwrap();
        assert_eq!(
            (tenant.name.as_str(), tenant.time_zone.as_str()),
            ("Renamed", "Asia/Kathmandu")
        );
    })
    .await;
}

#[tokio::test]
async fn the_printed_code_makes_the_first_owner_once() {
    for_each_database(|database| async move {
        let clock = engine::clock::ManualClock::at(NOON);
        let passwords = Passwords::new(2);
        let set_up = SetUp::new(&database, clock.clone(), passwords.clone());
        assert!(set_up.is_open().await.unwrap());
        let void = set_up.offer_code().await.unwrap().unwrap();
        let expired = set_up.offer_code().await.unwrap().unwrap();
        clock.advance(Duration::from_secs(60 * 60));
        assert!(
            matches!(set_up.complete(owner(&expired)).await, Err(SetUpError::WrongCode)),
            "an hour old"
        );
        let code = set_up.offer_code().await.unwrap().unwrap();
        assert!(
            matches!(set_up.complete(owner(&void)).await, Err(SetUpError::WrongCode)),
            "from an earlier start"
        );

        let typed = SecretString::from(code.expose_secret().to_lowercase().replace('-', " "));
        let (user, tenant) = set_up.complete(owner(&typed)).await.unwrap();
        let seen = viewer(&database, user).await.unwrap().unwrap();
        assert_eq!(
            (seen.tenant_id, seen.role, seen.is_operator),
            (tenant, Role::Owner, true)
        );
        assert!(matches!(
            set_up.complete(owner(&code)).await,
            Err(SetUpError::AlreadyDone)
        ));
        assert!(set_up.offer_code().await.unwrap().is_none());
        assert!(!stored_anywhere(&database, code.expose_secret()).await);
        assert!(Users::new(&database, clock, passwords).exist().await.unwrap());
    })
    .await;
}

fn owner(code: &SecretString) -> FirstOwner {
    FirstOwner {
        code: code.clone(),
        tenant_name: "Bloom & Stem".into(),
        time_zone: "Europe/Amsterdam".into(),
        email: "mina@bloom.example".into(),
        password: PASSWORD.into(),
    }
}

async fn stored_anywhere(database: &TestDatabase, code: &str) -> bool {
    #[derive(sea_orm::FromQueryResult)]
    struct Hash {
        code_hash: Vec<u8>,
    }
    let rows: Vec<Hash> = engine::storage::sql::all(database.reader(), "SELECT code_hash FROM one_time_codes", [])
        .await
        .unwrap();
    rows.iter()
        .any(|row| row.code_hash == code.as_bytes() || row.code_hash.len() != 32)
}
