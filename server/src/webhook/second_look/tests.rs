use super::*;

#[test]
fn a_network_that_fails_often_has_to_wait() {
    let (look, network, now) = (SecondLook::default(), IpAddr::from([192, 0, 2, 1]), Instant::now());
    for _ in 0..FAILURES {
        assert!(look.may_try(network, now));
        look.count_failure(network, now);
    }
    assert!(!look.may_try(network, now));
    assert!(look.may_try(IpAddr::from([192, 0, 2, 2]), now));
    assert!(look.may_try(network, now + MEMORY));
}

#[test]
fn memory_has_an_end() {
    let look = SecondLook::default();
    for number in 0..=u32::try_from(NETWORKS).unwrap() {
        look.count_failure(IpAddr::from(number.to_be_bytes()), Instant::now());
    }
    assert!(look.failures.lock().unwrap().len() <= NETWORKS);
}
