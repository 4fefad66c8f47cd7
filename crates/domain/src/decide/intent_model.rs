//! Whether messages can be compared with intents at all.

use crate::names::named_enum;

named_enum! {
    /// What reads messages for Prompt rules.
    #[derive(Default)]
    pub enum IntentModel {
        /// It is loaded, or a provider embeds.
        Ready = "ready",
        /// The embedded model's file is not there: Prompt rules are passed over.
        Missing = "missing",
        /// Switched off by the operator: Prompt rules are passed over.
        #[default]
        Off = "off",
    }
}
