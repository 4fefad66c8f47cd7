//! The SQL of a feature, written once for both databases, each statement under a name that a test can prepare.

/// One named statement.
#[derive(Debug, Clone, Copy)]
pub struct NamedStatement {
    /// `crates/engine/src/…/sql.rs`.
    pub file: &'static str,
    /// The constant.
    pub name: &'static str,
    /// As written, with `{list}`, `{rows:…}` and the tokens of both databases.
    pub text: &'static str,
    /// What may stand for `{conditions}`; empty when the text has none.
    pub conditions: &'static [&'static str],
}

/// Declares the constants of a `sql.rs` file, and `STATEMENTS`, which lists them for the test that prepares them all.
///
/// `const NAME: &str = "… {conditions} …", conditions [A, B];` names every text that code may put there.
macro_rules! statements {
    ($( $(#[$meta:meta])* $vis:vis const $NAME:ident: &str = $text:expr $(, conditions [$($condition:expr),+ $(,)?])?; )+) => {
        $( $(#[$meta])* $vis const $NAME: &str = $text; )+

        /// Every statement of this file.
        pub(crate) const STATEMENTS: &[$crate::storage::NamedStatement] = &[$(
            $crate::storage::NamedStatement {
                file: file!(),
                name: stringify!($NAME),
                text: $NAME,
                conditions: &[$($($condition),+)?],
            }
        ),+];
    };
}

pub(crate) use statements;
