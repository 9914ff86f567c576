//! One run while it goes on and a while after: who hears of it, what it waits for, what it left.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use latchwork_engine::{BrowserRequest, Fault, FormRequest, Unanswered};
use serde_json::{Map, Value};
use tokio::sync::{Notify, oneshot};
use uuid::Uuid;

use super::{Answers, lock};
use crate::wire::RunUpdate;

/// Where a run's updates go; false once nobody listens.
pub(crate) type Sink = Arc<dyn Fn(RunUpdate) -> bool + Send + Sync>;

/// One run, while it goes on and a while after.
pub(crate) struct LiveRun {
    pub id: String,
    pub connector_id: String,
    /// What two clicks have in common: a run that is asked for again while it goes on is not started twice (F21).
    pub(super) sameness: Option<String>,
    pub(super) cancelled: Notify,
    /// Why it was stopped, where no person cancelled it.
    pub(super) stopped: Mutex<Option<Fault>>,
    pub(super) form: Mutex<Option<PendingForm>>,
    pub(super) browser: Mutex<Option<BrowserRequest>>,
    pub(super) outputs: Mutex<HashMap<String, Map<String, Value>>>,
    pub(super) remembered: Answers,
    told: Mutex<Told>,
}

/// A form that waits for its answer.
pub(super) struct PendingForm {
    pub request: FormRequest,
    pub reply: oneshot::Sender<Result<Map<String, Value>, Unanswered>>,
}

/// What was told so far, and to whom.
#[derive(Default)]
struct Told {
    updates: Vec<RunUpdate>,
    listeners: Vec<Sink>,
    over: bool,
}

impl LiveRun {
    pub(crate) fn new(
        connector_id: &str,
        sameness: Option<String>,
        remembered: Answers,
        sink: Sink,
    ) -> Self {
        Self {
            id: Uuid::new_v4().to_string(),
            connector_id: connector_id.to_owned(),
            sameness,
            cancelled: Notify::new(),
            stopped: Mutex::default(),
            form: Mutex::default(),
            browser: Mutex::default(),
            outputs: Mutex::default(),
            remembered,
            told: Mutex::new(Told {
                listeners: vec![sink],
                ..Told::default()
            }),
        }
    }

    /// Tells everyone who listens, and keeps it for the history. A run that nobody hears any more is cancelled.
    pub(crate) fn tell(&self, update: RunUpdate) {
        let mut told = lock(&self.told);
        told.over |= matches!(update, RunUpdate::RunFinished { .. });
        told.listeners.retain(|listener| listener(update.clone()));
        told.updates.push(update);
        if told.listeners.is_empty() {
            self.cancelled.notify_one();
        }
    }

    /// Lets one more listen, from the beginning; not where the run is over.
    pub(super) fn join(&self, sink: &Sink) -> bool {
        let mut told = lock(&self.told);
        if told.over {
            return false;
        }
        if told.updates.iter().all(|update| sink(update.clone())) {
            told.listeners.push(Arc::clone(sink));
        }
        true
    }

    /// What was told so far.
    pub(super) fn updates(&self) -> Vec<RunUpdate> {
        lock(&self.told).updates.clone()
    }

    /// Whether its last word was told.
    pub(super) fn is_over(&self) -> bool {
        lock(&self.told).over
    }

    /// Stops it for a reason that is no person's.
    pub(super) fn stop(&self, fault: Fault) {
        *lock(&self.stopped) = Some(fault);
        self.cancelled.notify_one();
    }

    /// Whether it waits for the browser at this step.
    pub(super) fn waits_for_browser_at(&self, step: &str) -> bool {
        lock(&self.browser)
            .as_ref()
            .is_some_and(|request| request.step == step)
    }
}
