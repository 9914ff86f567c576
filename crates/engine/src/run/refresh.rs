//! The refresh of a session: OAuth steps renew themselves, what used them runs again, the refresh flow runs, and its
//! updates are put in, all of them or none (SAFETY F5, F8, F13, F14, F15).
//!
//! Deliberately not here: that one refresh runs however many want it, and where its outputs are kept (the host's).

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use latchwork_model::{Multistep, Refresh, RefreshMode, Step, StepKind, names_used};
use serde_json::{Map, Value};

use super::{RefreshReason, Run, RunFailure};
use crate::error::EngineError;
use crate::event::{RefreshStatus, RunEvent};
use crate::steps;

/// How often a request of a refresh is sent where passing faults keep it from working.
const ATTEMPTS: u32 = 3;
/// How often it is sent where its answer is lost: it may have worked (SAFETY F5).
const ATTEMPTS_UNANSWERED: u32 = 2;
/// The wait before the second attempt; it doubles after that.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait between two attempts. Where `Retry-After` asks for more, there is no other one.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What of a run a failed refresh puts back.
struct Before {
    outputs: BTreeMap<String, Map<String, Value>>,
    expires_at: BTreeMap<String, i64>,
}

impl Run<'_> {
    /// Renews one OAuth step that holds a refresh token by the refresh grant (RFC 6749 section 6). Its outputs take the
    /// new values; where the answer has no refresh token, the old one stays.
    pub async fn renew(&mut self, step_id: &str) -> Result<(), RunFailure> {
        let plan = self.plan.clone();
        let Some(step) = plan.steps.iter().find(|step| step.id == step_id) else {
            return Ok(());
        };
        self.renewing = true;
        let renewed = self.renew_step(step).await;
        self.renewing = false;
        renewed.map_err(|error| self.failure(error, Some(&step.id)))
    }

    pub(super) fn refresh_settings(&self) -> Refresh {
        self.plan.refresh.clone().unwrap_or_default()
    }

    /// Whether there is anything that could renew the session without its person.
    pub fn can_refresh(&self) -> bool {
        can_renew(&self.plan, &self.outputs)
    }

    /// The steps with shared credentials that hold a refresh token.
    pub fn renewable_shared_steps(&self) -> Vec<String> {
        let steps = self.plan.steps.iter();
        steps
            .filter(|step| step.is_shared() && holds_refresh_token(step, &self.outputs))
            .map(|step| step.id.clone())
            .collect()
    }

    /// How long the provider asked to be left alone, where the last answer of a failed renewal said so.
    pub const fn asked_to_wait(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Renews the session. Gives the paths of the outputs that took new values. Where it fails the outputs are what
    /// they were, but for tokens that the provider has rotated: those are kept, since the old ones are dead.
    pub async fn refresh(&mut self, reason: RefreshReason) -> Result<Vec<String>, RunFailure> {
        self.host().tell(RunEvent::RefreshStarted {
            reason: reason.text(),
        });
        self.renewing = true;
        let result = Box::pin(self.try_refresh()).await;
        self.renewing = false;
        let (status, updated, error) = match &result {
            Ok(updated) => (RefreshStatus::Ok, updated.clone(), None),
            Err(failure) => (
                refresh_status(&failure.error),
                Vec::new(),
                Some(failure.fault.clone()),
            ),
        };
        self.host().tell(RunEvent::RefreshFinished {
            status,
            updated,
            error,
        });
        result
    }

    async fn try_refresh(&mut self) -> Result<Vec<String>, RunFailure> {
        let refresh = self.refresh_settings();
        let mut before = Before {
            outputs: self.outputs.clone(),
            expires_at: self.expires_at.clone(),
        };
        let result = match self.renew_flow(&refresh, &mut before).await {
            Ok(changed) if refresh.mode == RefreshMode::Steps => {
                self.refresh_flow(&refresh, changed).await
            }
            other => other,
        };
        for step in &refresh.steps {
            self.forget(&step.id);
        }
        if result.is_err() {
            self.put_back(before);
        }
        result
    }

    /// OAuth steps renew themselves; what used their outputs, or with *same as auth flow* every step, runs again.
    async fn renew_flow(
        &mut self,
        refresh: &Refresh,
        before: &mut Before,
    ) -> Result<Vec<String>, RunFailure> {
        let plan = self.plan.clone();
        let again = refresh.mode == RefreshMode::SameAsAuthFlow;
        let mut changed: BTreeSet<String> = BTreeSet::new();
        for step in plan.steps.iter().filter(|step| !step.disabled) {
            if self.renews_itself(step) {
                self.with_attempts(step, true).await?;
                // The old token is dead from here on, whatever else fails.
                if let Some(outputs) = self.outputs.get(&step.id) {
                    before.outputs.insert(step.id.clone(), outputs.clone());
                }
                match self.expires_at.get(&step.id) {
                    Some(at) => before.expires_at.insert(step.id.clone(), *at),
                    None => before.expires_at.remove(&step.id),
                };
                self.host()
                    .session_renewed(&self.cached_outputs(), &self.shared_outputs())
                    .await;
                changed.insert(step.id.clone());
                continue;
            }
            let depends = names_used(step).iter().any(|name| changed.contains(name));
            if !again && !depends {
                continue;
            }
            match self.without_a_person(step, refresh) {
                Ok(true) => {}
                // Answered from what was given before, which is there already.
                Ok(false) => continue,
                Err(error) => return Err(self.failure(error, Some(&step.id))),
            }
            self.with_attempts(step, false).await?;
            changed.insert(step.id.clone());
        }
        Ok(changed.into_iter().collect())
    }

    /// Whether a step can be run again without its person: true to run it, false to leave its outputs as they are.
    fn without_a_person(&self, step: &Step, refresh: &Refresh) -> Result<bool, EngineError> {
        let needs_you = |why: &str| {
            Err(EngineError::NeedsYou {
                step: step.id.clone(),
                why: why.to_owned(),
            })
        };
        let fields: Vec<&str> = match &step.kind {
            StepKind::Form(form) if form.fields.iter().any(|field| field.one_time) => {
                return needs_you("it asks for a code that is good once");
            }
            StepKind::Form(form) => form.fields.iter().map(|field| field.key.as_str()).collect(),
            StepKind::BasicAuth(basic) if basic.username.is_none() || basic.password.is_none() => {
                vec!["username", "password"]
            }
            StepKind::Oauth2AuthorizationCode(_)
            | StepKind::Oauth2Pkce(_)
            | StepKind::Oauth2DeviceCode(_) => {
                return needs_you("it holds no refresh token, and only you can sign in there");
            }
            _ => return Ok(true),
        };
        if fields.is_empty() {
            return Ok(true);
        }
        if !refresh.use_stored_credentials {
            return needs_you("it asks you, and stored credentials are not to be used");
        }
        match self.outputs.get(&step.id) {
            Some(outputs) if fields.iter().all(|field| outputs.contains_key(*field)) => Ok(false),
            _ => needs_you("what it asks for is not stored"),
        }
    }

    /// The refresh flow's own steps, then its updates.
    async fn refresh_flow(
        &mut self,
        refresh: &Refresh,
        mut changed: Vec<String>,
    ) -> Result<Vec<String>, RunFailure> {
        for step in refresh.steps.iter().filter(|step| !step.disabled) {
            self.with_attempts(step, false).await?;
        }
        changed.extend(self.put_updates(refresh)?);
        Ok(changed)
    }

    /// Runs a step, or renews it, and does so again where a passing fault is in the way (SAFETY F5, F8).
    async fn with_attempts(&mut self, step: &Step, renew: bool) -> Result<(), RunFailure> {
        let mut wait = FIRST_WAIT;
        let mut unanswered = 0;
        for attempt in 1.. {
            self.retry_after = None;
            let result = if renew {
                self.renew_step(step).await
            } else {
                self.step(step).await
            };
            let error = match result {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            unanswered += u32::from(error.is_answer_lost());
            let is_last = attempt == ATTEMPTS || unanswered == ATTEMPTS_UNANSWERED;
            if is_last || !error.is_retryable() {
                return Err(self.failure(error, Some(&step.id)));
            }
            let asked = self.retry_after.unwrap_or(wait);
            if asked > LONGEST_WAIT {
                // Nobody waits for that long here; whoever wants the session next knows of it.
                return Err(self.failure(error, Some(&step.id)));
            }
            self.clock().wait(asked).await;
            wait *= 2;
        }
        Ok(())
    }

    /// Renews an OAuth step, and tells of it as of any step.
    async fn renew_step(&mut self, step: &Step) -> Result<(), EngineError> {
        let started = Instant::now();
        self.tell_started(step);
        let mut log = crate::http::ExchangeLog::default();
        let result = match Box::pin(steps::refresh(self, step, &mut log)).await {
            Ok(outcome) => self.finish_outputs(step, outcome.outputs, outcome.at_hand),
            Err(error) => Err(error),
        };
        self.finish_step(step, result.map(Some), &log, started)
    }

    fn renews_itself(&self, step: &Step) -> bool {
        holds_refresh_token(step, &self.outputs)
    }

    fn forget(&mut self, step_id: &str) {
        self.outputs.remove(step_id);
        self.expires_at.remove(step_id);
        self.scope.remove(step_id);
    }

    fn put_back(&mut self, before: Before) {
        let plan = self.plan.clone();
        for step in &plan.steps {
            match before.outputs.get(&step.id) {
                Some(outputs) => self.put(step, outputs.clone()),
                None => self.forget(&step.id),
            }
        }
        self.expires_at = before.expires_at;
    }
}

/// Whether there is anything that could renew a session of these outputs without its person.
pub(crate) fn can_renew(plan: &Multistep, outputs: &BTreeMap<String, Map<String, Value>>) -> bool {
    let refresh = plan.refresh.as_ref();
    refresh.is_some_and(|refresh| refresh.mode != RefreshMode::None)
        || plan
            .steps
            .iter()
            .any(|step| holds_refresh_token(step, outputs))
}

/// Whether a step holds a refresh token.
fn holds_refresh_token(step: &Step, outputs: &BTreeMap<String, Map<String, Value>>) -> bool {
    !step.disabled
        && step.kind.oauth().is_some()
        && outputs
            .get(&step.id)
            .and_then(|outputs| outputs.get("refresh_token"))
            .and_then(Value::as_str)
            .is_some_and(|token| !token.is_empty())
}

/// How a failed refresh ended, for events.
fn refresh_status(error: &EngineError) -> RefreshStatus {
    match error {
        EngineError::NeedsYou { .. } => RefreshStatus::NeedsYou,
        error if error.is_passing() => RefreshStatus::Failed,
        _ => RefreshStatus::Refused,
    }
}

impl RunFailure {
    /// Whether the session cannot be renewed without its person; a passing fault may be over the next time.
    pub fn needs_you(&self) -> bool {
        !matches!(refresh_status(&self.error), RefreshStatus::Failed)
    }
}
