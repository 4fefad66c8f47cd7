//! Ids read back what they wrote, in text, in JSON and as keys, and sort as their UUIDs do.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;

#[test]
fn an_id_reads_back_what_it_wrote() {
    let id = TenantId::from_uuid(Uuid::from_u128(7));
    assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000007");
    assert_eq!(format!("{id:?}"), format!("TenantId({id})"));
    assert_eq!(Uuid::from(id), id.as_uuid());
}

#[test]
fn what_is_no_uuid_is_no_id() {
    for text in ["", "not an id", "7", "00000000-0000-0000-0000-00000000000", "\u{FEFF}"] {
        assert!(text.parse::<RuleId>().is_err(), "{text:?}");
        assert!(serde_json::from_value::<RuleId>(text.into()).is_err(), "{text:?}");
    }
    assert!(serde_json::from_str::<RuleId>("7").is_err(), "a number is no id either");
}

fn reads_back<T>(make: fn(Uuid) -> T, (one, other): (Uuid, Uuid)) -> Result<(), TestCaseError>
where
    T: Copy + Debug + Display + Ord + FromStr<Err = uuid::Error> + Serialize + DeserializeOwned + Into<Uuid>,
{
    let id = make(one);
    prop_assert_eq!(id.to_string().parse::<T>(), Ok(id));
    prop_assert_eq!(id.into(), one);
    let json = serde_json::to_string(&id).expect("json");
    prop_assert_eq!(&json, &format!("\"{id}\""));
    prop_assert_eq!(serde_json::from_str::<T>(&json).expect("an id"), id);
    prop_assert!(format!("{id:?}").ends_with(&format!("Id({one})")), "{:?}", id);
    prop_assert_eq!(
        id.cmp(&make(other)),
        one.cmp(&other),
        "UUIDv7 sort by age, and so do ids"
    );

    let keyed = BTreeMap::from([(id, 1), (make(other), 2)]);
    let json = serde_json::to_string(&keyed).expect("an id is a key");
    prop_assert_eq!(serde_json::from_str::<BTreeMap<T, i32>>(&json).expect("keys"), keyed);

    for form in [
        one.simple().to_string(),
        one.braced().to_string(),
        one.to_string().to_uppercase(),
    ] {
        prop_assert_eq!(form.parse::<T>(), Ok(id), "pasted as {}", form);
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_kind_of_id_reads_back(one in any::<u128>(), other in any::<u128>()) {
        let pair = (Uuid::from_u128(one), Uuid::from_u128(other));
        reads_back(TenantId::from_uuid, pair)?;
        reads_back(UserId::from_uuid, pair)?;
        reads_back(AccountId::from_uuid, pair)?;
        reads_back(RuleId::from_uuid, pair)?;
        reads_back(ExampleId::from_uuid, pair)?;
        reads_back(ChangeId::from_uuid, pair)?;
        reads_back(ConversationId::from_uuid, pair)?;
        reads_back(MessageId::from_uuid, pair)?;
        reads_back(ReplyId::from_uuid, pair)?;
        reads_back(BatchId::from_uuid, pair)?;
    }
}
