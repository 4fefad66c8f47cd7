//! What the job of a reply does.

use super::error::WorkError;
use super::worker::Pipeline;
use crate::jobs::{Job, SendReply};

impl Job for SendReply {
    const QUEUE: &'static str = "replies";
    type Context = Pipeline;

    /// `reply:{32 hex digits}:{job_no}`; the query for stranded replies writes it too.
    fn key(&self) -> String {
        format!("reply:{}:{}", self.reply.as_uuid().simple(), self.job_no)
    }

    async fn run(&self, pipeline: &Pipeline) {
        self.log(pipeline.work(self.reply).await);
    }

    async fn panicked(&self, pipeline: &Pipeline) {
        self.log(pipeline.panicked(self.reply).await);
    }
}

impl SendReply {
    fn log(&self, result: Result<(), WorkError>) {
        if let Err(error) = result {
            let error = &error as &dyn std::error::Error;
            tracing::error!(reply.id = %self.reply, error, "work on a reply stopped; the sweeper comes back to it");
        }
    }
}
