//! How the vocabulary stands in database columns, with the feature `sea-orm` only.
//!
//! Ids are UUIDs, instants milliseconds, names and rules text. The macros are chosen here, so that the features of the crate that
//! declares an enum do not matter.

/// Makes an enum of names a column type; an unknown name is an error that says which enum it is.
#[cfg(feature = "sea-orm")]
#[doc(hidden)]
#[macro_export]
macro_rules! stored_by_name {
    ($Name:ident, $item:item) => {
        #[derive(sea_orm::DeriveValueType)]
        #[sea_orm(value_type = "String")]
        $item

        $crate::no_number!($Name);
    };
}

/// Without a database, only the enum.
#[cfg(not(feature = "sea-orm"))]
#[doc(hidden)]
#[macro_export]
macro_rules! stored_by_name {
    ($Name:ident, $item:item) => {
        $item
    };
}

/// Lets a type stand in a primary key that is not a number. SeaORM asks every key for this, its derive writes it for numbers only.
#[cfg(feature = "sea-orm")]
#[doc(hidden)]
#[macro_export]
macro_rules! no_number {
    ($Name:ident) => {
        impl sea_orm::TryFromU64 for $Name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($Name)))
            }
        }
    };
}

/// Reads a column that holds JSON.
#[cfg(feature = "sea-orm")]
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text)
}

/// Writes a column that holds JSON. The types it is used for have no map and no number that JSON cannot hold.
#[cfg(feature = "sea-orm")]
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(all(test, feature = "sea-orm"))]
mod tests;
