use super::*;

fn connections(connections: usize, per_network: usize, health_reserve: usize) -> Connections {
    Connections::new(ConnectionLimits {
        connections,
        per_network,
        health_reserve,
        ..ConnectionLimits::within(None)
    })
}

fn network(number: u8) -> Option<IpAddr> {
    Some(IpAddr::from([192, 0, 2, number]))
}

#[tokio::test]
async fn the_one_that_waited_longest_gives_way() {
    let all = connections(2, 2, 0);
    let first = all.admit(network(1)).unwrap();
    let second = all.admit(network(2)).unwrap();
    let third = all.admit(network(3)).unwrap();
    assert_eq!((first.state(), all.count()), (None, 2));
    assert!(second.state().is_some() && third.state().is_some());
    first.changed().await;
}

#[tokio::test]
async fn of_the_network_that_has_most() {
    let all = connections(4, 9, 0);
    let kept_by_meta = all.admit(network(1)).unwrap();
    kept_by_meta.enter(Phase::Idle);
    let kept_by_a_proxy = all.admit(None).unwrap();
    let flood: Vec<_> = (0..50).map(|_| all.admit(network(2)).unwrap()).collect();
    assert!(kept_by_meta.state().is_some() && kept_by_a_proxy.state().is_some());
    assert_eq!(flood.iter().filter(|place| place.state().is_some()).count(), 2);
    assert!(flood[48].state().is_some() && flood[49].state().is_some());
}

#[tokio::test]
async fn of_those_who_have_as_many_it_is_the_one_that_waited_longest() {
    let all = connections(2, 2, 0);
    let callers: Vec<_> = (1..=9).map(|number| all.admit(network(number)).unwrap()).collect();
    assert_eq!(callers.iter().filter(|place| place.state().is_some()).count(), 2);
    assert!(callers[7].state().is_some() && callers[8].state().is_some());
}

#[tokio::test]
async fn a_request_that_is_being_answered_never_gives_way() {
    let all = connections(2, 2, 0);
    let busy = all.admit(network(1)).unwrap();
    busy.enter(Phase::Answer);
    let receiving = all.admit(network(1)).unwrap();
    receiving.enter(Phase::Body);
    assert!(all.admit(network(2)).is_none());
    busy.enter(Phase::Idle);
    assert!(all.admit(network(2)).is_some());
    assert_eq!(busy.state(), None);
}

#[tokio::test]
async fn a_network_takes_places_from_itself_alone() {
    let all = connections(100, 3, 0);
    let elsewhere = all.admit(network(2)).unwrap();
    let flood: Vec<_> = (0..50).map(|_| all.admit(network(1)).unwrap()).collect();
    assert_eq!(flood.iter().filter(|place| place.state().is_some()).count(), 3);
    assert!(elsewhere.state().is_some());
    flood[48].enter(Phase::Answer);
    flood[49].enter(Phase::Answer);
    flood[47].enter(Phase::Answer);
    assert!(all.admit(network(1)).is_none());
    // A trusted proxy speaks for many.
    assert!(all.admit(None).is_some());
}

#[tokio::test]
async fn health_checks_have_places_of_their_own() {
    let all = connections(1, 9, 1);
    let busy = all.admit(network(1)).unwrap();
    busy.enter(Phase::Answer);
    let silent = all.admit(network(2)).unwrap();
    let probe = all.admit(network(3)).unwrap();
    assert!(!busy.health_only && silent.health_only && probe.health_only);
    assert_eq!(silent.state(), None);
}

#[tokio::test]
async fn places_are_given_back() {
    let all = connections(9, 9, 0);
    for _ in 0..20 {
        let place = all.admit(network(1)).unwrap();
        place.enter(Phase::Answer);
    }
    let table = all.table();
    assert_eq!((table.rows.len(), table.usual.open, table.networks.len()), (0, 0, 0));
}

#[test]
fn there_is_room_for_other_files() {
    let connections = |files| ConnectionLimits::within(files).connections;
    assert_eq!(connections(None), 4096);
    assert_eq!(connections(Some(65_536)), 4096);
    assert_eq!(connections(Some(1024)), 752);
    assert_eq!(connections(Some(256)), 112);
}
