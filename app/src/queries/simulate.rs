//! Asking the server what would become of a message.

use domain::ids::AccountId;
use domain::simulate::{Simulation, TriedMessage};

use crate::error::AppError;

/// The simulation with the saved rules. Only a browser asks: pages drawn on the server have no message yet.
pub async fn simulate_message(account: AccountId, message: &TriedMessage) -> Result<Simulation, AppError> {
    #[cfg(feature = "ssr")]
    {
        let _ = (account, message);
        Err(AppError::NotFound)
    }
    #[cfg(not(feature = "ssr"))]
    {
        let number = |minutes: Option<u32>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        let fields = [
            ("account", account.to_string()),
            ("kind", message.kind.as_str().to_owned()),
            ("text", message.text.clone()),
            ("minutes_ago", message.minutes_ago.to_string()),
            ("last_reply_minutes_ago", number(message.last_reply_minutes_ago)),
            ("person_minutes_ago", number(message.person_minutes_ago)),
        ];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        crate::browser::call_server_fn(crate::endpoints::SIMULATE_MESSAGE, &fields).await
    }
}
