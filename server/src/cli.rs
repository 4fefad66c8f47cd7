//! The command line. Names and flags are a promise to scripts; see docs/operations.md.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Answers Instagram DMs for small businesses.
#[derive(Debug, Parser)]
#[command(name = "concierge", version, about, long_about = None, propagate_version = true)]
pub struct Cli {
    /// Settings file [default: concierge.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try it out: server, sandbox and a demo tenant in one process, on this machine
    Demo(DemoArgs),
    /// Run the production server
    Serve(ServeArgs),
    /// Bring the database schema up to date
    Migrate,
    /// Look after people
    #[command(subcommand)]
    User(UserCommand),
    /// Look after accounts
    #[command(subcommand)]
    Account(AccountCommand),
    /// Look after the keys with which programs use the API
    #[command(subcommand)]
    ApiKey(ApiKeyCommand),
    /// Look after reply credits
    #[command(subcommand)]
    Credits(CreditsCommand),
    /// Look at a tenant's persona and its safety check
    #[command(subcommand)]
    Persona(PersonaCommand),
    /// Look after encryption keys
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Look after the connections to Instagram
    #[command(subcommand)]
    Tokens(TokensCommand),
    /// Copy the database while it is in use, and check the copy
    Backup(BackupArgs),
    /// Put a backup in the place of the database, or only check it
    Restore(RestoreArgs),
    /// Print the way of one DM: received, decided, charged, sent, confirmed
    Trace(TraceArgs),
    /// Check configuration, database, Meta and AI
    Doctor,
}

/// `concierge demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Address of the admin pages [default: CONCIERGE_LISTEN, else 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Address of the sandbox: the pretend Meta with its chat page
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3100")]
    pub sandbox_listen: SocketAddr,
    /// Where the demo keeps its database and keys
    #[arg(long, value_name = "FOLDER", default_value = "data")]
    pub data_dir: PathBuf,
    /// Forget everything the demo kept, and start again
    #[arg(long)]
    pub reset: bool,
    /// Leave out the AI: the demo as it is on a server without a provider
    #[arg(long)]
    pub without_ai: bool,
    /// Allow addresses that others can reach; the password is then random
    #[arg(long)]
    pub expose: bool,
}

/// `concierge serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Which part of the work this process does
    #[arg(long, value_enum, default_value_t = ServeRole::All)]
    pub role: ServeRole,
}

/// Which part of the work a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ServeRole {
    /// Web and workers
    All,
    /// Webhook and admin pages
    Web,
    /// Replies and jobs; answers /healthz and /readyz only
    Worker,
}

/// `concierge user`
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person, and their tenant if it is new
    Create(CreateUserArgs),
    /// Set a new password for somebody who forgot theirs; ends their sessions
    Password(PasswordArgs),
}

/// `concierge user password`
#[derive(Debug, Args)]
pub struct PasswordArgs {
    /// How they sign in
    #[arg(long)]
    pub email: String,
    /// Read the new password from standard input (the only way: arguments are visible to others)
    #[arg(long, required = true)]
    pub password_stdin: bool,
}

/// `concierge user create`
#[derive(Debug, Args)]
pub struct CreateUserArgs {
    /// How they sign in
    #[arg(long)]
    pub email: String,
    /// The tenant's short name: small letters, digits and hyphens
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// The name of a new tenant [default: its slug]
    #[arg(long, value_name = "NAME")]
    pub tenant_name: Option<String>,
    /// What they may do
    #[arg(long, value_parser = ["owner", "editor", "viewer"], default_value = "owner")]
    pub role: String,
    /// Also looks after the whole deployment
    #[arg(long)]
    pub operator: bool,
    /// Read the password from standard input
    #[arg(long, required = true)]
    pub password_stdin: bool,
}

/// `concierge account`
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add an account without the connect flow
    Add(AddAccountArgs),
}

/// `concierge account add`
#[derive(Debug, Args)]
pub struct AddAccountArgs {
    /// The tenant it belongs to
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// The Instagram professional account's id
    #[arg(long, value_name = "ID")]
    pub ig_id: String,
    /// The Facebook Page's id
    #[arg(long, value_name = "ID")]
    pub page_id: String,
    /// The Instagram name, without @
    #[arg(long, value_name = "NAME")]
    pub username: String,
    /// Read the Page token from standard input
    #[arg(long, required = true)]
    pub token_stdin: bool,
}

/// `concierge api-key`
#[derive(Debug, Subcommand)]
pub enum ApiKeyCommand {
    /// Make a key, and print it: it cannot be shown again
    Create(CreateApiKeyArgs),
    /// List a tenant's keys
    List(ListApiKeysArgs),
    /// End a key at once
    Revoke(RevokeApiKeyArgs),
}

/// `concierge api-key create`
#[derive(Debug, Args)]
pub struct CreateApiKeyArgs {
    /// The tenant whose data the program works with
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// What uses the key; the audit log names it
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// What it allows: read, write_rules, switch, credits
    #[arg(long, value_name = "SCOPE,…", default_value = "read")]
    pub scopes: String,
    /// When it ends [default: when it is revoked]
    #[arg(long, value_name = "N")]
    pub days: Option<u32>,
}

/// `concierge api-key list`
#[derive(Debug, Args)]
pub struct ListApiKeysArgs {
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
}

/// `concierge api-key revoke`
#[derive(Debug, Args)]
pub struct RevokeApiKeyArgs {
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// How the key begins, as the list shows it
    #[arg(long, value_name = "TEXT")]
    pub prefix: String,
}

/// `concierge credits`
#[derive(Debug, Subcommand)]
pub enum CreditsCommand {
    /// Give a tenant reply credits
    Grant(GrantArgs),
    /// Compare balances, batches, replies and ledger; exit 1 on a difference
    Verify,
}

/// `concierge credits grant`
#[derive(Debug, Args)]
pub struct GrantArgs {
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// How many
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..))]
    pub amount: i64,
    /// Why; shown in the ledger
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    /// Your own name for this grant, such as an invoice's number: repeated with the same one, nothing is granted again
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub reference: Option<String>,
}

/// `concierge persona`
#[derive(Debug, Subcommand)]
pub enum PersonaCommand {
    /// Print how far the safety check is, what it found, and which version answers
    Status(PersonaStatusArgs),
    /// Approve a version against its safety check
    Approve(PersonaApproveArgs),
}

/// `concierge persona status`
#[derive(Debug, Args)]
pub struct PersonaStatusArgs {
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
}

/// `concierge persona approve`. Its `--version` is that of the persona.
#[derive(Debug, Args)]
#[command(disable_version_flag = true)]
pub struct PersonaApproveArgs {
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// The version, as its page counts them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    pub version: i64,
    /// Why; shown on the page and kept in the audit log
    #[arg(long, value_name = "TEXT")]
    pub note: String,
}

/// `concierge keys`
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Print a new key for CONCIERGE_ENCRYPTION_KEYS
    New,
    /// Seal everything again with the first key
    Rotate,
}

/// `concierge backup`
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The new file
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
}

/// `concierge restore`
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The backup
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Only say whether it could be restored; changes nothing
    #[arg(long)]
    pub check: bool,
}

/// `concierge trace`
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// A reply's id, a message's id, or Meta's id of a message
    #[arg(value_name = "REPLY-ID|MID")]
    pub id: String,
}

/// `concierge tokens`
#[derive(Debug, Subcommand)]
pub enum TokensCommand {
    /// Check every connection now, and renew what ends soon
    Check,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn no_flag_has_two_meanings() {
        Cli::command().debug_assert();
    }
}
