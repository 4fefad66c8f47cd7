use proptest::prelude::*;

use super::*;

const PEER: &str = "10.0.0.1";
const STRANGER: &str = "203.0.113.9";

fn proxies(header: ProxyHeader, hops: usize) -> Proxies {
    Proxies {
        networks: vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()],
        header,
        hops: hops.try_into().unwrap(),
    }
}

fn seen(peer: &str, x_forwarded_for: &str, forwarded: &str, proxies: &Proxies) -> String {
    let mut headers = HeaderMap::new();
    for (name, value) in [(X_FORWARDED_FOR, x_forwarded_for), (header::FORWARDED, forwarded)] {
        if !value.is_empty() {
            headers.insert(name, value.parse().unwrap());
        }
    }
    client(peer.parse().unwrap(), &headers, proxies).to_string()
}

#[test]
fn the_answer_depends_on_the_peer_the_named_header_and_the_hops() {
    use ProxyHeader::{Forwarded, XForwardedFor};
    let table = [
        // A stranger cannot choose an address.
        (STRANGER, "192.0.2.1", "for=192.0.2.2", XForwardedFor, 1, STRANGER),
        (STRANGER, "192.0.2.1", "for=192.0.2.2", Forwarded, 2, STRANGER),
        // One proxy: what it wrote stands last; the other header is the caller's own.
        (
            PEER,
            "192.0.2.1, 198.51.100.7",
            "for=192.0.2.2",
            XForwardedFor,
            1,
            "198.51.100.7",
        ),
        (
            PEER,
            "192.0.2.1",
            "for=192.0.2.2, for=198.51.100.7",
            Forwarded,
            1,
            "198.51.100.7",
        ),
        (PEER, "", "for=192.0.2.2", XForwardedFor, 1, PEER),
        (PEER, "192.0.2.1", "", Forwarded, 1, PEER),
        (PEER, "", "", XForwardedFor, 1, PEER),
        // Two proxies, the outer one of a network that nobody knows.
        (
            PEER,
            "192.0.2.1, 198.51.100.7, 192.0.2.200",
            "",
            XForwardedFor,
            2,
            "198.51.100.7",
        ),
        (PEER, "192.0.2.200", "", XForwardedFor, 2, "192.0.2.200"),
        // Trusted networks are skipped beyond the number.
        (
            PEER,
            "192.0.2.1, 198.51.100.7, 10.0.0.2, 10.0.0.3",
            "",
            XForwardedFor,
            1,
            "198.51.100.7",
        ),
        (PEER, "10.0.0.2", "", XForwardedFor, 1, "10.0.0.2"),
        // A hop without an address ends the chain.
        (PEER, "192.0.2.1, unknown", "", XForwardedFor, 1, PEER),
        (PEER, "", "for=192.0.2.1, for=_hidden", Forwarded, 1, PEER),
        // Ports, brackets, quotation marks, mapped addresses.
        (PEER, "198.51.100.7:4711", "", XForwardedFor, 1, "198.51.100.7"),
        (
            PEER,
            "",
            "for=\"[2001:db8::1]:4711\";proto=https",
            Forwarded,
            1,
            "2001:db8::1",
        ),
        ("fd00::1", "::ffff:198.51.100.7", "", XForwardedFor, 1, "198.51.100.7"),
        // A quotation mark that does not end reaches no further than its own element.
        (
            PEER,
            "",
            "for=\"192.0.2.1, for=198.51.100.7",
            Forwarded,
            1,
            "198.51.100.7",
        ),
    ];
    for (peer, x_forwarded_for, forwarded, header, hops, expected) in table {
        let found = seen(peer, x_forwarded_for, forwarded, &proxies(header, hops));
        assert_eq!(
            found, expected,
            "{peer} {x_forwarded_for:?} {forwarded:?} {header:?} {hops}"
        );
    }
}

#[test]
fn without_proxies_nothing_is_believed() {
    assert_eq!(seen(PEER, "192.0.2.1", "for=192.0.2.2", &Proxies::default()), PEER);
}

proptest! {
    #[test]
    fn the_other_header_is_never_read(named in "[ -~]{0,40}", other in "[!-~]{1,40}", hops in 1usize..4) {
        let by_x = proxies(ProxyHeader::XForwardedFor, hops);
        prop_assert_eq!(seen(PEER, &named, &other, &by_x), seen(PEER, &named, "", &by_x));
        let by_forwarded = proxies(ProxyHeader::Forwarded, hops);
        prop_assert_eq!(seen(PEER, &other, &named, &by_forwarded), seen(PEER, "", &named, &by_forwarded));
    }

    #[test]
    fn what_a_caller_adds_in_front_changes_nothing(forged in "[0-9., ]{0,40}") {
        let one = proxies(ProxyHeader::XForwardedFor, 1);
        prop_assert_eq!(seen(PEER, &format!("{forged},198.51.100.7"), "", &one), "198.51.100.7");
    }
}

#[test]
fn limits_are_kept_per_network() {
    let network = |text: &str| ClientAddress(text.parse().unwrap()).network().to_string();
    assert_eq!(network("198.51.100.7"), "198.51.100.7");
    assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    assert_eq!(network("::ffff:198.51.100.7"), "198.51.100.7");
}
