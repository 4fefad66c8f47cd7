//! Enums that travel as names: the database, URLs, JSON and the log all hold the same word, written down once.

/// A word that names no variant of the enum it was parsed as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what}: {name}")]
pub struct UnknownName {
    /// The enum, for example `MatchMode`.
    pub what: &'static str,
    /// The word that was found.
    pub name: String,
}

/// Declares an enum whose variants have one stable name each: `as_str`, `FromStr`, `Display`, `all`, serde by that name, and with
/// the feature `sea-orm` a column of that name.
#[macro_export]
macro_rules! named_enum {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident { $( $(#[$vmeta:meta])* $Variant:ident = $name:literal ),+ $(,)? }
    ) => {
        $crate::stored_by_name! {
            $Name,
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            pub enum $Name { $( $(#[$vmeta])* #[serde(rename = $name)] $Variant ),+ }
        }

        impl $Name {
            /// Every variant, in the order of declaration.
            #[must_use]
            pub const fn all() -> &'static [Self] {
                &[$( Self::$Variant ),+]
            }

            /// The stable name: what the database, JSON and URLs hold.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$Variant => $name ),+ }
            }
        }

        impl std::str::FromStr for $Name {
            type Err = $crate::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    $( $name => Ok(Self::$Variant), )+
                    _ => Err($crate::UnknownName { what: stringify!($Name), name: name.to_owned() }),
                }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use named_enum;

#[cfg(test)]
mod tests;
