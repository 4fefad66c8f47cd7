//! What no setting can bring into the log.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{EnvFilter, fmt};

use super::caps;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn no_setting_lets_the_ai_library_write_an_answer_down() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::registry()
        .with(caps())
        .with(EnvFilter::new("trace,async_openai=trace"))
        .with(fmt::layer().with_writer(move || writer.clone()));
    tracing::subscriber::with_default(subscriber, || {
        tracing::error!(target: "async_openai::error", "failed deserialization of: zq7canary");
        tracing::error!(target: "engine::ai", "told by us");
    });
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("told by us"));
    assert!(!log.contains("zq7canary"), "{log}");
}
