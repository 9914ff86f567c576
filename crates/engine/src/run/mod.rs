//! One execution of a connector: its auth flow, its test request, its calls, with one scope, one cookie jar and
//! one set of secrets.

mod cache;
mod flow;
mod part;
mod person;
mod plan;
mod refresh;
mod triggers;
mod update;
mod wire;

pub use part::{FlowPart, LeftBehind};
use plan::Plan;
pub(crate) use refresh::can_renew;
pub use triggers::RefreshReason;

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use latchwork_model::{Auth, Connector, RedirectKind, Template, template_syntax};
use reqwest::Client;
use serde_json::{Map, Value, json};

use crate::engine::Engine;
use crate::error::{EngineError, Fault};
use crate::feeds::feeding_paths;
use crate::host::{Clock, Host};
use crate::http::{CookieJar, NetworkSettings, OriginPolicy, proxy_address, proxy_secrets};
use crate::masking::Secrets;
use crate::request::Renderer;
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
    /// The time for each wait for a browser; five minutes where left out.
    pub browser_timeout: Option<Duration>,
    /// How a browser comes back, in place of what the steps say.
    pub redirect: Option<RedirectKind>,
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
    pub(crate) plan: Plan<'a>,
    host: &'a dyn Host,
    client: Client,
    scope: Scope,
    /// What decides an address without any answer or untrusted form in it: variables, connector, account, and
    /// form fields that are origins.
    trusted: Scope,
    trusted_outputs: BTreeMap<String, Map<String, Value>>,
    outputs: BTreeMap<String, Map<String, Value>>,
    one_time: HashSet<(String, String)>,
    /// When each step's outputs expire, in Unix seconds.
    expires_at: BTreeMap<String, i64>,
    pub(crate) jar: CookieJar,
    origins: OriginPolicy,
    pub(crate) secrets: Secrets,
    timeout: Option<Duration>,
    browser_timeout: Option<Duration>,
    redirect: Option<RedirectKind>,
    /// What the last answer's `Retry-After` asks for.
    retry_after: Option<Duration>,
    /// Whether the session is being renewed: what steps with shared credentials leave then is nobody's to see.
    renewing: bool,
    /// What each step left, where that is kept for the next try of a part of the flow.
    left: Option<LeftBehind>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        engine: &'a Engine,
        connector: &'a Connector,
        input: RunInput,
        host: &'a dyn Host,
    ) -> Result<Self, EngineError> {
        let plan = Plan::of(&connector.auth);
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
            expires_at: BTreeMap::new(),
            jar: CookieJar::default(),
            origins,
            secrets,
            timeout: input.timeout,
            browser_timeout: input.browser_timeout,
            redirect: input.redirect,
            retry_after: None,
            renewing: false,
            left: None,
        };
        run.set_base_url()?;
        let network = run.network()?;
        run.client = engine.client(&network)?;
        Ok(run)
    }

    /// Sets `connector.base_url` as far as its names are there.
    fn set_base_url(&mut self) -> Result<(), EngineError> {
        let connector = self.connector;
        let template = connector.base_url.as_str();
        let (templates, moment) = (&self.engine.templates, self.engine.moment());
        let render = |scope: &Scope| templates.render_url(template, scope, &moment);
        let set = |scope: &mut Scope, base_url: &str| {
            let base_url = base_url.strip_suffix('/').unwrap_or(base_url);
            scope.set(
                "connector",
                json!({ "name": connector.name, "base_url": base_url }),
            );
        };
        if template_syntax::is_literal(template) {
            let base_url = render(&self.scope).map_err(|source| EngineError::Template {
                place: "base_url".to_owned(),
                source,
            })?;
            let base_url = base_url.to_string();
            set(&mut self.scope, &base_url);
            set(&mut self.trusted, &base_url);
            return Ok(());
        }
        // Each by its own names: a base URL that came out of an answer is no trusted one.
        for scope in [&mut self.scope, &mut self.trusted] {
            // Where it needs an output, it is there once that step has run.
            if let Ok(base_url) = render(scope) {
                set(scope, &base_url.to_string());
            }
        }
        Ok(())
    }

    /// The network settings, rendered. Their secrets are known from here on.
    fn network(&mut self) -> Result<NetworkSettings, EngineError> {
        let Some(network) = &self.connector.network else {
            return Ok(NetworkSettings::default());
        };
        let moment = self.engine.moment();
        let renderer = self.renderer(&self.scope, &moment);
        let proxy = match &network.proxy {
            Some(proxy) => renderer.text("network.proxy", proxy)?,
            None => String::new(),
        };
        let proxy = Some(proxy.trim())
            .filter(|proxy| !proxy.is_empty())
            .map(proxy_address)
            .transpose()?;
        let identity = match &network.client_certificate {
            Some(identity) => Some((
                renderer.text(
                    "network.client_certificate.certificate",
                    &identity.certificate,
                )?,
                renderer.text("network.client_certificate.key", &identity.key)?,
            )),
            None => None,
        };
        if let Some(proxy) = &proxy {
            for secret in proxy_secrets(proxy) {
                self.secrets.add(&secret);
            }
        }
        if let Some((_, key)) = &identity {
            self.secrets.add(key);
        }
        Ok(NetworkSettings {
            proxy,
            ca_certificate: network.ca_certificate.clone(),
            client_certificate: identity.map(|(certificate, key)| format!("{certificate}\n{key}")),
            accept_invalid_certificates: network.accept_invalid_certificates,
        })
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

    /// What is run.
    pub const fn connector(&self) -> &'a Connector {
        self.connector
    }

    /// One step's outputs, unmasked.
    pub fn step_outputs(&self, step: &str) -> Option<&Map<String, Value>> {
        self.outputs.get(step)
    }

    /// The time for each wait for a browser, where one is set.
    pub(crate) const fn browser_timeout(&self) -> Option<Duration> {
        self.browser_timeout
    }

    /// How a browser comes back, where the run says otherwise than its steps.
    pub(crate) const fn redirect_override(&self) -> Option<RedirectKind> {
        self.redirect
    }

    /// The steps that are run, whatever the auth method.
    pub(crate) fn plan(&self) -> Plan<'a> {
        self.plan.clone()
    }
}
