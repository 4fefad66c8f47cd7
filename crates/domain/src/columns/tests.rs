//! Columns read back what was written to them, and say which name they do not know.

use std::fmt::Debug;

use sea_orm::sea_query::{ColumnType, Nullable, ValueType};
use sea_orm::{TryFromU64, Value};
use uuid::Uuid;

use crate::accounts::AccountStatusKind;
use crate::ids::AccountId;
use crate::rules::{Matcher, Response};
use crate::time::Timestamp;

fn round_trips<T: Clone + Debug + PartialEq + Into<Value> + ValueType>(stored: T, as_value: Value) {
    assert_eq!(Into::<Value>::into(stored.clone()), as_value);
    assert_eq!(<T as ValueType>::try_from(as_value).expect("a stored value"), stored);
}

#[test]
fn values_are_stored_as_before() {
    let uuid = Uuid::from_u128(7);
    round_trips(AccountId::from_uuid(uuid), uuid.into());
    round_trips(Timestamp::from_millis(-5), (-5i64).into());
    for kind in AccountStatusKind::all() {
        round_trips(*kind, kind.as_str().into());
    }
    round_trips(
        Response::Canned("Hello".into()),
        r#"{"kind":"canned","text":"Hello"}"#.into(),
    );
    let unset: Value = None::<AccountStatusKind>.into();
    assert_eq!(unset, <String as Nullable>::null());
}

#[test]
fn column_types_are_those_of_the_schema() {
    assert_eq!(AccountId::column_type(), ColumnType::Uuid);
    assert_eq!(Timestamp::column_type(), ColumnType::BigInteger);
    assert!(matches!(AccountStatusKind::column_type(), ColumnType::String(_)));
}

#[test]
fn what_is_not_a_name_or_not_a_rule_is_refused() {
    assert!(<AccountStatusKind as ValueType>::try_from("asleep".into()).is_err());
    assert!(<Matcher as ValueType>::try_from("{}".into()).is_err());
}

#[test]
fn no_number_is_an_id_or_a_name() {
    assert!(AccountId::try_from_u64(7).is_err());
    assert!(AccountStatusKind::try_from_u64(0).is_err());
}
