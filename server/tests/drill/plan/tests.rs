use std::collections::HashSet;

use super::*;

const SIZE: Size = Size { kills: 0, dms: 2000 };

#[test]
fn a_burst_makes_more_than_64_conversations_due() {
    for seed in 0..20 {
        let plan = Plan::draw_with_bursts(seed, SIZE, 4);
        // The last one may be cut off.
        let bursts: Vec<&Wave> = plan.waves[..plan.waves.len() - 1]
            .iter()
            .filter(|wave| wave.burst)
            .collect();
        assert!(bursts.len() > 5);
        for burst in bursts {
            let conversations: HashSet<&str> = burst.dms.iter().map(|dm| dm.customer.as_str()).collect();
            assert!(conversations.len() > 64, "seed {seed}: {}", conversations.len());
        }
    }
}

#[test]
fn three_in_ten_are_delivered_twice_or_out_of_order() {
    for seed in 0..20 {
        let plans = [Plan::draw(seed, SIZE, 2), Plan::draw_with_bursts(seed, SIZE, 4)];
        for plan in plans {
            assert_eq!(plan.waves.iter().map(|wave| wave.dms.len()).sum::<usize>(), SIZE.dms);
            assert!((plan.duplicated() + plan.reordered()) * 10 >= SIZE.dms * 3);
        }
    }
}

#[test]
fn one_shop_alone_runs_out_of_credits() {
    let plan = Plan::draw_with_bursts(1, SIZE, 4);
    let poor: Vec<bool> = (0..4).map(|shop| plan.grants()[shop] < plan.dms_of(shop)).collect();
    assert_eq!(poor, [false, false, false, true]);
}
