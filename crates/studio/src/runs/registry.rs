//! The runs of a studio: begun once however often it is clicked, found by their id, kept a while.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use latchwork_engine::{BrowserRequest, LeftBehind};
use serde_json::{Map, Value};

use super::live::{LiveRun, Sink};
use super::{Answers, lock};
use crate::error::StudioError;

/// How many runs' unmasked outputs stay in memory for a person's click.
const KEPT_RUNS: usize = 8;

/// The runs of a studio.
#[derive(Default)]
pub(crate) struct Runs {
    live: Mutex<VecDeque<Arc<LiveRun>>>,
    /// What was answered before, by connector: offered again when a run is tried once more.
    answers: Mutex<HashMap<String, Answers>>,
    /// What the steps of the last test left, by connector: a part of the flow goes on from it.
    left: Mutex<HashMap<String, Left>>,
}

/// What the steps of a test left, and for whom.
#[derive(Clone)]
struct Left {
    account_id: String,
    /// The generation of the session that they belong to: whatever is cleared, wherever, ends them too.
    generation: i64,
    steps: LeftBehind,
}

/// What asking for a run came to.
pub(crate) enum Begun {
    /// It begins.
    New(Arc<LiveRun>),
    /// The same goes on already; whoever asked listens to it now.
    Joined(String),
}

impl Runs {
    pub(super) fn get(&self, run: &str) -> Result<Arc<LiveRun>, StudioError> {
        lock(&self.live)
            .iter()
            .find(|live| live.id == run)
            .cloned()
            .ok_or(StudioError::RunUnknown)
    }

    /// Begins a run, or joins the same one that goes on (SAFETY F21). One that is over makes room.
    pub(crate) fn begin(&self, run: LiveRun, sink: &Sink) -> Begun {
        let mut live = lock(&self.live);
        let same = live.iter().find(|other| {
            run.sameness.is_some()
                && other.sameness == run.sameness
                && other.connector_id == run.connector_id
                && other.join(sink)
        });
        if let Some(same) = same {
            return Begun::Joined(same.id.clone());
        }
        let run = Arc::new(run);
        live.push_back(Arc::clone(&run));
        let mut surplus = live.len().saturating_sub(KEPT_RUNS);
        live.retain(|run| {
            let goes = surplus > 0 && run.is_over();
            surplus -= usize::from(goes);
            !goes
        });
        Begun::New(run)
    }

    /// Notes that a run waits for the browser; false where another run waits there for the same step.
    pub(super) fn enter_browser(&self, run: &LiveRun, request: &BrowserRequest) -> bool {
        let live = lock(&self.live);
        let taken = live.iter().any(|other| {
            other.id != run.id
                && other.connector_id == run.connector_id
                && other.waits_for_browser_at(&request.step)
        });
        if !taken {
            *lock(&run.browser) = Some(request.clone());
        }
        !taken
    }

    pub(super) fn remember(&self, connector_id: &str, step: &str, answers: Map<String, Value>) {
        lock(&self.answers)
            .entry(connector_id.to_owned())
            .or_default()
            .insert(step.to_owned(), answers);
    }

    /// What was answered before.
    pub(super) fn remembered(&self, connector_id: &str) -> Answers {
        lock(&self.answers)
            .get(connector_id)
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn keep_left(
        &self,
        connector_id: &str,
        account_id: &str,
        generation: i64,
        steps: LeftBehind,
    ) {
        let left = Left {
            account_id: account_id.to_owned(),
            generation,
            steps,
        };
        lock(&self.left).insert(connector_id.to_owned(), left);
    }

    /// What the steps of the account's last test left.
    pub(super) fn left(&self, connector_id: &str, account_id: &str, generation: i64) -> LeftBehind {
        lock(&self.left)
            .get(connector_id)
            .filter(|left| left.account_id == account_id && left.generation == generation)
            .map(|left| left.steps.clone())
            .unwrap_or_default()
    }

    /// Forgets what was answered, shown and left for a connector.
    pub(crate) fn forget(&self, connector_id: &str) {
        lock(&self.left).remove(connector_id);
        lock(&self.answers).remove(connector_id);
        lock(&self.live)
            .iter()
            .filter(|run| run.connector_id == connector_id)
            .for_each(|run| run.cancelled.notify_one());
    }
}
