//! A window as the engine's host: events go to it masked, forms wait for it.

use std::sync::Arc;

use async_trait::async_trait;
use latchwork_engine::{FormAnswers, FormRequest, Host, RunEvent, Unanswered};
use serde_json::{Map, Value};
use tokio::sync::oneshot;

use super::{LiveRun, PendingForm, lock};
use crate::wire::{FormField, RunUpdate};

/// Where a run's updates go; false once nobody listens.
type Sink = Arc<dyn Fn(RunUpdate) -> bool + Send + Sync>;

/// One run's window.
pub(super) struct WindowHost {
    run: Arc<LiveRun>,
    sink: Sink,
}

impl WindowHost {
    pub(super) fn new(run: Arc<LiveRun>, sink: Sink) -> Self {
        Self { run, sink }
    }

    /// Tells the window, and keeps it for the history.
    pub(super) fn send(&self, update: RunUpdate) {
        lock(&self.run.updates).push(update.clone());
        if !(self.sink)(update) {
            self.run.cancelled.notify_one();
        }
    }
}

#[async_trait]
impl Host for WindowHost {
    fn tell(&self, event: RunEvent) {
        if let Some(update) = RunUpdate::of(event) {
            self.send(update);
        }
    }

    fn keep_outputs(&self, step: &str, outputs: &Map<String, Value>) {
        lock(&self.run.outputs).insert(step.to_owned(), outputs.clone());
    }

    async fn answer_form(&self, form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        let kept = self.run.remembered.get(&form.step);
        let fields = form
            .fields
            .iter()
            .map(|field| {
                FormField::of(
                    field,
                    kept.and_then(|kept| kept.get(&field.key))
                        .filter(|_| !field.one_time),
                )
            })
            .collect();
        let (reply, answer) = oneshot::channel();
        *lock(&self.run.form) = Some(PendingForm {
            request: form.clone(),
            reply,
        });
        self.send(RunUpdate::FormRequested {
            step: form.step.clone(),
            title: form.title.clone(),
            fields,
            error: form.refused.as_ref().map(|refused| refused.message.clone()),
        });
        answer.await.unwrap_or(Err(Unanswered::Declined))
    }
}
