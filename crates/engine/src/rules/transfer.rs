//! A reply config as a file: out, in, and from one account of the tenant to another. Nothing is half done, and everything can be
//! looked at before.

use domain::ids::{AccountId, RuleId};
use domain::matching::CompiledConfig;
use domain::reply_config::{ConfigDiff, ReplyConfigFile, Snapshot, read_file, write_file};
use domain::rules::ReplyConfig;
use domain::simulate::{SimulatorFacts, compare};
use domain::views::ConfigPreview;
use uuid::Uuid;

use super::store::{self, ListChange};
use super::{Rules, RulesError};
use crate::accounts::usernames;
use crate::identity::Actor;

/// A file to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// `bloomandstem.rules.json`.
    pub name: String,
    /// Readable JSON.
    pub text: String,
}

impl Rules {
    /// The reply config as a file.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn export(&self, account: AccountId) -> Result<ExportedFile, RulesError> {
        let username = self.username(account).await?;
        Ok(ExportedFile {
            text: write_file(&username, &self.snapshot(account).await?),
            name: format!("{username}.rules.json"),
        })
    }

    /// What importing a file would change; nothing is changed.
    ///
    /// # Errors
    /// [`RulesError::Invalid`] with the places of everything that is wrong in the file; [`RulesError::NotFound`].
    pub async fn preview_import(&self, account: AccountId, file: &str) -> Result<ConfigPreview, RulesError> {
        let file = read_file(file).map_err(RulesError::Invalid)?;
        let (config, present) = self.present(account).await?;
        let wanted = imported(&present, file);
        self.preview(account, &config, &present, &wanted).await
    }

    /// Makes the reply config say what the file says: all of it or nothing.
    ///
    /// # Errors
    /// [`RulesError::Invalid`] with the places of everything that is wrong; [`RulesError::ListChanged`] when `revision` is
    /// not the present one; [`RulesError::NotFound`].
    pub async fn import(
        &self,
        account: AccountId,
        file: &str,
        revision: i64,
        actor: Actor,
    ) -> Result<ConfigDiff, RulesError> {
        let file = read_file(file).map_err(RulesError::Invalid)?;
        let open = self.begin(account, ListChange::Yes).await?;
        let wanted = imported(&open.before, file);
        self.make(open, &wanted, revision, actor, "rules.imported", "A file was imported")
            .await
    }

    /// What copying another account's reply config would change.
    ///
    /// # Errors
    /// [`RulesError::NotFound`] for either account.
    pub async fn preview_copy(&self, from: AccountId, to: AccountId) -> Result<ConfigPreview, RulesError> {
        let file = self.as_file(from).await?;
        let (config, present) = self.present(to).await?;
        self.preview(to, &config, &present, &imported(&present, file)).await
    }

    /// Makes the reply config of `to` say what that of `from` says.
    ///
    /// # Errors
    /// [`RulesError::ListChanged`] when `revision` is not the present one of `to`; [`RulesError::NotFound`] for either.
    pub async fn copy(
        &self,
        from: AccountId,
        to: AccountId,
        revision: i64,
        actor: Actor,
    ) -> Result<ConfigDiff, RulesError> {
        let what = format!("Copied from @{}", self.username(from).await?);
        let file = self.as_file(from).await?;
        let open = self.begin(to, ListChange::Yes).await?;
        let wanted = imported(&open.before, file);
        self.make(open, &wanted, revision, actor, "rules.copied", &what).await
    }

    /// How the rules and the outcome of the examples would change.
    pub(super) async fn preview(
        &self,
        account: AccountId,
        config: &ReplyConfig,
        present: &Snapshot,
        wanted: &Snapshot,
    ) -> Result<ConfigPreview, RulesError> {
        let diff = ConfigDiff::between(present, wanted);
        let examples = self.stored_examples(account).await?;
        let facts = SimulatorFacts::of_rules_alone(self.clock.now());
        let (before, after) = (
            CompiledConfig::compile(config),
            CompiledConfig::compile(&wanted.config()),
        );
        let messages = examples.iter().map(|(id, message)| (*id, message));
        Ok(ConfigPreview {
            revision: config.revision,
            sentence: diff.sentence(),
            examples: compare(&before, &after, &facts, messages),
            diff,
        })
    }

    /// The config and what it says; none of another tenant's.
    pub(super) async fn present(&self, account: AccountId) -> Result<(ReplyConfig, Snapshot), RulesError> {
        self.username(account).await?;
        let config = store::load_reply_config(self.database.reader(), account).await?;
        let config = config.ok_or(RulesError::NotFound)?;
        let snapshot = Snapshot::of(&config);
        Ok((config, snapshot))
    }

    pub(super) async fn snapshot(&self, account: AccountId) -> Result<Snapshot, RulesError> {
        Ok(self.present(account).await?.1)
    }

    async fn as_file(&self, account: AccountId) -> Result<ReplyConfigFile, RulesError> {
        let snapshot = self.snapshot(account).await?;
        Ok(ReplyConfigFile {
            default_reply: snapshot.default_reply,
            rules: snapshot.rules.into_iter().map(|known| known.rule).collect(),
        })
    }

    /// The account's name, and that it is this tenant's.
    pub(super) async fn username(&self, account: AccountId) -> Result<String, RulesError> {
        let mut names = usernames(self.database.reader(), self.tenant, Some(account)).await?;
        names.remove(&account).ok_or(RulesError::NotFound)
    }
}

fn imported(present: &Snapshot, file: ReplyConfigFile) -> Snapshot {
    Snapshot::imported(present, file, || RuleId::from_uuid(Uuid::now_v7()))
}
