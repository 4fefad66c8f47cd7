//! Where outgoing webhooks may go, told as addresses; and names that lead elsewhere at the next look-up.

use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use engine::identity::Actor;
use engine::outgoing_webhooks::{
    LookUp, WebhookCaller, WebhookEndpoints, WebhookEndpointsError, WebhookTargets, is_public,
};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::draft;
use super::receiver::Receiver;
use crate::world::{World, tell};

const NOT_PUBLIC: [&str; 54] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:0:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:0:a00:1::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "4000::1",
];
const PUBLIC: [&str; 14] = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "198.20.0.1",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
];

#[test]
fn an_address_is_public_or_it_is_not() {
    for address in NOT_PUBLIC {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    for address in PUBLIC {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}

/// Every way to write an address that a browser understands, and names that are local.
const REFUSED: [&str; 26] = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.0.0.1./",
    "https://%31%32%37.0.0.1/",
    "https://１２７.0.0.1/",
    "https://0/",
    "https://10.1/",
    "https://3232235777/",
    "https://0xa9fea9fe/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[fd00::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://shop.localhost/",
    "https://database/",
];

/// A name server that says another thing each time, the last one for good.
#[derive(Debug)]
struct Fickle(Mutex<VecDeque<Vec<IpAddr>>>);

impl Fickle {
    fn says(answers: &[&[&str]]) -> Arc<Self> {
        let parse = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        Arc::new(Self(Mutex::new(answers.iter().map(parse).collect())))
    }
}

impl LookUp for Fickle {
    fn look_up(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let mut answers = self.0.lock().unwrap();
        let answer = match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        };
        async move { Ok(answer) }.boxed()
    }
}

impl World {
    fn endpoints_with(&self, targets: WebhookTargets, names: Arc<dyn LookUp>) -> WebhookEndpoints {
        let caller = WebhookCaller::new(targets, names).unwrap();
        let (vault, clock) = (self.engine.vault(), self.shared_clock());
        WebhookEndpoints::for_tenant(&self.database, vault, clock, caller, self.tenant)
    }
}

#[tokio::test]
async fn no_way_to_write_a_private_address_is_accepted() {
    tell(async |world| {
        let endpoints = world.endpoints_with(WebhookTargets::Public, Fickle::says(&[&["127.0.0.1"]]));
        for url in REFUSED.into_iter().chain(["http://shop.example/"]) {
            let added = endpoints.add(&draft(url, &["reply.sent"]), Actor::Command).await;
            assert!(
                matches!(added, Err(WebhookEndpointsError::Invalid(_))),
                "{url}: {added:?}"
            );
        }
        for address in NOT_PUBLIC {
            let address: IpAddr = address.parse().unwrap();
            let url = match address {
                IpAddr::V4(address) => format!("https://{address}/"),
                IpAddr::V6(address) => format!("https://[{address}]/"),
            };
            let added = endpoints.add(&draft(&url, &["reply.sent"]), Actor::Command).await;
            assert!(
                matches!(added, Err(WebhookEndpointsError::Invalid(_))),
                "{url}: {added:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_is_checked_for_each_call_whatever_it_led_to_before() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        // Public when it was looked at, and the receiver's machine when it is called.
        let names = Fickle::says(&[&["127.0.0.1"]]);
        let endpoints = world.endpoints_with(WebhookTargets::Public, names);
        let url = format!("https://rebinding.example:{}/", receiver.port());
        let endpoint = endpoints
            .add(&draft(&url, &["reply.sent"]), Actor::Command)
            .await
            .unwrap();
        let said = endpoints.test(endpoint).await.unwrap();
        assert!(said.contains("not public"), "{said}");
        assert!(receiver.got().is_empty());
    })
    .await;
}

/// The connection goes to the address that was checked: with the check off, the very same name reaches the receiver.
#[tokio::test]
async fn the_connection_is_made_to_what_the_checked_look_up_said_and_to_nothing_else() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let url = format!("http://rebinding.example:{}/", receiver.port());
        let open = world.endpoints_with(WebhookTargets::Any, Fickle::says(&[&["127.0.0.1"], &["192.0.2.1"]]));
        let endpoint = open.add(&draft(&url, &["reply.sent"]), Actor::Command).await.unwrap();
        let said = open.test(endpoint).await.unwrap();
        assert!(said.contains("took the test"), "one look-up for one call: {said}");
        // Stored while private targets were allowed; the operator has changed their mind.
        let closed = world.endpoints_with(
            WebhookTargets::Public,
            Fickle::says(&[&["10.0.0.1", "127.0.0.1", "::1"]]),
        );
        let said = closed.test(endpoint).await.unwrap();
        assert!(!said.contains("took the test:"), "{said}");
        assert_eq!(receiver.got().len(), 1);
    })
    .await;
}

/// One that nobody has: the address of a network that was given back.
const PUBLIC_AND_GONE: &str = "3ffe::1";

#[tokio::test]
async fn a_private_address_beside_a_public_one_is_not_called_either() {
    tell(async |world| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("https://both.example:{}/", listener.local_addr().unwrap().port());
        let names = Fickle::says(&[&[PUBLIC_AND_GONE, "127.0.0.1", "::1", "::ffff:127.0.0.1"]]);
        let endpoints = world.endpoints_with(WebhookTargets::Public, names);
        let endpoint = endpoints
            .add(&draft(&url, &["reply.sent"]), Actor::Command)
            .await
            .unwrap();
        let said = endpoints.test(endpoint).await.unwrap();
        assert!(said.contains("did not take the test"), "{said}");
        let called = listener.accept().map(drop).map_err(|error| error.kind());
        assert_eq!(called, Err(io::ErrorKind::WouldBlock), "nobody connected");
    })
    .await;
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    tell(async |world| {
        let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
        let endpoint = world.endpoint_at(&receiver).await;
        for status in [
            "301 Moved",
            "302 Found",
            "307 Temporary Redirect",
            "308 Permanent Redirect",
        ] {
            receiver.answers(&format!("{status}\r\nlocation: {}", elsewhere.url()));
            let said = world.endpoints().test(endpoint).await.unwrap();
            assert!(said.contains("redirects are not followed"), "{said}");
        }
        assert!(elsewhere.got().is_empty());
    })
    .await;
}
