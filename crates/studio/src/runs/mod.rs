//! Runs that a window starts: one task each, answered, looked at and cancelled by its id.

mod host;
mod reveal;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use latchwork_engine::{Fault, FormRequest, RunInput, Unanswered, check_answers};
use latchwork_model::{Connector, ErrorCode, read_connector};
use serde_json::{Map, Value};
use tokio::sync::{Notify, oneshot};
use uuid::Uuid;

use crate::calling::{AuthPolicy, CallTarget};
use crate::error::StudioError;
use crate::library::document_hash;
use crate::sessions::DEFAULT_ACCOUNT;
use crate::studio::Studio;
use crate::wire::{AppError, RunStart, RunUpdate, RunWhat};
use host::WindowHost;

/// How many runs' unmasked outputs stay in memory for a person's click.
const KEPT_RUNS: usize = 8;

/// Answers by step and key.
pub(crate) type Answers = HashMap<String, Map<String, Value>>;

/// The runs of a studio.
#[derive(Default)]
pub(crate) struct Runs {
    live: Mutex<VecDeque<Arc<LiveRun>>>,
    /// What was answered before, by connector: offered again when a run is tried once more.
    answers: Mutex<HashMap<String, Answers>>,
}

/// One run, while it goes on and a while after.
pub(crate) struct LiveRun {
    pub id: String,
    pub connector_id: String,
    cancelled: Notify,
    form: Mutex<Option<PendingForm>>,
    outputs: Mutex<HashMap<String, Map<String, Value>>>,
    updates: Mutex<Vec<RunUpdate>>,
    remembered: Answers,
}

