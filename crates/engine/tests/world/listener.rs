//! What the process logs and measures while a story listens, at TRACE: our own lines, every span with its fields, and those of every library.
//!
//! A process has one subscriber and one recorder of metrics. Both are set up once, and stories listen one after the other: the
//! search for a word names the word, and nobody else may hear that.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::sync::MutexGuard;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
static LISTENING: AtomicBool = AtomicBool::new(false);
static HEARD: LazyLock<(Lines, PrometheusHandle)> = LazyLock::new(|| {
    let lines = Lines::default();
    let writer = lines.clone();
    // The sandbox plays Meta and knows every word; it is left out by name.
    let ours =
        dynamic_filter_fn(|event, _| LISTENING.load(Ordering::Relaxed) && !event.target().starts_with("sandbox"));
    let layer = fmt::layer()
        .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone());
    tracing_subscriber::registry().with(layer.with_filter(ours)).init();
    (lines, PrometheusBuilder::new().install_recorder().unwrap())
});

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whose turn it is to listen.
pub struct Listener {
    _turn: MutexGuard<'static, ()>,
}

impl Listener {
    /// Waits for its turn and forgets what others heard; hears nothing before [`Self::listen`].
    pub async fn new() -> Self {
        let turn = TURN.lock().await;
        HEARD.0.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Self { _turn: turn }
    }

    pub fn listen(&self, on: bool) {
        LISTENING.store(on, Ordering::SeqCst);
    }

    pub fn log(&self) -> String {
        let lines = HEARD.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&lines).into_owned()
    }

    pub fn metrics(&self) -> String {
        HEARD.1.render()
    }

    /// The first lines of the log and of the metrics in which the word stands.
    pub fn lines_with(&self, word: &str) -> Vec<String> {
        let all = self.log() + &self.metrics();
        let found = all.lines().filter(|line| line.contains(word)).take(3);
        found.map(str::to_owned).collect()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.listen(false);
    }
}
