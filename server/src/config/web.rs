//! Where we listen, under which address people reach us, and whom we believe about theirs.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::sync::Arc;

use ipnet::IpNet;
use url::{Host, Url};

use super::reader::Reader;
use super::settings::{
    API_ORIGINS, BASE_URL, LISTEN, OPERATOR_CONTACT, PRIVACY_FILE, PROXY_HEADER, PROXY_HOPS, TRUSTED_PROXIES,
};
use super::{Purpose, http_url};

/// The HTTP side.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Where we listen.
    pub listen: SocketAddr,
    /// The public address.
    pub base_url: BaseUrl,
    /// Who may tell us a caller's address.
    pub proxies: Proxies,
    /// Origins whose pages may call the API from a browser; none is the rule.
    pub api_origins: Vec<String>,
    /// The text of the privacy page.
    pub privacy: Arc<str>,
    /// Whom people ask who use this server, in words; empty: nobody is named.
    pub operator_contact: Arc<str>,
}

impl WebConfig {
    pub(super) fn read(reader: &mut Reader, purpose: Purpose) -> Self {
        let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000));
        let expected = "an address and a port such as 127.0.0.1:3000";
        let listen = reader.parse(LISTEN, expected, |text| text.parse().ok(), loopback);
        let base_url = read_base_url(reader, purpose);
        Self {
            listen,
            base_url,
            proxies: Proxies::read(reader),
            api_origins: reader.parse(
                API_ORIGINS,
                "origins such as https://app.example, comma separated",
                origins,
                Vec::new(),
            ),
            privacy: read_privacy(reader).into(),
            operator_contact: in_words(&reader.text(OPERATOR_CONTACT)).into(),
        }
    }
}

/// The proxies in front of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxies {
    /// Where they call from.
    pub networks: Vec<IpNet>,
    /// The one header they write; no other is read.
    pub header: ProxyHeader,
    /// How many of them a request passes.
    pub hops: NonZeroUsize,
}

/// The header that holds the addresses a request came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For: 192.0.2.1, 198.51.100.7`
    XForwardedFor,
    /// `Forwarded: for=192.0.2.1;proto=https` (RFC 7239)
    Forwarded,
}

impl Default for Proxies {
    /// None: everybody is who they seem to be.
    fn default() -> Self {
        Self {
            networks: Vec::new(),
            header: ProxyHeader::XForwardedFor,
            hops: NonZeroUsize::MIN,
        }
    }
}

impl Proxies {
    fn read(reader: &mut Reader) -> Self {
        let none = Self::default();
        let expected = "networks such as 10.0.0.0/8, comma separated";
        let networks = reader.parse(TRUSTED_PROXIES, expected, networks, none.networks);
        let expected = "x-forwarded-for or forwarded: the header that your proxy writes";
        let header = reader.parse(PROXY_HEADER, expected, proxy_header, none.header);
        let expected = "the number of proxies in front of Concierge, from 1";
        let hops = reader.parse(PROXY_HOPS, expected, |text| text.parse().ok(), none.hops);
        Self { networks, header, hops }
    }
}

fn proxy_header(text: &str) -> Option<ProxyHeader> {
    match text.to_ascii_lowercase().as_str() {
        "x-forwarded-for" => Some(ProxyHeader::XForwardedFor),
        "forwarded" => Some(ProxyHeader::Forwarded),
        _ => None,
    }
}

/// The reader takes commas for those of a list, and the spaces behind them away.
fn in_words(text: &str) -> String {
    text.split(',').map(str::trim).collect::<Vec<_>>().join(", ")
}

/// What comes with Concierge, for operators who have no text of their own.
pub const PRIVACY: &str = include_str!("../privacy.txt");

fn read_privacy(reader: &mut Reader) -> String {
    let file = reader.text(PRIVACY_FILE);
    if file.is_empty() {
        return PRIVACY.to_owned();
    }
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        reader.wrong(PRIVACY_FILE, format!("cannot be read: {error}"));
        String::new()
    })
}

fn read_base_url(reader: &mut Reader, purpose: Purpose) -> BaseUrl {
    let fallback = BaseUrl {
        origin: "http://127.0.0.1:3000".into(),
        secure: false,
        loopback: true,
    };
    let expected = "the public address without a path, such as https://concierge.example";
    let base_url = reader.parse(BASE_URL, expected, BaseUrl::parse, fallback);
    if purpose == Purpose::Serve && !base_url.secure && !base_url.loopback {
        reader.wrong(BASE_URL, "must be https:// unless it is a loopback address: sessions and tokens would cross the network in the clear");
    }
    base_url
}

/// As browsers write them in `Origin`.
fn origins(text: &str) -> Option<Vec<String>> {
    let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    entries
        .map(|entry| BaseUrl::parse(entry).map(|url| url.origin().to_owned()))
        .collect()
}

fn networks(text: &str) -> Option<Vec<IpNet>> {
    let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    entries
        .map(|entry| {
            entry
                .parse()
                .ok()
                .or_else(|| entry.parse::<IpAddr>().ok().map(IpNet::from))
        })
        .collect()
}

/// The public address: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    secure: bool,
    loopback: bool,
}

impl BaseUrl {
    /// Reads `https://host[:port]`, without a path.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = http_url(text).filter(|url| url.path() == "/")?;
        Some(Self {
            origin: url.origin().ascii_serialization(),
            secure: url.scheme() == "https",
            loopback: is_loopback(&url),
        })
    }

    /// As browsers write it in `Origin`: no slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// It is https: cookies are `Secure` and HSTS is sent.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// It is this machine only.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
