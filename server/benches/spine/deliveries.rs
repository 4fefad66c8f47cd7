//! Signed webhook deliveries with one text DM each, ready to be written to a socket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::deployment::{APP_SECRET, Shop};

/// What a customer asks unless told otherwise.
const QUESTION: &str = "Hello! I saw your story, what is the price of the blue one?";
/// Customers of one account; those of two accounts never have the same id.
const CUSTOMERS: u64 = 1_000_000_000;

/// Makes deliveries for one account; every one has a message id and a customer of its own. Clones count together.
#[derive(Debug, Clone)]
pub struct Deliveries {
    ig_id: String,
    text: &'static str,
    first: u64,
    made: Arc<AtomicU64>,
}

/// A delivery as a whole HTTP request, and who wrote the DM.
pub struct Delivery {
    pub request: Vec<u8>,
    pub customer: String,
}

impl Deliveries {
    /// For each shop one, in their order.
    pub fn to_all(shops: &[Shop]) -> Vec<Self> {
        let to = |(number, shop): (usize, &Shop)| Self {
            ig_id: shop.page.ig_id.clone().expect("shops have Instagram"),
            text: QUESTION,
            first: number as u64 * CUSTOMERS,
            made: Arc::default(),
        };
        shops.iter().enumerate().map(to).collect()
    }

    /// For the first shop.
    pub fn to_first(shops: &[Shop]) -> Self {
        Self::to_all(&shops[..1]).remove(0)
    }

    /// What the customers of the next deliveries write.
    pub fn ask(&mut self, text: &'static str) {
        self.text = text;
    }

    pub fn several(&self, address: SocketAddr, count: usize) -> Vec<Delivery> {
        (0..count).map(|_| self.next(address)).collect()
    }

    /// The requests of [`Self::several`].
    pub fn requests(&self, address: SocketAddr, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|_| self.next(address).request).collect()
    }

    pub fn next(&self, address: SocketAddr) -> Delivery {
        let number = self.first + self.made.fetch_add(1, Ordering::Relaxed);
        let (ig_id, text, now) = (&self.ig_id, self.text, now_ms());
        let customer = format!("{}", 17_000_000_000_000_000 + number);
        let body = format!(
            "{{\"object\":\"instagram\",\"entry\":[{{\"id\":\"{ig_id}\",\"time\":{now},\"messaging\":[{{\"sender\":{{\"id\":\"{customer}\"}},\
             \"recipient\":{{\"id\":\"{ig_id}\"}},\"timestamp\":{now},\"message\":{{\"mid\":\"aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE{number:020}\",\
             \"text\":\"{text}\"}}}}]}}]}}"
        );
        let signature = sandbox::sign(APP_SECRET, body.as_bytes());
        let length = body.len();
        let request = format!(
            "POST /webhook/instagram HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             x-hub-signature-256: {signature}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        Delivery {
            request: request.into_bytes(),
            customer,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "messages carry the time of day, as Meta's do")]
pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_millis()
        .try_into()
        .expect("this age")
}
