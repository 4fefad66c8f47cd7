use super::*;

fn seen(peer: &str, name: &'static str, value: &str) -> String {
    let mut headers = HeaderMap::new();
    headers.insert(name, value.parse().unwrap());
    let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
    client(peer.parse().unwrap(), &headers, &trusted).to_string()
}

#[test]
fn a_stranger_cannot_choose_an_address() {
    assert_eq!(seen("203.0.113.9", "x-forwarded-for", "192.0.2.1"), "203.0.113.9");
}

#[test]
fn behind_our_proxies_the_nearest_stranger_counts() {
    assert_eq!(
        seen("10.0.0.1", "x-forwarded-for", "192.0.2.1, 198.51.100.7, 10.0.0.2"),
        "198.51.100.7"
    );
    assert_eq!(
        seen(
            "10.0.0.1",
            "forwarded",
            "for=192.0.2.1, for=\"[2001:db8::1]:4711\";proto=https"
        ),
        "2001:db8::1"
    );
}

#[test]
fn a_hop_without_an_address_ends_the_chain() {
    assert_eq!(seen("10.0.0.1", "forwarded", "for=192.0.2.1, for=_hidden"), "10.0.0.1");
}

#[test]
fn limits_are_kept_per_network() {
    let network = |text: &str| ClientAddress(text.parse().unwrap()).network().to_string();
    assert_eq!(network("198.51.100.7"), "198.51.100.7");
    assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    assert_eq!(network("::ffff:198.51.100.7"), "198.51.100.7");
}
