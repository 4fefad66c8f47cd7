//! What Meta delivers: customers' messages, and payloads that the sandbox has no name for.

use engine::inbox::Received;
use sandbox::{CustomerEvent, Dm, DmKind, Event, EventRequest, SeededPage};
use serde_json::{Value, json};

use super::{CUSTOMER, World, seconds};

impl World {
    /// A customer writes; the webhook waits until [`Self::deliver`].
    pub fn customer_writes(&self, text: &str) -> String {
        self.customer_writes_as(CUSTOMER, text)
    }

    pub fn customer_writes_as(&self, customer: &str, text: &str) -> String {
        self.meta().dm(Dm::text(&self.username, customer, text)).unwrap()
    }

    pub fn customer_sends(&self, kind: DmKind, text: &str) -> String {
        self.meta()
            .dm(Dm::text(&self.username, CUSTOMER, text).kind(kind))
            .unwrap()
    }

    /// A customer writes, and everything that is due is worked on.
    pub async fn customer_asks(&self, text: &str) -> String {
        let mid = self.customer_writes(text);
        self.deliver().await;
        self.work().await;
        mid
    }

    /// A person of the business reads, types and answers in the Instagram app.
    pub fn person_replies(&self, text: &str) -> String {
        self.pass(seconds(4));
        self.meta().human_reply(&self.username, CUSTOMER, text).unwrap()
    }

    pub fn event(&self, event: CustomerEvent) {
        let request = EventRequest {
            account: self.username.clone(),
            customer: CUSTOMER.into(),
            event,
            mid: None,
            text: Some("edited".into()),
        };
        self.meta().event(&request).unwrap();
    }

    /// The Instagram account's id.
    pub fn ig_id(&self) -> String {
        self.page().ig_id.unwrap()
    }

    pub fn page_id(&self) -> String {
        self.page().page_id
    }

    /// The Facebook Page of the story's account.
    fn page(&self) -> SeededPage {
        let named = |page: &SeededPage| page.username.as_deref() == Some(&self.username);
        self.meta().pages().into_iter().find(named).unwrap()
    }

    pub fn customer_id(&self) -> String {
        self.meta().igsid(&self.username, CUSTOMER).unwrap()
    }

    /// One element of `messaging[]` from the customer, as Meta writes it.
    pub fn element(&self, field: &str, body: Value) -> Value {
        json!({
            "sender": { "id": self.customer_id() },
            "recipient": { "id": self.ig_id() },
            "timestamp": self.now().as_millis(),
            field: body,
        })
    }

    /// A delivery with these elements of `messaging[]`.
    pub fn delivery(&self, elements: &[Value]) -> Vec<u8> {
        let event = |value: &Value| Event::new(&self.ig_id(), "raw", None, value.clone());
        self.meta().body(&elements.iter().map(event).collect::<Vec<_>>())
    }

    /// Meta's waiting webhooks reach the inbox.
    pub async fn deliver(&self) {
        for body in self.webhooks().await {
            self.receive(&body).await;
        }
    }

    /// The bodies of Meta's waiting webhooks, for stories that repeat, reorder or lose them.
    pub async fn webhooks(&self) -> Vec<Vec<u8>> {
        assert!(self.meta().settled(seconds(10)).await, "the sandbox did not settle");
        self.meta()
            .take_requests()
            .into_iter()
            .map(|request| request.body)
            .collect()
    }

    pub async fn receive(&self, body: &[u8]) -> Received {
        self.engine.inbox().receive(body).await.unwrap()
    }

    pub async fn receive_json(&self, body: &Value) -> Received {
        self.receive(body.to_string().as_bytes()).await
    }
}
