//! Signed webhook deliveries with one text DM each, ready to be written to a socket.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::deployment::APP_SECRET;

/// Makes deliveries for one account; every one has a message id and a customer of its own.
#[derive(Debug, Clone)]
pub struct Deliveries {
    ig_id: String,
    text: &'static str,
    next: u64,
}

/// What a customer asks unless told otherwise.
const QUESTION: &str = "Hello! I saw your story, what is the price of the blue one?";

impl Deliveries {
    pub fn to(ig_id: &str) -> Self {
        Self {
            ig_id: ig_id.to_owned(),
            text: QUESTION,
            next: 0,
        }
    }

    /// What the customers of the next deliveries write.
    pub fn ask(&mut self, text: &'static str) {
        self.text = text;
    }

    /// The whole HTTP requests of the next `count` deliveries to `address`.
    pub fn requests(&mut self, address: SocketAddr, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|_| self.request(address)).collect()
    }

    /// The customer of delivery `number`, counted from 0 since the start.
    pub fn customer(number: u64) -> String {
        format!("{}", 17_000_000_000_000_000 + number)
    }

    /// How many were made so far.
    pub fn made(&self) -> u64 {
        self.next
    }

    fn request(&mut self, address: SocketAddr) -> Vec<u8> {
        let (number, ig_id, text, now) = (self.next, &self.ig_id, self.text, now_ms());
        self.next += 1;
        let customer = Self::customer(number);
        let body = format!(
            "{{\"object\":\"instagram\",\"entry\":[{{\"id\":\"{ig_id}\",\"time\":{now},\"messaging\":[{{\"sender\":{{\"id\":\"{customer}\"}},\
             \"recipient\":{{\"id\":\"{ig_id}\"}},\"timestamp\":{now},\"message\":{{\"mid\":\"aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE{number:020}\",\
             \"text\":\"{text}\"}}}}]}}]}}"
        );
        let signature = sandbox::sign(APP_SECRET, body.as_bytes());
        let length = body.len();
        format!(
            "POST /webhook/instagram HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             x-hub-signature-256: {signature}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

#[expect(clippy::disallowed_methods, reason = "messages carry the time of day, as Meta's do")]
fn now_ms() -> u128 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_millis()
}
