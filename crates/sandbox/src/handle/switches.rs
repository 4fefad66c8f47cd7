//! Faults, delivery disorders, the clock, tokens, and the way back to the start.

use super::error::ControlError;
use super::sandbox_handle::SandboxHandle;
use crate::faults::{ActiveFault, FaultKind, FaultSpec};
use crate::state::world::World;
use crate::webhooks::event::Event;
use crate::webhooks::lanes;
use crate::webhooks::mode::{DeliveryMode, Release};
use crate::webhooks::queue::Sending;
use crate::webhooks::{envelope, post, sign};

impl SandboxHandle {
    /// Switches a fault on and returns its id. `page` may be any name of the account.
    pub fn fault(&self, spec: impl Into<FaultSpec>) -> u64 {
        let mut spec = spec.into();
        self.app.change(|world| {
            if let Some(page) = spec.page.as_deref().and_then(|name| world.page(name)) {
                spec.page = Some(page.page_id.clone());
            }
            world.faults.add(spec)
        })
    }

    /// What is switched on.
    pub fn faults(&self) -> Vec<ActiveFault> {
        self.app.world().faults.all().to_vec()
    }

    /// Switches all faults off.
    pub fn clear_faults(&self) {
        self.app.change(|world| world.faults.retain(|_| false));
    }

    /// Switches one fault off.
    pub fn clear_fault(&self, id: u64) {
        self.app.change(|world| world.faults.retain(|fault| fault.id != id));
    }

    /// Removes the faults of one kind, whatever their parameters and scope.
    pub fn clear_fault_kind(&self, kind: &FaultKind) {
        self.clear_fault_named(kind.name());
    }

    pub(crate) fn clear_fault_named(&self, name: &str) {
        self.app
            .change(|world| world.faults.retain(|fault| fault.spec.kind.name() != name));
    }

    /// How webhooks are delivered.
    pub fn mode(&self) -> DeliveryMode {
        self.app.world().mode.clone()
    }

    /// Changes how webhooks are delivered.
    pub fn set_mode(&self, mode: DeliveryMode) {
        self.app.change(|world| world.mode = mode);
    }

    /// Delivers what was held, in the order asked for; returns when each was tried once.
    pub async fn release(&self, release: Release) {
        let mut held: Vec<Event> = self.app.change(|world| {
            world.mode.hold = false;
            std::mem::take(&mut world.deliveries.held)
        });
        if release.reverse {
            held.reverse();
        }
        let sending = Sending {
            twice: release.twice,
            ..Sending::default()
        };
        if release.one_post && !held.is_empty() {
            lanes::send(&self.app, &held, &sending, 0).await;
            return;
        }
        for event in held {
            lanes::send(&self.app, &[event], &sending, 0).await;
        }
    }

    /// Signs events as one delivery without sending or recording anything.
    pub fn signed(&self, events: &[Event]) -> sign::SignedRequest {
        post::request(&self.app, events)
    }

    /// The body Meta would send for these events.
    pub fn body(&self, events: &[Event]) -> Vec<u8> {
        envelope::body(events, self.now_ms())
    }

    /// Changes where webhooks go.
    pub fn set_webhook_url(&self, url: impl Into<String>) {
        let url = url.into();
        self.app.change(|world| world.webhook_url = url);
    }

    /// The handshake of the app dashboard: `true` when the webhook answered with the challenge.
    pub async fn verify_webhook(&self, verify_token: &str) -> bool {
        let challenge = rand::random::<u32>().to_string();
        let address = self.app.world().webhook_url.clone();
        let query = [
            ("hub.mode", "subscribe"),
            ("hub.challenge", challenge.as_str()),
            ("hub.verify_token", verify_token),
        ];
        let Ok(answer) = self.app.http.get(address).query(&query).send().await else {
            return false;
        };
        answer.status() == 200 && answer.text().await.is_ok_and(|body| body == challenge)
    }

    /// Unix time in milliseconds by the sandbox's clock.
    pub fn now_ms(&self) -> i64 {
        self.app.world().now_ms()
    }

    /// Moves the clock forward.
    pub fn advance_clock(&self, ms: i64) {
        self.app.change(|world| world.clock.advance(ms));
    }

    /// Stops the clock at an instant.
    pub fn freeze_clock(&self, at_ms: i64) {
        self.app.change(|world| world.clock.freeze(at_ms));
    }

    /// Back to real time.
    pub fn reset_clock(&self) {
        self.app.change(|world| world.clock.reset());
    }

    /// Kills (190 subcode, 0 for none) or revives (`None`) the Page's tokens.
    ///
    /// # Errors
    /// An unknown Page.
    pub fn set_token_dead(&self, page: &str, subcode: Option<u32>) -> Result<(), ControlError> {
        self.with_token(page, |token| token.dead = subcode)
    }

    /// # Errors
    /// An unknown Page.
    pub fn set_scopes(&self, page: &str, scopes: &[&str]) -> Result<(), ControlError> {
        self.with_token(page, |token| {
            token.scopes = scopes.iter().map(|s| (*s).to_owned()).collect()
        })
    }

    /// Seconds since 1970; 0 never expires.
    ///
    /// # Errors
    /// An unknown Page.
    pub fn set_expiry(&self, page: &str, expires_at: i64, data_access: i64) -> Result<(), ControlError> {
        self.with_token(page, |token| {
            token.expires_at = expires_at;
            token.data_access_expires_at = data_access;
        })
    }

    /// A new token for the Page, as a reconnect brings it.
    ///
    /// # Errors
    /// An unknown Page.
    pub fn rotate_token(&self, page: &str) -> Result<String, ControlError> {
        self.app
            .change(|world| world.rotate_token(&self.app.config.app_id, page))
            .ok_or_else(|| ControlError::UnknownAccount(page.to_owned()))
    }

    /// The dashboard's *Reset* beside the app secret: the old one signs and proves nothing any more.
    pub fn reset_app_secret(&self, secret: impl Into<String>) {
        let secret = secret.into();
        self.app.change(|world| world.app_secret = secret);
    }

    /// How many messages of a thread are given with author and words; Meta gives twenty.
    pub fn give_details_of(&self, messages: usize) {
        self.app.change(|world| world.detailed_messages = messages);
    }

    fn with_token(&self, name: &str, act: impl Fn(&mut crate::state::accounts::Token)) -> Result<(), ControlError> {
        self.app.change(|world| {
            let page = world.page(name).map(|page| page.page_id.clone());
            let page = page.ok_or_else(|| ControlError::UnknownAccount(name.to_owned()))?;
            world
                .tokens
                .values_mut()
                .filter(|token| token.page_id == page)
                .for_each(act);
            Ok(())
        })
    }

    /// Forgets everything but the webhook address. Deliveries under way come to their end unseen.
    pub fn reset(&self) {
        self.app.change(|world| {
            let (url, unfinished) = (world.webhook_url.clone(), world.deliveries.unfinished);
            let last_id = world.deliveries.last_id();
            *world = World::seeded(&self.app.config);
            world.webhook_url = url;
            world.deliveries.unfinished = unfinished;
            world.deliveries.continue_after(last_id);
        });
    }
}
