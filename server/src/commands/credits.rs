//! `concierge credits`: giving credits, and proving that every one of them is accounted for.

use std::sync::Arc;

use engine::clock::{Clock, SystemClock};
use engine::credits::{self, Grant, Granted};
use engine::identity::{TenantTime, Tenants};

use super::{account, database};
use crate::cli::GrantArgs;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn grant(args: GrantArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let database = database::open_migrated(&config.storage).await?;
    let tenant = account::tenant(&Tenants::new(&database, Arc::new(SystemClock)), &args.tenant).await?;
    let grant = Grant {
        tenant: tenant.id,
        amount: args.amount,
        expires_at: None,
        note: args.note,
        reference: args.reference,
    };
    let failed = |error: &dyn std::error::Error| Failure::because("the credits were not granted", error);
    let transaction = database.begin().await.map_err(|error| failed(&error))?;
    let granted = credits::grant(&transaction, &grant, SystemClock.now())
        .await
        .map_err(|error| failed(&error))?;
    transaction.commit().await.map_err(|error| failed(&error))?;
    println!("{}", told(&args.tenant, granted));
    database.close().await;
    Ok(())
}

fn told(tenant: &str, granted: Granted) -> String {
    match granted {
        Granted::Now { balance } => format!("{tenant} has {balance} credits."),
        Granted::Before { at, balance } => {
            let date = TenantTime::new("UTC", at).date(at).strftime("%-d %b %Y");
            format!(
                "This was granted on {date} already, under the same reference; nothing was added. {tenant} has {balance} credits."
            )
        }
    }
}

pub(super) async fn verify(sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let database = database::open_migrated(&config.storage).await?;
    let found = credits::verify(&database)
        .await
        .map_err(|error| Failure::because("the ledger cannot be read", &error))?;
    database.close().await;
    for discrepancy in &found {
        println!("{discrepancy}");
    }
    if found.is_empty() {
        println!("Balances, batches, ledger and replies agree.");
        Ok(())
    } else {
        Err(Failure::Failed(format!("{} places do not agree", found.len())))
    }
}
