//! Runs that a window starts: one task each, answered, looked at and cancelled by its id.

mod browser;
mod drive;
mod host;
mod live;
mod registry;
mod reveal;
mod token;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use latchwork_engine::{MASK, RunInput, SentRequest, Unanswered, check_answers};
use latchwork_exchange::{Sent, sent_to_curl};
use latchwork_model::{Connector, read_connector};
use serde_json::{Map, Value};

use crate::calling::CallTarget;
use crate::error::StudioError;
use crate::library::connector_hash;
use crate::studio::Studio;
use crate::wire::{RunStart, RunUpdate, RunWhat};
use drive::Work;
pub(crate) use host::WindowHost;
pub(crate) use live::{LiveRun, Sink};
pub(crate) use registry::{Begun, Runs};
pub(crate) use token::jwt_claims;

/// Answers by step and key.
pub(crate) type Answers = HashMap<String, Map<String, Value>>;

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The id of a step, where the auth flow runs it.
pub fn flow_step(connector: &Connector, id: &str) -> Result<String, StudioError> {
    let plan = connector.auth.plan();
    let mut steps = plan.steps.iter();
    if steps.any(|step| step.id == id && !step.disabled) {
        Ok(id.to_owned())
    } else {
        Err(StudioError::StepUnknown {
            step: id.to_owned(),
        })
    }
}

/// A request of a run as a cURL command that sends it again. What the run hid in it is a variable of the shell.
pub fn exchange_as_curl(request: &SentRequest) -> String {
    let headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .map(|header| (header.name.as_str(), header.value.as_str()))
        .collect();
    let sent = Sent {
        method: &request.method,
        url: &request.url,
        headers: &headers,
        body: request.body.as_deref(),
        mask: MASK,
    };
    sent_to_curl(&sent).command
}

impl Studio {
    /// Starts a run of a document as it stands in the editor. `sink` hears what happens, and says false once
    /// nobody listens; the run is cancelled then. Gives the run's id: where the same sign-in of the same document
    /// goes on already, that one's, which is heard from its beginning (SAFETY F21).
    pub async fn run_start(
        self: &Arc<Self>,
        request: RunStart,
        sink: impl Fn(RunUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<String, StudioError> {
        let connector = read_connector(&request.document)?;
        let variables = self
            .variables_in_window(&request.connector_id, &connector)
            .await?;
        let sink: Sink = Arc::new(sink);
        self.run_begin(request, connector, variables, &sink)
    }

    /// The same for an app, which may come from anywhere: it has the secrets of exactly this connector (SAFETY Z32).
    pub(crate) async fn run_start_for_app(
        self: &Arc<Self>,
        request: RunStart,
        sink: impl Fn(RunUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<String, StudioError> {
        let connector = read_connector(&request.document)?;
        let variables = self
            .variables(&request.connector_id, &connector, Map::new())
            .await?;
        let sink: Sink = Arc::new(sink);
        self.run_begin(request, connector, variables, &sink)
    }

    fn run_begin(
        self: &Arc<Self>,
        request: RunStart,
        connector: Connector,
        variables: Map<String, Value>,
        sink: &Sink,
    ) -> Result<String, StudioError> {
        let hash = connector_hash(&connector);
        let work = match &request.what {
            RunWhat::Endpoint {
                endpoint_id,
                inputs,
            } => {
                let inputs = inputs
                    .iter()
                    .map(|(name, text)| (name.clone(), Value::String(text.clone())))
                    .collect();
                Work::Call(CallTarget::Endpoint {
                    id: endpoint_id.clone(),
                    inputs,
                })
            }
            RunWhat::TestRequest => Work::Call(CallTarget::Test),
            RunWhat::AuthSteps => Work::AuthSteps { hash: hash.clone() },
            RunWhat::Step { step } => Work::Step(flow_step(&connector, step)?),
            RunWhat::FromStep { step } => Work::FromStep(flow_step(&connector, step)?),
            RunWhat::SignIn { .. } => Work::SignIn,
            RunWhat::SharedSignIn => Work::SharedSignIn,
            RunWhat::RefreshFlow => Work::RefreshFlow,
            RunWhat::Simulate401 => Work::Simulate401,
            RunWhat::SsoSignIn => return Err(StudioError::SsoIncomplete { field: "issuer" }),
        };
        let account = match &request.what {
            RunWhat::SignIn { account } => Some(account.clone()),
            _ => request.account.clone(),
        };
        let sameness = match &work {
            // Calls are as many as are asked for.
            Work::Call(_) | Work::RefreshFlow | Work::Simulate401 => None,
            Work::AuthSteps { .. } => Some(format!("auth steps {hash}")),
            Work::Step(step) => Some(format!("step {step} {hash} {account:?}")),
            Work::FromStep(step) => Some(format!("from step {step} {hash} {account:?}")),
            Work::SignIn => Some(format!("sign in {hash} {account:?}")),
            Work::SharedSignIn => Some(format!("shared {hash}")),
        };
        let remembered = if request.keep_answers {
            self.runs().remembered(&request.connector_id)
        } else {
            Answers::new()
        };
        let run = LiveRun::new(
            &request.connector_id,
            sameness,
            remembered,
            Arc::clone(sink),
        );
        let run = match self.runs().begin(run, sink) {
            Begun::Joined(id) => return Ok(id),
            Begun::New(run) => run,
        };
        let id = run.id.clone();
        let input = RunInput {
            variables,
            ..RunInput::default()
        };
        tokio::spawn(Arc::clone(self).drive(run, connector, request, work, input, account));
        Ok(id)
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

    /// Shows one masked value of a run, on a person's click: `login.body.token`. What came out of the shared scope
    /// is never among them.
    pub fn run_reveal(&self, run: &str, pointer: &str) -> Result<String, StudioError> {
        let live = self.runs().get(run)?;
        let outputs = lock(&live.outputs);
        reveal::value_at(&outputs, pointer).ok_or(StudioError::RunUnknown)
    }
}
