//! Who is calling: the peer, or what the operator's proxies say about it.
//!
//! One header is read, the one the operator named. Any other came from the caller, through a proxy that passes on what it does not know.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::context::ClientAddress;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, header};

use crate::config::{Proxies, ProxyHeader};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Puts the [`ClientAddress`] into the request.
pub async fn set_client_address(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let client = client(peer, request.headers(), &proxies);
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

/// Walks the chain of proxies from our side: as many hops as there are proxies, and on while an address is one of theirs.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &Proxies) -> IpAddr {
    if !proxies.contain(peer) {
        return peer;
    }
    let mut client = peer;
    for (passed, hop) in hops(headers, proxies.header).into_iter().rev().enumerate() {
        if passed >= proxies.hops.get() && !proxies.contain(client) {
            break;
        }
        // A hop that is no address ends the chain: nothing before it can be believed.
        let Some(address) = hop else { break };
        client = address;
    }
    client
}

impl Proxies {
    /// Whether `address` is one of theirs.
    #[must_use]
    pub fn contain(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }
}

fn hops(headers: &HeaderMap, header: ProxyHeader) -> Vec<Option<IpAddr>> {
    let (name, read): (_, fn(&str) -> Option<IpAddr>) = match header {
        ProxyHeader::Forwarded => (header::FORWARDED, forwarded_for),
        ProxyHeader::XForwardedFor => (X_FORWARDED_FOR, |hop| address(hop.trim())),
    };
    let lists = headers
        .get_all(name)
        .into_iter()
        .map(|value| value.to_str().unwrap_or_default());
    lists.flat_map(|list| list.split(',')).map(read).collect()
}

/// `for=192.0.2.60;proto=http` or `for="[2001:db8::1]:4711"`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pair = element
        .split(';')
        .map(str::trim)
        .find(|pair| pair.get(..4).is_some_and(|key| key.eq_ignore_ascii_case("for=")))?;
    address(pair[4..].trim_matches('"'))
}

fn address(text: &str) -> Option<IpAddr> {
    let bare = || {
        text.trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .ok()
    };
    text.parse::<SocketAddr>()
        .map(|it| it.ip())
        .ok()
        .or_else(bare)
        .map(|it| it.to_canonical())
}

#[cfg(test)]
mod tests;
