use std::time::Duration;

use futures::StreamExt;
use tokio::sync::mpsc;

use super::*;

const MIB: usize = 1024 * 1024;

/// A body that a test sends piece by piece.
fn sender() -> (mpsc::UnboundedSender<usize>, Body) {
    let (pieces, received) = mpsc::unbounded_channel::<usize>();
    let stream = futures::stream::unfold(received, async |mut received| {
        let size = received.recv().await?;
        Some((Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; size])), received))
    });
    (pieces, Body::from_stream(stream.boxed()))
}

async fn read(budget: BodyBudget, body: Body) -> Result<ReceivedBody, BodyError> {
    budget.read(&HeaderMap::new(), body, 8 * MIB, |_| {}).await
}

#[tokio::test]
async fn a_body_is_read_seen_in_pieces_and_given_back() {
    let budget = BodyBudget::new(MIB);
    let mut seen = 0;
    let body = Body::from("four");
    let received = budget
        .read(&HeaderMap::new(), body, 4, |piece| seen += piece.len())
        .await;
    let received = received.unwrap();
    assert_eq!((received.bytes.as_ref(), seen), (&b"four"[..], 4));
    assert!((4..64).contains(&budget.held()), "{}", budget.held());
    drop(received);
    assert_eq!(budget.held(), 0);
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_there() {
    let budget = BodyBudget::new(MIB);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_LENGTH, 5.into());
    let pending = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
    assert_eq!(
        budget.read(&headers, pending, 4, |_| {}).await.unwrap_err(),
        BodyError::TooLarge
    );
    let longer = budget.read(&HeaderMap::new(), Body::from("fives"), 4, |_| {}).await;
    assert_eq!(longer.unwrap_err(), BodyError::TooLarge);
    assert_eq!(budget.held(), 0);
}

#[tokio::test]
async fn a_body_that_stands_still_is_given_up() {
    let mut budget = BodyBudget::new(MIB);
    budget.pause = Duration::from_millis(20);
    let (pieces, body) = sender();
    pieces.send(10).unwrap();
    assert_eq!(read(budget.clone(), body).await.unwrap_err(), BodyError::TooSlow);
    assert_eq!(budget.held(), 0);
}

#[tokio::test]
async fn where_there_is_no_room_the_large_and_slow_give_way_to_the_small_and_quick() {
    let budget = BodyBudget::new(4 * MIB);
    let mut floods = Vec::new();
    for _ in 0..4 {
        let (pieces, body) = sender();
        pieces.send(MIB).unwrap();
        floods.push((pieces, tokio::spawn(read(budget.clone(), body))));
    }
    while budget.held() < 4 * MIB {
        tokio::task::yield_now().await;
    }

    let small = budget
        .read(&HeaderMap::new(), Body::from("a delivery"), MIB, |_| {})
        .await;
    assert_eq!(small.unwrap().bytes.as_ref(), b"a delivery");
    assert_eq!(budget.held(), 3 * MIB);
    let (refused, _, others) = futures::future::select_all(floods.into_iter().map(|(pieces, flood)| {
        Box::pin(async move {
            let outcome = flood.await.unwrap();
            drop(pieces);
            outcome
        })
    }))
    .await;
    assert_eq!((refused.unwrap_err(), others.len()), (BodyError::NoRoom, 3));
}

#[tokio::test]
async fn what_gives_way_is_free_before_its_task_runs_again() {
    let budget = BodyBudget::new(MIB);
    let (pieces, body) = sender();
    pieces.send(MIB).unwrap();
    let reading = read(budget.clone(), body);
    let mut reading = std::pin::pin!(reading);
    assert!(futures::poll!(reading.as_mut()).is_pending());
    let small = read(budget.clone(), Body::from("small")).await.unwrap();
    let held: usize = budget.table().rows.values().map(|row| row.blocks.len()).sum();
    assert_eq!(held, 0);
    assert!((small.bytes.len()..64).contains(&budget.held()), "{}", budget.held());
    assert_eq!(reading.await.unwrap_err(), BodyError::NoRoom);
}

#[tokio::test]
async fn a_body_that_is_whole_keeps_its_room() {
    let budget = BodyBudget::new(2 * MIB);
    let whole = read(budget.clone(), Body::from(vec![b'x'; 2 * MIB])).await.unwrap();
    assert_eq!(
        read(budget.clone(), Body::from("more")).await.unwrap_err(),
        BodyError::NoRoom
    );
    drop(whole);
    assert!(read(budget, Body::from("more")).await.is_ok());
}
