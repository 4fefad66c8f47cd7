//! Who is calling: the peer, or what a trusted proxy says about it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::context::ClientAddress;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, header};
use ipnet::IpNet;

/// Puts the [`ClientAddress`] into the request.
pub async fn set_client_address(State(trusted): State<Arc<[IpNet]>>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let client = client(peer, request.headers(), &trusted);
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

/// Walks the chain of proxies from our side; the first address we do not trust is the caller.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let mut client = peer;
    for hop in hops(headers).into_iter().rev() {
        // A hop that is no address ends the chain: nothing before it can be believed.
        let Some(address) = hop else { break };
        client = address;
        if !is_trusted(&address) {
            break;
        }
    }
    client
}

fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lists = |name| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|list| list.split(','))
    };
    if headers.contains_key(header::FORWARDED) {
        lists(header::FORWARDED).map(forwarded_for).collect()
    } else {
        lists(header::HeaderName::from_static("x-forwarded-for"))
            .map(|hop| address(hop.trim()))
            .collect()
    }
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
