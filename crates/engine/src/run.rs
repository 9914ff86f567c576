//! One execution of a connector: its auth flow, its test request, its calls, with one scope, one cookie jar and
//! one set of secrets.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use latchwork_model::{
    Auth, Connector, Multistep, Request, Step, StepKind, Template, template_syntax,
};
use reqwest::Client;
use serde_json::{Map, Value, json};
use url::Url;

use crate::engine::Engine;
use crate::error::{EngineError, Fault, HttpFaultKind};
use crate::event::{RunEvent, StepStatus};
use crate::feeds::feeding_paths;
use crate::host::{Clock, Host};
use crate::http::{
    Answer, CookieJar, ExchangeLog, NetworkSettings, OriginPolicy, StoredCookies, exchange, millis,
};
use crate::masking::Secrets;
use crate::request::{Draft, Renderer, add_parameters};
use crate::session::{CachedOutputs, expiry};
use crate::steps;
use crate::template::{Moment, Scope};

/// What a run is given beside the connector.
#[derive(Clone, Debug, Default)]
pub struct RunInput {
    /// `vars.<name>`, secret ones too; where left out, the file's own values.
    pub variables: Map<String, Value>,
    /// `account.name`.
    pub account: Option<String>,
    /// Origins that a person approved, as in `allowed_origins`.
    pub approved_origins: Vec<String>,
    /// The time for each request that sets none of its own.
    pub timeout: Option<Duration>,
    /// Shows secrets in events.
    pub reveal: bool,
}

/// A step that failed, or a fault outside any step.
#[derive(Debug)]
pub struct RunFailure {
    /// As hosts and scripts see it, every known secret in its words hidden.
    pub fault: Fault,
    /// Why.
    pub error: EngineError,
}

impl From<EngineError> for RunFailure {
    fn from(error: EngineError) -> Self {
        Self {
            fault: error.fault(None),
            error,
        }
    }
}

