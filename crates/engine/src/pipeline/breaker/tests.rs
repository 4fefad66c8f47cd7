//! When the breaker opens, whom it lets through, and what closes it.

use uuid::Uuid;

use super::*;

const NOON: Timestamp = Timestamp::from_millis(1_795_348_800_000);
const SECOND: Duration = Duration::from_secs(1);

fn refused(code: i64) -> Refusal {
    Refusal {
        class: RefusalClass::BadRequest,
        code,
        subcode: 0,
    }
}

fn account(number: u128) -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(number))
}

fn opens(breaker: &DeploymentBreaker, number: u128, at: Timestamp) -> bool {
    matches!(
        breaker.names_nothing(refused(100), account(number), at),
        Unspecific::OfTheDeployment(_)
    )
}

#[test]
fn while_it_is_open_one_reply_in_half_a_minute_asks() {
    let breaker = DeploymentBreaker::default();
    assert_eq!(breaker.waits_until(true, NOON), None);
    let due = breaker.deployment_refused(refused(100), NOON);
    let mut asked = 0;
    for second in 0..300 {
        asked += usize::from(breaker.waits_until(true, NOON + SECOND * second).is_none());
    }
    assert_eq!((due, asked), (NOON + PROBE_EVERY, 9));
    assert!(breaker.accepted() && !breaker.accepted());
    assert!(breaker.owes(), "until they are due");
    breaker.made_due();
    assert!(!breaker.owes());
    assert_eq!(breaker.waits_until(true, NOON), None);
}

#[test]
fn refusals_of_one_account_or_with_a_success_between_are_no_series() {
    let breaker = DeploymentBreaker::default();
    assert!((0..20).all(|_| !opens(&breaker, 1, NOON)));
    assert!(!opens(&breaker, 2, NOON));
    breaker.accepted();
    assert!(!opens(&breaker, 3, NOON));
    assert!(!opens(&breaker, 4, NOON + SERIES));
    assert!(!opens(&breaker, 5, NOON + SERIES));
    assert!(opens(&breaker, 6, NOON + SERIES));
    assert!(opens(&breaker, 6, NOON + SERIES), "and so is the next one that asks");
}

#[test]
fn when_meta_takes_the_secret_again_the_next_refusal_is_the_replys_own() {
    let breaker = DeploymentBreaker::default();
    breaker.deployment_refused(refused(100), NOON);
    assert!(!opens(&breaker, 1, NOON));
}

#[test]
fn a_read_that_meta_answers_proves_the_secret_and_not_that_it_sends() {
    let breaker = DeploymentBreaker::default();
    assert!(!breaker.secret_accepted() && !breaker.owes());
    breaker.deployment_refused(refused(100), NOON);
    assert!(breaker.secret_accepted() && breaker.owes() && !breaker.is_open());
    breaker.made_due();
    let opened = (1..=3).map(|number| opens(&breaker, number, NOON)).collect::<Vec<_>>();
    assert_eq!(opened, [false, false, true]);
    assert!(!breaker.secret_accepted() && breaker.is_open());
    breaker.deployment_refused(refused(190), NOON);
    assert!(!breaker.secret_accepted() && breaker.is_open(), "the series goes on");
}
