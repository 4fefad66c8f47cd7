//! Where outgoing webhooks may go: to public addresses only, unless the operator allows others.
//!
//! A name is looked up for each connection, and the connection is made to the addresses that passed: a name that leads elsewhere a
//! moment later changes nothing. Addresses written as numbers (decimal, octal, hexadecimal) are read as every browser reads them, and
//! checked before.

use std::fmt::Debug;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Characters of an address.
const LONGEST_URL: usize = 2_000;

/// Which addresses may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookTargets {
    /// Public ones, by https.
    Public,
    /// Any, by http too: the operator trusts every owner with this server's network.
    Any,
}

/// Looks names up.
pub trait LookUp: Debug + Send + Sync {
    /// The addresses of a name.
    fn look_up(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// As the system does it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookUp;

impl LookUp for SystemLookUp {
    fn look_up(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        }
        .boxed()
    }
}

/// A name leads to no address that may be called.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
pub(super) struct NotPublic;

/// Hands out only addresses that may be called.
#[derive(Debug)]
pub(super) struct CheckedResolver {
    pub(super) targets: WebhookTargets,
    pub(super) look_up: Arc<dyn LookUp>,
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (targets, found) = (self.targets, self.look_up.look_up(name.as_str().to_owned()));
        Box::pin(async move {
            let found = found.await?.into_iter();
            let allowed: Vec<SocketAddr> = found
                .filter(|address| targets.allow(*address))
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if allowed.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

impl WebhookTargets {
    /// Whether this address may be called.
    #[must_use]
    pub fn allow(self, address: IpAddr) -> bool {
        self == Self::Any || is_public(address)
    }

    /// The address as it is stored.
    ///
    /// # Errors
    /// The sentence for the field.
    pub(super) fn check(self, text: &str) -> Result<Url, &'static str> {
        let text = text.trim();
        if text.len() > LONGEST_URL {
            return Err("Use an address of at most 2,000 characters.");
        }
        let url = Url::parse(text).map_err(|_| "Type the whole address, such as https://shop.example/webhooks.")?;
        match url.scheme() {
            "https" => {}
            "http" if self == Self::Any => {}
            _ => return Err("Use an address that begins with https://."),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("Take name and password out of the address. The signature shows who sends.");
        }
        if url.fragment().is_some() {
            return Err("Take out what stands behind #. It is never sent.");
        }
        match self.allows_host(&url) {
            true => Ok(url),
            false => Err("This address is not public. Use one that the internet can reach."),
        }
    }

    /// Whether the host may be called as far as it can be told without a look-up.
    pub(super) fn allows_host(self, url: &Url) -> bool {
        match url.host() {
            Some(Host::Ipv4(address)) => self.allow(address.into()),
            Some(Host::Ipv6(address)) => self.allow(address.into()),
            Some(Host::Domain(name)) => self == Self::Any || !is_local_name(name),
            None => false,
        }
    }
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost") || !name.contains('.')
}

/// Whether an address belongs to the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Everything that IANA's registry of special-purpose addresses does not keep for another use.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        // This network, loopback, link-local, private, multicast, reserved and broadcast.
        [0 | 10 | 127 | 224..=255, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..] => true,
        // Shared by carriers (CGNAT).
        [100, 64..=127, ..] => true,
        // Protocol assignments, relays of 6to4, benchmarks, documentation.
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18..=19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        _ => false,
    };
    !special
}

/// Global unicast without what embeds an IPv4 address (6to4, Teredo) or is documentation. IPv4-mapped and -compatible addresses,
/// NAT64, unique-local, link-local and multicast lie outside of global unicast.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global_unicast = first & 0xe000 == 0x2000;
    let special = match first {
        0x2001 => second < 0x0200 || second == 0x0db8,
        0x2002 => true,
        0x3fff => second < 0x1000,
        _ => false,
    };
    is_global_unicast && !special
}
