//! The auth flow of a run: each step in its order, what it leaves, and what of that is secret.

use std::time::Instant;

use latchwork_model::{Step, StepKind, template_syntax};
use serde_json::{Map, Value};
use url::Url;

use super::{Run, RunFailure};
use crate::error::EngineError;
use crate::event::{RunEvent, StepStatus};
use crate::http::{ExchangeLog, millis};
use crate::session::expiry;
use crate::steps;

impl Run<'_> {
    /// Runs the auth flow, step by step, and stops at the first that fails.
    pub async fn auth_flow(&mut self) -> Result<(), RunFailure> {
        let plan = self.plan.clone();
        for step in plan.steps.iter().filter(|step| !step.disabled) {
            self.flow_step(step).await?;
        }
        Ok(())
    }

    /// Runs a step of the auth flow.
    pub(super) async fn flow_step(&mut self, step: &Step) -> Result<(), RunFailure> {
        // What the shared scope has is used as it is.
        if step.is_shared() && self.outputs.contains_key(&step.id) {
            self.tell_shared(step);
            return Ok(());
        }
        self.step(step)
            .await
            .map_err(|error| self.failure(error, Some(&step.id)))
    }

    pub(super) async fn step(&mut self, step: &Step) -> Result<(), EngineError> {
        let started = Instant::now();
        self.tell_started(step);
        let mut log = ExchangeLog::default();
        // On the heap: a flow of many kinds of step is no large value for whoever runs it.
        let result = Box::pin(self.run_step(step, &mut log)).await;
        self.finish_step(step, result, &log, started)
    }

    pub(super) fn tell_started(&self, step: &Step) {
        self.host.tell(RunEvent::StepStarted {
            step: step.id.clone(),
            kind: step.kind.tag(),
            label: step.title().to_owned(),
        });
    }

    /// Tells how a step ended, and takes its outputs.
    pub(super) fn finish_step(
        &mut self,
        step: &Step,
        result: Result<Option<Map<String, Value>>, EngineError>,
        log: &ExchangeLog,
        started: Instant,
    ) -> Result<(), EngineError> {
        log.teach(&mut self.secrets);
        // Whoever signed in may look at it; whoever only uses it may not (PRODUCT K1).
        let is_shown = !(self.renewing && step.is_shared());
        let (status, outputs, error) = match &result {
            Ok(Some(outputs)) => {
                // What came by itself was learnt as it came; only own outputs are new.
                if !step.outputs.is_empty() {
                    self.learn(step, outputs);
                }
                let told = if is_shown {
                    self.secrets.mask_outputs(&step.id, outputs)
                } else {
                    Map::new()
                };
                (StepStatus::Ok, told, None)
            }
            Ok(None) => (StepStatus::Skipped, Map::new(), None),
            Err(error) => (
                StepStatus::Failed,
                Map::new(),
                Some(self.masked_fault(error, Some(&step.id))),
            ),
        };
        if let Ok(Some(outputs)) = result.as_ref()
            && is_shown
        {
            self.host.keep_outputs(&step.id, outputs);
        }
        self.host.tell(RunEvent::StepFinished {
            step: step.id.clone(),
            status,
            duration_ms: millis(started.elapsed()),
            outputs,
            exchange: log.masked(&self.secrets).map(Box::new),
            error,
        });
        let outputs = result?;
        let left = self.left.as_ref().map(|_| outputs.clone());
        if let Some(outputs) = outputs {
            self.take_outputs(step, outputs);
        }
        // After they are taken: when they expire is known then.
        if let Some(outputs) = left {
            self.keep_left(step, outputs.as_ref());
        }
        Ok(())
    }

    /// Adds a step's own outputs to those of its kind.
    pub(super) fn finish_outputs(
        &mut self,
        step: &Step,
        mut outputs: Map<String, Value>,
        at_hand: Map<String, Value>,
    ) -> Result<Map<String, Value>, EngineError> {
        // What is secret by its kind is secret before anything is rendered over it.
        self.learn(step, &outputs);
        steps::own_outputs(self, step, &mut outputs, at_hand)?;
        if step.kind.oauth().is_some() {
            steps::settle_expiry(step, &mut outputs, self.clock().unix_seconds());
        }
        Ok(outputs)
    }

    /// Tells that a step's outputs came out of the shared scope; nothing of them is shown.
    fn tell_shared(&self, step: &Step) {
        self.tell_started(step);
        self.host.tell(RunEvent::StepFinished {
            step: step.id.clone(),
            status: StepStatus::Ok,
            duration_ms: 0,
            outputs: Map::new(),
            exchange: None,
            error: None,
        });
    }

    async fn run_step(
        &mut self,
        step: &Step,
        log: &mut ExchangeLog,
    ) -> Result<Option<Map<String, Value>>, EngineError> {
        if let Some(when) = &step.when
            && !self.condition_with(&self.scope, "when", when)?
        {
            return Ok(None);
        }
        let mut at_hand = Map::new();
        let outputs = match &step.kind {
            StepKind::Form(form) => {
                let moment = self.engine.moment();
                steps::form(
                    step,
                    form,
                    &self.renderer(&self.scope, &moment),
                    self.host,
                    &self.secrets,
                )
                .await?
            }
            StepKind::BasicAuth(basic) => {
                let moment = self.engine.moment();
                steps::basic_auth(
                    step,
                    basic,
                    &self.renderer(&self.scope, &moment),
                    self.host,
                    &self.secrets,
                )
                .await?
            }
            StepKind::ApiRequest(api) => steps::send(self, api, log).await?,
            StepKind::Poll(poll) => steps::poll(self, poll, log).await?,
            StepKind::SetVariables(_) => Map::new(),
            StepKind::SsoToken(_) => steps::sso_token(self).await?,
            StepKind::Oauth2AuthorizationCode(_)
            | StepKind::Oauth2Pkce(_)
            | StepKind::Oauth2ClientCredentials(_)
            | StepKind::Oauth2DeviceCode(_)
            | StepKind::Oauth2JwtBearer(_) => {
                let outcome = Box::pin(steps::oauth(self, step, log)).await?;
                at_hand = outcome.at_hand;
                outcome.outputs
            }
        };
        self.finish_outputs(step, outputs, at_hand).map(Some)
    }

    /// Learns what of a step's outputs is secret.
    pub(super) fn learn(&mut self, step: &Step, outputs: &Map<String, Value>) {
        match &step.kind {
            StepKind::Form(form) => {
                for field in form.fields.iter().filter(|field| field.is_secret()) {
                    self.secrets
                        .add_path(vec![step.id.clone(), field.key.clone()]);
                }
            }
            StepKind::BasicAuth(_) => {
                self.secrets
                    .add_path(vec![step.id.clone(), "header".to_owned()]);
            }
            StepKind::SsoToken(_) => {
                for name in ["access_token", "id_token"] {
                    self.secrets
                        .add_path(vec![step.id.clone(), name.to_owned()]);
                }
            }
            kind if kind.oauth().is_some() => {
                for name in ["access_token", "refresh_token", "id_token", "client_secret"] {
                    self.secrets
                        .add_path(vec![step.id.clone(), name.to_owned()]);
                }
            }
            _ => {}
        }
        if outputs.get("cookies").is_some_and(Value::is_object) && step.kind_sends() {
            self.secrets
                .add_path(vec![step.id.clone(), "cookies".to_owned()]);
        }
        if let Some(Value::Object(headers)) = outputs.get("headers")
            && step.kind_sends()
        {
            for name in headers
                .keys()
                .filter(|name| crate::secret_name::is_secret_header(name))
            {
                self.secrets
                    .add_path(vec![step.id.clone(), "headers".to_owned(), name.clone()]);
            }
        }
        self.secrets.learn(&step.id, outputs);
    }

    pub(super) fn take_outputs(&mut self, step: &Step, outputs: Map<String, Value>) {
        match expiry(&outputs, self.clock().unix_seconds()) {
            Some(expires_at) => self.expires_at.insert(step.id.clone(), expires_at),
            None => self.expires_at.remove(&step.id),
        };
        if let StepKind::Form(form) = &step.kind {
            for field in form.fields.iter().filter(|field| field.one_time) {
                self.one_time.insert((step.id.clone(), field.key.clone()));
            }
        }
        self.put(step, outputs);
    }

    /// Puts a step's outputs where templates find them.
    pub(super) fn put(&mut self, step: &Step, outputs: Map<String, Value>) {
        if let StepKind::Form(form) = &step.kind {
            let typed: Map<String, Value> = form
                .fields
                .iter()
                .filter(|field| field.origin)
                .filter_map(|field| Some((field.key.clone(), outputs.get(&field.key)?.clone())))
                .collect();
            // It is approved by being typed, by whatever way it comes into an address.
            for address in typed
                .values()
                .filter_map(Value::as_str)
                .filter_map(|typed| Url::parse(typed).ok())
            {
                self.origins.approve_address(&address);
            }
            if !typed.is_empty() {
                self.trusted_outputs.insert(step.id.clone(), typed.clone());
                self.trusted.set(step.id.as_str(), Value::Object(typed));
            }
        }
        self.scope.set(step.id.as_str(), &outputs);
        self.outputs.insert(step.id.clone(), outputs);
        if !template_syntax::is_literal(self.connector.base_url.as_str()) {
            // A base URL made of outputs is complete once they are there; until then it is simply not there.
            let _ = self.set_base_url();
        }
    }
}
