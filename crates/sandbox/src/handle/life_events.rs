//! What happens to tokens, Pages and links over the years: one event each.

use serde::{Deserialize, Serialize};

use super::error::ControlError;
use super::sandbox_handle::SandboxHandle;
use crate::state::accounts::{IgAccount, Page, TASKS};
use crate::state::facebook::USER_ID;
use crate::state::world::World;

/// In JSON: `{"what": "untick_page", "page": …}`. People are the usual person unless `user` names another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum LifeEvent {
    /// 190/460 for everything of the person.
    ChangePassword {
        #[serde(default)]
        user: Option<String>,
    },
    /// 190/458 for everything of the person.
    RemoveApp {
        #[serde(default)]
        user: Option<String>,
    },
    /// The person's tokens end at that second; their Page tokens stay.
    ExpireUserTokens {
        at: i64,
        #[serde(default)]
        user: Option<String>,
    },
    /// The tokens of the Page end at that second.
    ExpirePageTokens { page: String, at: i64 },
    /// Data access of everything of the Page and its person ends at that second.
    EndDataAccess { page: String, at: i64 },
    /// The person leaves the Page out: its tokens die without a subcode.
    UntickPage { page: String },
    /// A permission is taken away from everything that has it.
    RemovePermission { scope: String },
    /// The Page and its Instagram account part.
    Unlink { page: String },
    /// An Instagram account is linked to another Page.
    MoveAccount { account: String, to: String },
    /// What the person may do on the Page; everything when empty.
    SetTasks { page: String, tasks: Vec<String> },
    /// `/me/accounts` leaves the Page out although it is granted.
    Unlist { page: String, unlisted: bool },
    /// Every token works again.
    Revive,
}

impl SandboxHandle {
    /// Applies the event.
    ///
    /// # Errors
    /// A Page or account that is not there.
    pub fn life(&self, event: &LifeEvent) -> Result<(), ControlError> {
        self.app.change(|world| apply(world, event))
    }

    /// Adds Pages that are linked and subscribed, numbered from `first`; returns nothing that [`Self::pages`] does not.
    pub fn add_pages(&self, first: u32, count: u32) {
        let app_id = self.app.config.app_id.clone();
        self.app.change(|world| {
            for number in first..first + count {
                add_page(world, &app_id, number);
            }
        });
    }
}

fn apply(world: &mut World, event: &LifeEvent) -> Result<(), ControlError> {
    match event {
        LifeEvent::ChangePassword { user } => kill_tokens_of_user(world, user.as_deref(), 460),
        LifeEvent::RemoveApp { user } => {
            let user = user.as_deref();
            world.facebook.grants.remove(user.unwrap_or(USER_ID));
            kill_tokens_of_user(world, user, 458);
        }
        LifeEvent::ExpireUserTokens { at, user } => {
            let user = user.as_deref().unwrap_or(USER_ID);
            let own = |token: &&mut crate::state::accounts::Token| token.page_id.is_empty() && token.user_id == user;
            world
                .tokens
                .values_mut()
                .filter(own)
                .for_each(|token| token.expires_at = *at);
        }
        LifeEvent::ExpirePageTokens { page, at } => {
            change_tokens_of_page(world, page, |token| token.expires_at = *at)?;
        }
        LifeEvent::EndDataAccess { page, at } => {
            change_tokens_of_page(world, page, |token| token.data_access_expires_at = *at)?;
            let people = world.tokens.values_mut().filter(|token| token.page_id.is_empty());
            people.for_each(|token| token.data_access_expires_at = *at);
        }
        LifeEvent::UntickPage { page } => {
            let id = page_mut(world, page)?.page_id.clone();
            world.facebook.grants.values_mut().for_each(|grant| {
                grant.pages.remove(&id);
            });
            change_tokens_of_page(world, page, |token| token.dead = token.dead.or(Some(0)))?;
        }
        LifeEvent::RemovePermission { scope } => {
            let keep = |held: &String| held != scope;
            world.tokens.values_mut().for_each(|token| token.scopes.retain(keep));
            world
                .facebook
                .grants
                .values_mut()
                .for_each(|grant| grant.scopes.retain(keep));
        }
        LifeEvent::Unlink { page } => page_mut(world, page)?.ig = None,
        LifeEvent::MoveAccount { account, to } => {
            let target = page_mut(world, to)?.page_id.clone();
            let ig = page_mut(world, account)?.ig.take();
            let ig = ig.ok_or_else(|| ControlError::NoInstagram(account.clone()))?;
            page_mut(world, &target)?.ig = Some(ig);
        }
        LifeEvent::SetTasks { page, tasks } => {
            page_mut(world, page)?.tasks = if tasks.is_empty() {
                TASKS.map(str::to_owned).to_vec()
            } else {
                tasks.clone()
            };
        }
        LifeEvent::Unlist { page, unlisted } => page_mut(world, page)?.unlisted = *unlisted,
        LifeEvent::Revive => world.tokens.values_mut().for_each(|token| token.dead = None),
    }
    Ok(())
}

fn kill_tokens_of_user(world: &mut World, user: Option<&str>, subcode: u32) {
    let user = user.unwrap_or(USER_ID);
    let own = world.tokens.values_mut().filter(|token| token.user_id == user);
    own.for_each(|token| token.dead = Some(subcode));
}

fn change_tokens_of_page(
    world: &mut World,
    page: &str,
    act: impl Fn(&mut crate::state::accounts::Token),
) -> Result<(), ControlError> {
    let id = page_mut(world, page)?.page_id.clone();
    world
        .tokens
        .values_mut()
        .filter(|token| token.page_id == id)
        .for_each(act);
    Ok(())
}

fn page_mut<'w>(world: &'w mut World, name: &str) -> Result<&'w mut Page, ControlError> {
    world
        .page_mut(name)
        .ok_or_else(|| ControlError::UnknownAccount(name.to_owned()))
}

fn add_page(world: &mut World, app_id: &str, number: u32) {
    use crate::state::accounts::Token;
    use crate::state::seed::SUBSCRIBED;

    let page_id = format!("2000000{number:08}");
    let token = crate::state::ids::page_token(app_id, &page_id, 0);
    world
        .tokens
        .insert(token.clone(), Token::new(&page_id, world.now_ms() / 1000));
    world.pages.push(Page {
        name: format!("Page {number}"),
        ig: Some(IgAccount {
            ig_id: format!("178414999{number:08}"),
            username: format!("page.{number}"),
        }),
        token,
        token_generation: 0,
        subscribed: SUBSCRIBED.map(str::to_owned).to_vec(),
        tasks: TASKS.map(str::to_owned).to_vec(),
        unlisted: false,
        page_id,
    });
}