/// A form that waits for its answer.
struct PendingForm {
    request: FormRequest,
    reply: oneshot::Sender<Result<Map<String, Value>, Unanswered>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Runs {
    fn get(&self, run: &str) -> Result<Arc<LiveRun>, StudioError> {
        lock(&self.live)
            .iter()
            .find(|live| live.id == run)
            .cloned()
            .ok_or(StudioError::RunUnknown)
    }

    fn add(&self, run: Arc<LiveRun>) {
        let mut live = lock(&self.live);
        live.push_back(run);
        while live.len() > KEPT_RUNS {
            live.pop_front();
        }
    }

    fn remember(&self, connector_id: &str, step: &str, answers: Map<String, Value>) {
        lock(&self.answers)
            .entry(connector_id.to_owned())
            .or_default()
            .insert(step.to_owned(), answers);
    }

    /// Forgets what was answered and shown for a connector.
    pub(crate) fn forget(&self, connector_id: &str) {
        lock(&self.answers).remove(connector_id);
        lock(&self.live)
            .iter()
            .filter(|run| run.connector_id == connector_id)
            .for_each(|run| run.cancelled.notify_one());
    }
}

impl Studio {
    /// Starts a run of a document as it stands in the editor. `sink` hears what happens, and says false once
    /// nobody listens; the run is cancelled then. Gives the run's id.
    pub async fn run_start(
        self: &Arc<Self>,
        request: RunStart,
        sink: impl Fn(RunUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<String, StudioError> {
        let connector = read_connector(&request.document)?;
        let target = match &request.what {
            RunWhat::Endpoint {
                endpoint_id,
                inputs,
            } => {
                let inputs = inputs
                    .iter()
                    .map(|(name, text)| (name.clone(), Value::String(text.clone())))
                    .collect();
                Some(CallTarget::Endpoint {
                    id: endpoint_id.clone(),
                    inputs,
                })
            }
            RunWhat::TestRequest => Some(CallTarget::Test),
            RunWhat::AuthSteps => None,
        };
        let variables = self
            .variables(&request.connector_id, &connector, Map::new())
            .await?;
        let remembered = if request.keep_answers {
            lock(&self.runs().answers)
                .get(&request.connector_id)
                .cloned()
                .unwrap_or_default()
        } else {
            Answers::new()
        };
        let run = Arc::new(LiveRun {
            id: Uuid::new_v4().to_string(),
            connector_id: request.connector_id.clone(),
            cancelled: Notify::new(),
            form: Mutex::default(),
            outputs: Mutex::default(),
            updates: Mutex::default(),
            remembered,
        });
        self.runs().add(Arc::clone(&run));
        let id = run.id.clone();
        let studio = Arc::clone(self);
        let input = RunInput {
            variables,
            account: Some(DEFAULT_ACCOUNT.to_owned()),
            ..RunInput::default()
        };
        tokio::spawn(async move {
            studio
                .drive(run, connector, request, target, input, Arc::new(sink))
                .await;
        });
        Ok(id)
    }

    /// Runs to the end or to the cancel, whichever is first, and keeps the history.
    async fn drive(
        &self,
        run: Arc<LiveRun>,
        connector: Connector,
        request: RunStart,
        target: Option<CallTarget>,
        input: RunInput,
        sink: Arc<dyn Fn(RunUpdate) -> bool + Send + Sync>,
    ) {
        let host = WindowHost::new(Arc::clone(&run), sink);
        let started = Instant::now();
        let started_at = self.engine().now();
        host.send(RunUpdate::RunStarted {
            run: run.id.clone(),
            what: request.what.clone(),
            started_at,
        });
        let work = async {
            match target {
                None => {
                    self.run_auth_steps(&request.connector_id, &connector, input, &host)
                        .await
                }
                Some(target) => self
                    .call(
                        &request.connector_id,
                        &connector,
                        DEFAULT_ACCOUNT,
                        input,
                        &target,
                        AuthPolicy::CachedFirst,
                        &host,
                    )
                    .await
                    .map(drop),
            }
        };
        let result = tokio::select! {
            result = work => result.map_err(|error| error.fault()),
            () = run.cancelled.notified() => Err(cancelled()),
        };
        // A form that still waits has nobody to wait for.
        lock(&run.form).take();
        let ok = result.is_ok();
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let finished = RunUpdate::RunFinished {
            ok,
            duration_ms,
            error: result.as_ref().err().cloned().map(AppError::from),
        };
        let was_cancelled = matches!(&result, Err(fault) if fault.code == ErrorCode::RunCancelled);
        if matches!(request.what, RunWhat::AuthSteps) && !was_cancelled {
            let hash = document_hash(&request.document);
            crate::studio::note(
                self.store()
                    .connectors()
                    .set_tested(&request.connector_id, &hash, ok)
                    .await
                    .map_err(Into::into),
            );
        }
        let mut updates = lock(&run.updates).clone();
        updates.push(finished.clone());
        self.keep_history(
            &run.id,
            &request.connector_id,
            &request.what,
            started_at,
            duration_ms,
            ok,
            &updates,
        )
        .await;
        // The last word comes when all is stored: a window that asks then finds it.
        host.send(finished);
    }

    /// The auth flow as it stands, then the test request. What it leaves is cached where all of it worked, so that
    /// an endpoint can be tried at once.
    async fn run_auth_steps(
        &self,
        connector_id: &str,
        connector: &Connector,
        input: RunInput,
        host: &WindowHost,
    ) -> Result<(), StudioError> {
        let generation = self.session_generation(connector_id).await?;
        let mut run = self.engine().run(connector, input, host)?;
        run.auth_flow().await?;
        run.test_request().await?;
        self.keep_session(
            connector_id,
            connector,
            DEFAULT_ACCOUNT,
            run.cached_outputs(),
            generation,
        )
        .await?;
        Ok(())
    }

    /// Answers a form. An answer that is not accepted is an error with its field, and the form goes on waiting.
    pub fn run_answer(
        &self,
        run: &str,
        step: &str,
        values: &BTreeMap<String, String>,
    ) -> Result<(), StudioError> {
        let live = self.runs().get(run)?;
        let mut form = lock(&live.form);
        let Some(pending) = form.as_ref().filter(|pending| pending.request.step == step) else {
            return Err(StudioError::RunUnknown);
        };
        let kept = live.remembered.get(step);
        let mut answers = Map::new();
        for field in &pending.request.fields {
            let typed = values.get(&field.key).filter(|typed| !typed.is_empty());
            let value = match (typed, kept.and_then(|kept| kept.get(&field.key))) {
                (Some(typed), _) => Value::String(typed.clone()),
                // A secret that is kept need not be typed again; it never went to the window.
                (None, Some(kept)) if field.is_secret() && !field.one_time => kept.clone(),
                // An emptied field is empty, not its default.
                (None, _) => Value::String(String::new()),
            };
            answers.insert(field.key.clone(), value);
        }
        check_answers(&pending.request.fields, &answers).map_err(|refused| {
            StudioError::Answer {
                code: refused.code,
                step: step.to_owned(),
                field: refused.field,
                message: refused.message,
            }
        })?;
        let to_keep = pending
            .request
            .fields
            .iter()
            .filter(|field| !field.one_time);
        let to_keep = to_keep
            .filter_map(|field| Some((field.key.clone(), answers.get(&field.key)?.clone())))
            .collect();
        self.runs().remember(&live.connector_id, step, to_keep);
        if let Some(pending) = form.take() {
            // A run that has ended meanwhile has no use for the answer.
            let _ = pending.reply.send(Ok(answers));
        }
        Ok(())
    }

    /// Closes a form without an answer: the step fails.
    pub fn run_decline(&self, run: &str, step: &str) -> Result<(), StudioError> {
        let live = self.runs().get(run)?;
        let mut form = lock(&live.form);
        if form
            .as_ref()
            .is_some_and(|pending| pending.request.step == step)
            && let Some(pending) = form.take()
        {
            let _ = pending.reply.send(Err(Unanswered::Declined));
        }
        Ok(())
    }

    /// Cancels a run; nothing happens where it is over.
    pub fn run_cancel(&self, run: &str) {
        if let Ok(live) = self.runs().get(run) {
            live.cancelled.notify_one();
        }
    }

    /// Shows one masked value of a run, on a person's click: `login.body.token`.
    pub fn run_reveal(&self, run: &str, pointer: &str) -> Result<String, StudioError> {
        let live = self.runs().get(run)?;
        let outputs = lock(&live.outputs);
        reveal::value_at(&outputs, pointer).ok_or(StudioError::RunUnknown)
    }
}

fn cancelled() -> Fault {
    Fault {
        code: ErrorCode::RunCancelled,
        message: "The run was cancelled.".to_owned(),
        hint: Some(ErrorCode::RunCancelled.remedy().to_owned()),
        step: None,
        field: None,
        retryable: true,
    }
}