/// One execution.
pub struct Run<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) connector: &'a Connector,
    pub(crate) plan: Arc<Multistep>,
    host: &'a dyn Host,
    client: Client,
    scope: Scope,
    /// What decides an address without any answer or untrusted form in it: variables, connector, account, and
    /// form fields that are origins.
    trusted: Scope,
    trusted_outputs: BTreeMap<String, Map<String, Value>>,
    outputs: BTreeMap<String, Map<String, Value>>,
    one_time: HashSet<(String, String)>,
    expires_at: Option<i64>,
    pub(crate) jar: CookieJar,
    origins: OriginPolicy,
    pub(crate) secrets: Secrets,
    timeout: Option<Duration>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        engine: &'a Engine,
        connector: &'a Connector,
        input: RunInput,
        host: &'a dyn Host,
    ) -> Result<Self, EngineError> {
        let plan = Arc::new(connector.auth.plan().into_owned());
        let mut secrets = Secrets::new(input.reveal);
        for path in feeding_paths(&plan, &connector.auth) {
            secrets.add_path(path);
        }
        match &connector.auth {
            // A preset's key is one, whatever its parameter is called, and though it stands in the file.
            Auth::ApiKey(key) if template_syntax::is_literal(key.value.as_str()) => {
                secrets.add(key.value.as_str());
            }
            Auth::Bearer(bearer) if template_syntax::is_literal(bearer.token.as_str()) => {
                secrets.add(bearer.token.as_str());
            }
            _ => {}
        }
        let mut variables = Map::new();
        for variable in &connector.variables {
            let given = input.variables.get(&variable.name).cloned();
            let Some(value) = given.or_else(|| variable.value.clone().map(Value::String)) else {
                continue;
            };
            let fed = secrets.feeds_parameter(&["vars", &variable.name]);
            if variable.secret || fed || crate::secret_name::is_secret_name(&variable.name) {
                secrets.add_all(&value);
            }
            variables.insert(variable.name.clone(), value);
        }
        for (name, value) in input.variables {
            variables.entry(name).or_insert(value);
        }
        let mut origins = OriginPolicy::of(connector);
        for entry in &input.approved_origins {
            origins.approve(entry);
        }
        let mut scope = Scope::new();
        scope.set("vars", Value::Object(variables));
        scope.set(
            "account",
            json!({ "name": input.account.unwrap_or_default() }),
        );
        scope.set("connector", json!({ "name": connector.name }));
        let mut run = Self {
            engine,
            connector,
            plan,
            host,
            client: engine.client(&NetworkSettings::default())?,
            trusted: scope.clone(),
            trusted_outputs: BTreeMap::new(),
            scope,
            outputs: BTreeMap::new(),
            one_time: HashSet::new(),
            expires_at: None,
            jar: CookieJar::default(),
            origins,
            secrets,
            timeout: input.timeout,
        };
        run.set_base_url()?;
        run.client = engine.client(&run.network()?)?;
        Ok(run)
    }

    /// Sets `connector.base_url` as far as its names are there.
    fn set_base_url(&mut self) -> Result<(), EngineError> {
        let template = self.connector.base_url.as_str();
        let moment = self.engine.moment();
        // Each by its own names: a base URL that came out of an answer is no trusted one.
        for scope in [&mut self.scope, &mut self.trusted] {
            let base_url = match self.engine.templates.render_url(template, scope, &moment) {
                Ok(url) => url.to_string(),
                // It needs an output: then it is there once that step has run.
                Err(_) if !template_syntax::is_literal(template) => continue,
                Err(source) => {
                    return Err(EngineError::Template {
                        place: "base_url".to_owned(),
                        source,
                    });
                }
            };
            let base_url = base_url.strip_suffix('/').unwrap_or(&base_url);
            scope.set(
                "connector",
                json!({ "name": self.connector.name, "base_url": base_url }),
            );
        }
        Ok(())
    }

    fn network(&self) -> Result<NetworkSettings, EngineError> {
        let Some(network) = &self.connector.network else {
            return Ok(NetworkSettings::default());
        };
        let moment = self.engine.moment();
        let renderer = self.renderer(&self.scope, &moment);
        let client_certificate = match &network.client_certificate {
            Some(identity) => Some(format!(
                "{}\n{}",
                renderer.text(
                    "network.client_certificate.certificate",
                    &identity.certificate
                )?,
                renderer.text("network.client_certificate.key", &identity.key)?
            )),
            None => None,
        };
        Ok(NetworkSettings {
            proxy: network.proxy.clone(),
            ca_certificate: network.ca_certificate.clone(),
            client_certificate,
            accept_invalid_certificates: network.accept_invalid_certificates,
        })
    }

    /// Runs the auth flow, step by step, and stops at the first that fails.
    pub async fn auth_flow(&mut self) -> Result<(), RunFailure> {
        let plan = Arc::clone(&self.plan);
        for step in plan.steps.iter().filter(|step| !step.disabled) {
            self.step(step)
                .await
                .map_err(|error| self.failure(error, Some(&step.id)))?;
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<(), EngineError> {
        let started = Instant::now();
        self.host.tell(RunEvent::StepStarted {
            step: step.id.clone(),
            kind: step.kind.tag(),
            label: step.title().to_owned(),
        });
        let mut log = ExchangeLog::default();
        let result = self.run_step(step, &mut log).await;
        log.teach(&mut self.secrets);
        let (status, outputs, error) = match &result {
            Ok(Some(outputs)) => {
                // What came by itself was learnt as it came; only own outputs are new.
                if !step.outputs.is_empty() {
                    self.learn(step, outputs);
                }
                (
                    StepStatus::Ok,
                    self.secrets.mask_outputs(&step.id, outputs),
                    None,
                )
            }
            Ok(None) => (StepStatus::Skipped, Map::new(), None),
            Err(error) => (
                StepStatus::Failed,
                Map::new(),
                Some(self.masked_fault(error, Some(&step.id))),
            ),
        };
        if let Ok(Some(outputs)) = result.as_ref() {
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
        if let Some(outputs) = result? {
            self.take_outputs(step, outputs);
        }
        Ok(())
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
        let mut outputs = match &step.kind {
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
            other => return Err(EngineError::StepUnsupported { kind: other.tag() }),
        };
        // What is secret by its kind is secret before anything is rendered over it.
        self.learn(step, &outputs);
        steps::own_outputs(self, step, &mut outputs)?;
        Ok(Some(outputs))
    }

    /// Learns what of a step's outputs is secret.
    fn learn(&mut self, step: &Step, outputs: &Map<String, Value>) {
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

    fn take_outputs(&mut self, step: &Step, outputs: Map<String, Value>) {
        if let Some(expires_at) = expiry(&outputs, self.clock().unix_seconds()) {
            self.expires_at = Some(
                self.expires_at
                    .map_or(expires_at, |earlier| earlier.min(expires_at)),
            );
        }
        if let StepKind::Form(form) = &step.kind {
            for field in form.fields.iter().filter(|field| field.one_time) {
                self.one_time.insert((step.id.clone(), field.key.clone()));
            }
        }
        self.put(step, outputs);
    }

    /// Puts a step's outputs where templates find them.
    fn put(&mut self, step: &Step, outputs: Map<String, Value>) {
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

    /// The outputs as they are cached for later calls.
    pub fn cached_outputs(&self) -> CachedOutputs {
        let outputs = self.outputs.iter().map(|(step, outputs)| {
            let kept = outputs
                .iter()
                .filter(|(key, _)| !self.one_time.contains(&(step.clone(), (*key).clone())))
                .map(|(key, value)| (key.clone(), value.clone()));
            (step.clone(), kept.collect())
        });
        CachedOutputs {
            outputs: outputs.collect(),
            cookies: if self.plan.send_cookies {
                self.jar.store()
            } else {
                StoredCookies::default()
            },
            expires_at: self.expires_at,
        }
    }

    /// Takes cached outputs in place of running the auth flow.
    pub fn restore(&mut self, cached: CachedOutputs) {
        let plan = Arc::clone(&self.plan);
        let mut cached_outputs = cached.outputs;
        for step in plan.steps.iter().filter(|step| !step.disabled) {
            if let Some(outputs) = cached_outputs.remove(&step.id) {
                self.learn(step, &outputs);
                self.put(step, outputs);
            }
        }
        self.jar = CookieJar::restore(&cached.cookies);
        self.expires_at = cached.expires_at;
    }

    /// Sends a step's request: no request parameters, no signature.
    pub(crate) async fn exchange_step(
        &mut self,
        request: &Request,
        log: &mut ExchangeLog,
    ) -> Result<Answer, EngineError> {
        self.approve_trusted(&request.url);
        let moment = self.engine.moment();
        let draft = Draft::render(request, "request", &self.renderer(&self.scope, &moment)).await?;
        let outgoing = draft.finish(self.timeout);
        let answer = exchange(&self.client, &self.origins, outgoing, &mut self.jar, log).await;
        self.blaming_proxy(answer)
    }

    /// Sends a request with the connector's request parameters: the test request, or a call.
    pub(crate) async fn exchange_call(
        &mut self,
        request: &Request,
        place: &str,
        scope: Scope,
        log: &mut ExchangeLog,
    ) -> Result<Answer, EngineError> {
        if let Some(signing) = &self.plan.signing {
            let kind = match signing {
                latchwork_model::Signing::AwsSigv4(_) => "aws_sigv4",
                latchwork_model::Signing::Oauth1(_) => "oauth1",
            };
            return Err(EngineError::SigningUnsupported { kind });
        }
        self.approve_trusted(&request.url);
        let moment = self.engine.moment();
        let plan = Arc::clone(&self.plan);
        let renderer = self.renderer(&scope, &moment);
        let mut draft = Draft::render(request, place, &renderer).await?;
        for value in add_parameters(&mut draft, &plan.request_parameters, &renderer)? {
            match &value {
                Value::String(text) => self.secrets.learn_credential(text),
                other => self.secrets.add_all(other),
            }
        }
        let outgoing = draft.finish(self.timeout);
        let answer = if plan.send_cookies {
            exchange(&self.client, &self.origins, outgoing, &mut self.jar, log).await
        } else {
            exchange(
                &self.client,
                &self.origins,
                outgoing,
                &mut CookieJar::default(),
                log,
            )
            .await
        };
        self.blaming_proxy(answer)
    }

    /// With a proxy it is the proxy that no connection could be made to.
    fn blaming_proxy(
        &self,
        mut answer: Result<Answer, EngineError>,
    ) -> Result<Answer, EngineError> {
        if let Err(EngineError::Http(fault)) = &mut answer
            && matches!(fault.kind, HttpFaultKind::Connect | HttpFaultKind::Dns)
            && self
                .connector
                .network
                .as_ref()
                .is_some_and(|network| network.proxy.is_some())
        {
            fault.kind = HttpFaultKind::Proxy;
        }
        answer
    }

    /// Approves the origin of an address that only the file, its variables and approved form fields decide.
    fn approve_trusted(&mut self, url: &Template) {
        for template in [url.as_str(), self.connector.base_url.as_str()] {
            if template_syntax::is_literal(template) {
                continue;
            }
            let Some(part) = latchwork_model::origin_part(template) else {
                continue;
            };
            let moment = self.engine.moment();
            if let Ok(origin) = self
                .engine
                .templates
                .render_url(part, &self.trusted, &moment)
                && let Ok(origin) = Url::parse(&origin.to_string())
            {
                self.origins.approve_address(&origin);
            }
        }
    }

    /// A failure with every known secret in its words hidden.
    pub(crate) fn failure(&self, error: EngineError, step: Option<&str>) -> RunFailure {
        RunFailure {
            fault: self.masked_fault(&error, step),
            error,
        }
    }

    /// A fault with every known secret in its words hidden.
    pub(crate) fn masked_fault(&self, error: &EngineError, step: Option<&str>) -> Fault {
        let mut fault = error.fault(step);
        fault.message = self.secrets.mask_text(&fault.message);
        fault.hint = fault.hint.map(|hint| self.secrets.mask_text(&hint));
        fault
    }

    pub(crate) fn renderer<'b>(&'b self, scope: &'b Scope, moment: &'b Moment) -> Renderer<'b> {
        Renderer {
            templates: &self.engine.templates,
            scope,
            moment,
            connector: self.connector,
        }
    }

    pub(crate) fn render_with(
        &self,
        scope: &Scope,
        place: &str,
        template: &Template,
    ) -> Result<Value, EngineError> {
        self.renderer(scope, &self.engine.moment())
            .value(place, template)
    }

    pub(crate) fn condition_with(
        &self,
        scope: &Scope,
        place: &str,
        template: &Template,
    ) -> Result<bool, EngineError> {
        self.renderer(scope, &self.engine.moment())
            .condition(place, template)
    }

    pub(crate) fn condition_on_answer(
        &self,
        place: &str,
        template: &Template,
        outputs: &Map<String, Value>,
    ) -> Result<bool, EngineError> {
        steps::holds(self, place, template, outputs)
    }

    pub(crate) const fn scope(&self) -> &Scope {
        &self.scope
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.engine.clock.as_ref()
    }

    pub(crate) const fn host(&self) -> &dyn Host {
        self.host
    }

    /// One step's outputs, unmasked.
    pub fn step_outputs(&self, step: &str) -> Option<&Map<String, Value>> {
        self.outputs.get(step)
    }
}
